// Reads codes from a running camera, picture after picture: by the browser's own detector where it has one
// for QR codes, otherwise by our worker. A picture that fails is skipped; a worker that dies is replaced.

import type { FoundCode, Picture } from "./decoder.worker";

/** Wider pictures take longer and are read no better, in pixels. */
const WIDEST = 1024;

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string; boundingBox: DOMRectReadOnly }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

type Look = (video: HTMLVideoElement) => Promise<FoundCode[]>;

async function native(): Promise<Look | null> {
  const Detector = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (!Detector) return null;
  try {
    if (!(await Detector.getSupportedFormats()).includes("qr_code")) return null;
    const detector = new Detector({ formats: ["qr_code"] });
    return async (video) =>
      (await detector.detect(video)).map(({ rawValue, boundingBox: { x, y, width, height } }) => ({
        text: rawValue,
        away: Math.hypot(x + width / 2 - video.videoWidth / 2, y + height / 2 - video.videoHeight / 2) / video.videoWidth,
      }));
  } catch {
    return null;
  }
}

class Worked {
  private worker: Worker | null = null;
  private readonly canvas = document.createElement("canvas");
  private readonly brush = this.canvas.getContext("2d", { willReadFrequently: true });

  readonly look: Look = (video) => {
    const width = Math.min(WIDEST, video.videoWidth);
    const height = Math.round((video.videoHeight * width) / video.videoWidth);
    if (!this.brush || width === 0) return Promise.resolve([]);
    if (this.canvas.width !== width || this.canvas.height !== height) Object.assign(this.canvas, { width, height });
    this.brush.drawImage(video, 0, 0, width, height);
    const data = this.brush.getImageData(0, 0, width, height).data.buffer as ArrayBuffer;
    return this.ask({ width, height, data });
  };

  private ask(picture: Picture): Promise<FoundCode[]> {
    this.worker ??= new Worker(new URL("./decoder.worker.ts", import.meta.url), { type: "module" });
    const worker = this.worker;
    return new Promise((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<FoundCode[]>) => resolve(data);
      worker.onerror = () => {
        worker.terminate();
        this.worker = null;
        resolve([]);
      };
      worker.postMessage(picture, [picture.data]);
    });
  }
}

/** Reads from a picture that moves until it is stopped; each code is handed on each time it is seen. */
export class Reader {
  /** Pictures that were read, for whoever measures. */
  pictures = 0;
  private runs = false;
  private look: Promise<Look> | null = null;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly seen: (text: string) => void,
  ) {}

  /** Begins; does nothing if it runs. */
  start(): void {
    if (this.runs) return;
    this.runs = true;
    void this.loop();
  }

  /** Ends after the picture that is being read. */
  stop(): void {
    this.runs = false;
  }

  private async loop(): Promise<void> {
    this.look ??= native().then((own) => own ?? new Worked().look);
    const look = await this.look;
    while (this.runs) {
      await this.nextPicture();
      if (!this.runs || this.video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) continue;
      const found = await look(this.video).catch(() => [] as FoundCode[]);
      this.pictures += 1;
      if (this.pictures % 15 === 0) this.video.dataset.pictures = String(this.pictures);
      // Two friends hold up two phones: the one in the middle is meant.
      const [middle] = found.sort((one, other) => one.away - other.away);
      if (middle && this.runs) this.seen(middle.text);
    }
  }

  private nextPicture(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 250);
      const go = () => {
        clearTimeout(timer);
        resolve();
      };
      if ("requestVideoFrameCallback" in this.video) this.video.requestVideoFrameCallback(go);
      else requestAnimationFrame(go);
    });
  }
}
