// Two files come out for the buyers' pages, two for the organizers' and two for the door's app, all named by
// their content: a style sheet and a script each. The organizers' script comes beside the buyers', so they
// share nothing. The door has a decoder of its own beside it (a worker with its WebAssembly), and a service
// worker, whose name stays the same because a browser asks for it by name (scripts/precache.mjs finishes it).
// Where passkeys are made and shown there is one script more, which no other page carries.
// Addresses inside the style sheet are relative, because only the server knows where it is mounted.
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  publicDir: "public",
  build: {
    outDir: "dist",
    assetsDir: "",
    assetsInlineLimit: 0,
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: false,
    target: ["es2022", "safari16"],
    rollupOptions: {
      input: { pages: "src/pages/main.ts", passkeys: "src/pages/passkeys.ts", portal: "src/portal/main.ts", door: "src/checkin/main.ts", "door-sw": "src/checkin/sw.ts" },
    },
  },
  worker: { format: "es", rollupOptions: { output: { entryFileNames: "door-decoder-[hash].js" } } },
});
