// The script for other sites' pages: one classic file under a name that never changes, because those
// pages name it. It stands beside what `vite.config.ts` has made, and shares nothing with it.
import { defineConfig } from "vite";

export default defineConfig({
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: ["es2022", "safari16"],
    lib: { entry: "src/widget/main.ts", formats: ["iife"], name: "jugnuTickets", fileName: () => "widget.js" },
  },
});
