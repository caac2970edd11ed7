// Clips of a real ticket as a camera at a door sees it: the PDF that a buyer gets, drawn page by page by
// poppler, then held at angles, out of focus, in the dark, behind broken glass. Drawn by a browser's canvas,
// with dice that always fall the same, and written as the pictures that Chromium's fake camera plays.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "@playwright/test";

/** How a clip is taken; one for each trouble at a door. */
export const CLIPS = [
  "straight",
  "turned by a third",
  "upside down",
  "tilted away",
  "far away",
  "out of focus",
  "a moving hand",
  "low light",
  "noise of a cheap camera",
  "a cracked screen with glare",
] as const;
/** One of them. */
export type Clip = (typeof CLIPS)[number];

/** Pictures a clip has; the fake camera plays them at 30 a second, over and over. */
export const PICTURES = 8;

/** The pages of a PDF as pictures. */
export function pagesOf(pdf: Buffer): Buffer[] {
  const folder = mkdtempSync(join(tmpdir(), "jugnu-pages-"));
  writeFileSync(join(folder, "tickets.pdf"), pdf);
  execFileSync("pdftoppm", ["-r", "110", "-png", "tickets.pdf", "page"], { cwd: folder });
  const names = readdirSync(folder).filter((name) => name.endsWith(".png"));
  const pages = names.sort().map((name) => readFileSync(join(folder, name)));
  rmSync(folder, { recursive: true });
  return pages;
}

/** A clip of one ticket's page, as motion JPEG: pictures one after the other. */
export async function clipOf(browser: Browser, picture: Buffer, clip: Clip): Promise<Buffer> {
  const page = await browser.newPage();
  const pictures = await page.evaluate(draw, { source: `data:image/png;base64,${picture.toString("base64")}`, clip, count: PICTURES });
  await page.close();
  return Buffer.concat(pictures.map((one) => Buffer.from(one, "base64")));
}

/** Runs in the browser. */
async function draw({ source, clip, count }: { source: string; clip: string; count: number }): Promise<string[]> {
  const WIDE = 1280;
  const HIGH = 720;
  let seed = 7;
  const dice = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  const paper = new Image();
  paper.src = source;
  await paper.decode();
  const canvas = new OffscreenCanvas(WIDE, HIGH);
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  if (!brush) throw new Error("there is no canvas");

  /** The page around its middle, at a scale, turned, moved. */
  const place = (scale: number, angle: number, x: number, y: number) => {
    brush.save();
    brush.translate(WIDE / 2 + x, HIGH / 2 + y);
    brush.rotate(angle);
    brush.scale(scale, scale);
    brush.drawImage(paper, -codeAt.x, -codeAt.y);
    brush.restore();
  };
  // A code is half black and half white over a whole square, as no text, rule or logo of ours is; the camera is
  // held at the middle of that square.
  const SQUARE = 200;
  const STEP = 8;
  const flat = new OffscreenCanvas(paper.width, paper.height);
  const look = flat.getContext("2d", { willReadFrequently: true });
  if (!look) throw new Error("there is no canvas");
  look.drawImage(paper, 0, 0);
  let codeAt = { x: 0, y: 0 };
  let most = 0;
  for (let y = 0; y + SQUARE <= paper.height; y += STEP) {
    for (let x = 0; x + SQUARE <= paper.width; x += STEP) {
      const { data } = look.getImageData(x, y, SQUARE, SQUARE);
      let dark = 0;
      let pixels = 0;
      // Every third pixel tells as much; the red of our amber is as bright as paper.
      for (let i = 0; i < data.length; i += 12, pixels += 1) if ((data[i] ?? 255) < 90) dark += 1;
      const score = Math.min(dark, pixels - dark);
      if (score > most) [most, codeAt] = [score, { x: x + SQUARE / 2, y: y + SQUARE / 2 }];
    }
  }
  if (most < (SQUARE * SQUARE) / 12) throw new Error("there is no code on the page");

  const pictures: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const shake = () => (dice() - 0.5) * 10;
    const [x, y, turn] = [shake(), shake(), (dice() - 0.5) * 0.03];
    brush.filter = "none";
    brush.globalAlpha = 1;
    brush.fillStyle = "#6d5f52";
    brush.fillRect(0, 0, WIDE, HIGH);
    if (clip === "turned by a third") place(1, Math.PI / 3 + turn, x, y);
    else if (clip === "upside down") place(1, Math.PI + turn, x, y);
    else if (clip === "far away") place(0.45, turn, x, y);
    else if (clip === "out of focus") {
      brush.filter = "blur(3.2px)";
      place(1, turn, x, y);
    } else if (clip === "a moving hand") {
      for (let k = 0; k < 6; k += 1) {
        brush.globalAlpha = 1 / (k + 1);
        place(1.1, turn, x + k * 1.5, y + k * 0.8);
      }
    } else if (clip === "tilted away") {
      place(1.15, turn, x, y);
      const upright = canvas.transferToImageBitmap();
      brush.fillStyle = "#6d5f52";
      brush.fillRect(0, 0, WIDE, HIGH);
      for (let row = 0; row < HIGH; row += 1) {
        const share = 0.5 + (0.5 * row) / HIGH;
        const from = HIGH / 2 + ((row - HIGH / 2) * 1.25) / share;
        if (from >= 0 && from < HIGH - 1) brush.drawImage(upright, 0, from, WIDE, 1, (WIDE * (1 - share)) / 2, row, WIDE * share, 1);
      }
    } else place(clip === "a cracked screen with glare" ? 1.1 : 1, turn, x, y);

    brush.filter = "none";
    brush.globalAlpha = 1;
    if (clip === "low light") {
      brush.fillStyle = "rgb(6 8 14 / 86%)";
      brush.fillRect(0, 0, WIDE, HIGH);
    }
    if (clip === "a cracked screen with glare") {
      brush.strokeStyle = "rgb(235 240 245 / 85%)";
      const [cx, cy] = [WIDE / 2 + 35, HIGH / 2 - 25];
      for (let ray = 0; ray < 11; ray += 1) {
        const angle = (ray / 11) * Math.PI * 2 + 0.4;
        brush.lineWidth = 1.5 + (ray % 4);
        brush.beginPath();
        brush.moveTo(cx, cy);
        for (let step = 1; step < 7; step += 1) brush.lineTo(cx + Math.cos(angle + Math.sin(step * 9 + ray) * 0.09) * step * 70, cy + Math.sin(angle + Math.cos(step * 7 + ray) * 0.09) * step * 70);
        brush.stroke();
      }
      const glare = brush.createRadialGradient(WIDE / 2 - 150, HIGH / 2 - 120, 20, WIDE / 2 - 150, HIGH / 2 - 120, 240);
      glare.addColorStop(0, "rgb(255 255 255 / 85%)");
      glare.addColorStop(1, "rgb(255 255 255 / 0%)");
      brush.fillStyle = glare;
      brush.fillRect(0, 0, WIDE, HIGH);
    }
    if (clip === "low light" || clip === "noise of a cheap camera") {
      const strength = clip === "low light" ? 26 : 150;
      const picture = brush.getImageData(0, 0, WIDE, HIGH);
      for (let i = 0; i < picture.data.length; i += 4) {
        const noise = (dice() - 0.5) * strength;
        for (let c = 0; c < 3; c += 1) picture.data[i + c] = (picture.data[i + c] ?? 0) + noise;
      }
      brush.putImageData(picture, 0, 0);
    }
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    pictures.push(btoa(text));
  }
  return pictures;
}
