// Reads QR codes out of pictures, away from the page, so that the page never stutters. It is the decoder for
// browsers that bring none (Firefox, Safari, Chromium on Linux); its WebAssembly lies beside us, not at a CDN.

import { prepareZXingModule, purgeZXingModule, type ReaderOptions, readBarcodes } from "zxing-wasm/reader";
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";

/** A picture to read. */
export interface Picture {
  width: number;
  height: number;
  data: ArrayBuffer;
}

/** A code in it, and how far from the middle it lies, as a share of the picture's width. */
export interface FoundCode {
  text: string;
  away: number;
}

const load = () => prepareZXingModule({ overrides: { locateFile: (path: string, folder: string) => (path.endsWith(".wasm") ? wasm : folder + path) } });
load();

const OPTIONS: ReaderOptions = {
  formats: ["QRCode"],
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  maxNumberOfSymbols: 3,
  textMode: "Plain",
};

/**
 * Mends thin bright lines (a cracked screen) where nothing was found as it is. That takes twice as long, so one
 * picture of three goes without.
 */
const MENDED: ReaderOptions = { ...OPTIONS, tryDenoise: true };

let pictures = 0;

const scope = self as unknown as { onmessage: (event: MessageEvent<Picture>) => void; postMessage: (found: FoundCode[]) => void };

scope.onmessage = async ({ data: { width, height, data } }) => {
  pictures += 1;
  try {
    const results = await readBarcodes(new ImageData(new Uint8ClampedArray(data), width, height), pictures % 3 === 0 ? OPTIONS : MENDED);
    scope.postMessage(
      results
        .filter((one) => one.isValid)
        .map(({ text, position: { topLeft, bottomRight } }) => ({
          text,
          away: Math.hypot((topLeft.x + bottomRight.x - width) / 2, (topLeft.y + bottomRight.y - height) / 2) / width,
        })),
    );
  } catch {
    // One picture that cannot be read is no reason to stop reading. A decoder that could not be loaded, or broke
    // off for want of memory, would answer no picture ever again: the next one loads it anew.
    purgeZXingModule();
    load();
    scope.postMessage([]);
  }
};
