// Cuts the two faces down to what the pages can show, so that an event page stays under 60 KB.
//
// Anek Latin (display) is pinned to one weight, Figtree (text) keeps 400 to 700. Letters of Latin
// Extended (Đ, ł, ē …) lie in a second file of the text face, which a browser fetches only when a
// page shows one. Other scripts come from the reader's own system.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import subsetFont from "subset-font";

const packages = new URL("../node_modules/@fontsource-variable/", import.meta.url);
const out = new URL("../src/fonts/", import.meta.url);

// Git keeps no cut faces, so in a fresh copy their folder is not there.
await mkdir(out, { recursive: true });

/** Every character from one code point to another, both included. */
const range = (from, to) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join("");

const LATIN = range(0x20, 0x7e) + range(0xa0, 0xff) + "–—‘’“”‚„…•·−×→←↗✓€œŒ";

async function cut(source, target, text, options) {
  const font = await readFile(new URL(source, packages));
  const small = await subsetFont(font, text, { targetFormat: "woff2", ...options });
  await writeFile(new URL(target, out), small);
  console.log(`${target} ${small.length} bytes`);
}

await cut("anek-latin/files/anek-latin-latin-wght-normal.woff2", "anek-latin.woff2", LATIN, {
  variationAxes: { wght: 700 },
});
await cut("figtree/files/figtree-latin-wght-normal.woff2", "figtree.woff2", LATIN, {
  variationAxes: { wght: { min: 400, max: 700 } },
});
await cut(
  "figtree/files/figtree-latin-ext-wght-normal.woff2",
  "figtree-ext.woff2",
  range(0x100, 0x17f) + range(0x1e00, 0x1eff),
  { variationAxes: { wght: { min: 400, max: 700 } } },
);

// The faces are under the SIL Open Font License, which travels with them.
const licences = await Promise.all(
  ["figtree", "anek-latin"].map((name) => readFile(new URL(`${name}/LICENSE`, packages), "utf8")),
);
await writeFile(new URL("../public/fonts-licence.txt", import.meta.url), licences.join("\n\n"));
