// Two files come out for the pages, both named by their content: one style sheet, one script.
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
    rollupOptions: { input: { pages: "src/pages/main.ts" } },
  },
});
