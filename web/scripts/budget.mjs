// Fails the build when the pages grow: what every page loads, as it travels, has a budget in bytes.
// An event page with all of this and its own HTML (some 4 KB) must stay under 60 KB without its cover.
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const BUDGET = { js: 6_000, css: 9_000, woff2: 36_500, widget: 10_000 };
const DOOR = { js: 40_000, css: 8_000 };

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(await readFile(new URL("manifest.json", dist), "utf8"));
const pages = manifest["src/pages/main.ts"];
const early = ["src/fonts/figtree.woff2", "src/fonts/anek-latin.woff2"].map((key) => manifest[key].file);

/** Bytes as they travel: faces are compressed already, texts are compressed by the server. */
async function travels(files, compress) {
  const all = await Promise.all(files.map((file) => readFile(new URL(file, dist))));
  return all.reduce((sum, bytes) => sum + (compress ? gzipSync(bytes).length : bytes.length), 0);
}

const weighed = {
  js: await travels([pages.file], true),
  css: await travels(pages.css, true),
  woff2: await travels(early, false),
  // Other people's pages carry this one, so it is weighed as it is, before any compression.
  widget: await travels(["widget.js"], false),
};
for (const [kind, limit] of Object.entries(BUDGET)) judge(kind, weighed[kind], limit);

// The door's app is loaded once, before the evening, and opens from the phone afterwards; its decoder comes
// on top, for browsers that have none.
const door = manifest["src/checkin/main.ts"];
judge("door js", await travels([door.file], true), DOOR.js);
judge("door css", await travels(door.css, true), DOOR.css);

function judge(kind, bytes, limit) {
  console.log(`${kind} ${bytes} of ${limit} bytes`);
  if (bytes > limit) process.exitCode = 1;
}
