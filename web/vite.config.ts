// Two files come out for the buyers' pages and two for the organizers', all named by their content: a
// style sheet and a script each. The organizers' script comes beside the buyers', so they share nothing.
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
    rollupOptions: { input: { pages: "src/pages/main.ts", passkeys: "src/pages/passkeys.ts", portal: "src/portal/main.ts" } },
  },
});
