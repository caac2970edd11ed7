// Draws the door app's icons and the pictures of a wallet's pass from our mark: `node scripts/icons.mjs CHROMIUM`, with any
// Chromium, whenever the mark has changed. What comes out is kept in git, so that a build needs no browser.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const publicDir = fileURLToPath(new URL("../public/", import.meta.url));
const passDir = fileURLToPath(new URL("../../crates/press/src/wallet/art/", import.meta.url));
const chromium = process.argv[2] ?? "/usr/bin/chromium";
const mark = readFileSync(join(publicDir, "mark.svg"), "utf8");
const ground = "#20303b";
const drawn = mark.replace(/<rect[^>]*>/, "");

/** A square picture; `share` is how much of it the mark takes (a launcher may cut off the rest), `round` its corners. */
function draw(dir, name, size, share, round, ground) {
  const folder = mkdtempSync(join(tmpdir(), "jugnu-icon-"));
  const inner = drawn.replace("<svg ", `<svg x="${(32 - 32 * share) / 2}" y="${(32 - 32 * share) / 2}" width="${32 * share}" height="${32 * share}" `);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="${size}" height="${size}"><rect width="32" height="32" rx="${round}" fill="${ground}"/>${inner}</svg>`;
  writeFileSync(join(folder, "icon.html"), `<!doctype html><style>html,body{margin:0;background:${round === 0 ? ground : "transparent"}}svg{display:block}</style>${svg}`);
  const args = ["--headless", "--no-sandbox", "--hide-scrollbars", "--default-background-color=00000000", `--window-size=${size},${size}`];
  execFileSync(chromium, [...args, `--screenshot=${join(dir, name)}`, `file://${join(folder, "icon.html")}`], { stdio: "ignore" });
  rmSync(folder, { recursive: true });
  console.log(name);
}

draw(publicDir, "door-192.png", 192, 1, 7, ground);
draw(publicDir, "door-512.png", 512, 1, 7, ground);
draw(publicDir, "door-maskable-512.png", 512, 0.86, 0, ground);
// A pass shows the icon on the lock screen, with corners that the phone cuts, and the logo on the pass itself, once, twice and
// three times as fine.
for (const [fine, mark] of [[1, ""], [2, "@2x"], [3, "@3x"]]) {
  draw(passDir, `icon${mark}.png`, 29 * fine, 1.2, 0, ground);
  draw(passDir, `logo${mark}.png`, 50 * fine, 1.3, 0, "transparent");
}
