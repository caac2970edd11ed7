// Finishes the door's service worker: writes in front of it which files the app needs to open without a
// network. They are found by following names from the app's entry through the built files themselves, so a
// file that the app loads later (the decoder, its WebAssembly) is never forgotten. The server fills in the
// page's own mark, because the page is made by it.
import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(await readFile(new URL("manifest.json", dist), "utf8"));
const all = (await readdir(dist)).filter((name) => name !== "manifest.json");
const entry = manifest["src/checkin/main.ts"];
const worker = manifest["src/checkin/sw.ts"].file;
const needed = new Set(["mark.svg", "door-192.png", "door-512.png", "door-maskable-512.png", entry.file, ...entry.css]);

for (const name of needed) {
  if (!/\.(js|css)$/.test(name)) continue;
  const text = await readFile(new URL(name, dist), "utf8");
  for (const other of all) if (text.includes(other) && other !== worker) needed.add(other);
}

const names = [...needed].sort();
const digest = createHash("sha256");
for (const name of names) digest.update(name).update(await readFile(new URL(name, dist)));
const files = ["../checkin", "app.webmanifest", ...names.map((name) => `../assets/${name}`)];
const script = await readFile(new URL(worker, dist), "utf8");
const version = digest.update(script).digest("hex").slice(0, 16);
await writeFile(new URL("door-sw.js", dist), `const VERSION=${JSON.stringify(`${version}-{page}`)};const FILES=${JSON.stringify(files)};\n${script}`);
// Its hashed copy is asked for by nobody.
await rm(new URL(worker, dist));
console.log(`the door's app keeps ${names.length} files`);
