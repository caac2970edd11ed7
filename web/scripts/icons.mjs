// Draws the door app's icons from our mark: `node scripts/icons.mjs CHROMIUM`, with any Chromium, whenever the
// mark has changed. What comes out is kept in git, so that a build needs no browser.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const publicDir = fileURLToPath(new URL("../public/", import.meta.url));
const chromium = process.argv[2] ?? "/usr/bin/chromium";
const mark = readFileSync(join(publicDir, "mark.svg"), "utf8");
const ground = "#20303b";
const drawn = mark.replace(/<rect[^>]*>/, "");

/** A square picture; `share` is how much of it the mark takes (a launcher may cut off the rest). */
function draw(name, size, share, round) {
  const folder = mkdtempSync(join(tmpdir(), "jugnu-icon-"));
  const inner = drawn.replace("<svg ", `<svg x="${(32 - 32 * share) / 2}" y="${(32 - 32 * share) / 2}" width="${32 * share}" height="${32 * share}" `);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="${size}" height="${size}"><rect width="32" height="32" rx="${round}" fill="${ground}"/>${inner}</svg>`;
  writeFileSync(join(folder, "icon.html"), `<!doctype html><style>html,body{margin:0;background:${round === 0 ? ground : "transparent"}}svg{display:block}</style>${svg}`);
  const args = ["--headless", "--no-sandbox", "--hide-scrollbars", "--default-background-color=00000000", `--window-size=${size},${size}`];
  execFileSync(chromium, [...args, `--screenshot=${join(publicDir, name)}`, `file://${join(folder, "icon.html")}`], { stdio: "ignore" });
  rmSync(folder, { recursive: true });
  console.log(name);
}

draw("door-192.png", 192, 1, 7);
draw("door-512.png", 512, 1, 7);
draw("door-maskable-512.png", 512, 0.86, 0);
