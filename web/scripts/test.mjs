// Bundles the tests, because they are TypeScript and Node 20 runs none, and lets Node's own runner run them.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const web = fileURLToPath(new URL("../", import.meta.url));
const out = `${web}node_modules/.tests/`;
const names = readdirSync(`${web}test`).filter((name) => name.endsWith(".test.ts"));
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  root: web,
  configFile: false,
  logLevel: "warn",
  publicDir: false,
  build: {
    ssr: true,
    outDir: out,
    emptyOutDir: true,
    rollupOptions: { input: names.map((name) => `${web}test/${name}`), output: { entryFileNames: "[name].mjs" } },
  },
});
const files = readdirSync(out).filter((name) => name.endsWith(".test.mjs"));
const { status } = spawnSync(process.execPath, ["--test", ...files.map((name) => out + name)], {
  stdio: "inherit",
  env: { ...process.env, ROOT: fileURLToPath(new URL("../../", import.meta.url)) },
});
process.exitCode = status ?? 1;
