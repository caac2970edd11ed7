// Reads QR codes out of pictures, away from the page, so that the page never stutters. It is the decoder for
// browsers that bring none (Firefox, Safari, Chromium on Linux); its WebAssembly lies beside us, not at a CDN.

import { prepareZXingModule, type ReaderOptions, readBarcodes } from "zxing-wasm/reader";
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

prepareZXingModule({ overrides: { locateFile: (path: string, folder: string) => (path.endsWith(".wasm") ? wasm : folder + path) } });

const OPTIONS: ReaderOptions = {
  formats: ["QRCode"],
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  maxNumberOfSymbols: 3,
  textMode: "Plain",
};

/** Mends thin bright lines (a cracked screen) before it reads; twice as long, so only every second picture gets it. */
const MENDED: ReaderOptions = { ...OPTIONS, tryDenoise: true };

let pictures = 0;

const scope = self as unknown as { onmessage: (event: MessageEvent<Picture>) => void; postMessage: (found: FoundCode[]) => void };

scope.onmessage = async ({ data: { width, height, data } }) => {
  pictures += 1;
  try {
    const results = await readBarcodes(new ImageData(new Uint8ClampedArray(data), width, height), pictures % 2 === 0 ? MENDED : OPTIONS);
    scope.postMessage(
      results
        .filter((one) => one.isValid)
        .map(({ text, position: { topLeft, bottomRight } }) => ({
          text,
          away: Math.hypot((topLeft.x + bottomRight.x - width) / 2, (topLeft.y + bottomRight.y - height) / 2) / width,
        })),
    );
  } catch {
    // One picture that cannot be read is no reason to stop reading.
    scope.postMessage([]);
  }
};
