// The camera's picture with its frame, and under the thumb what it can do: light, zoom, another camera. Where
// there is no picture, why not, and what else to do.

import { Camera, type NoCamera } from "../camera/camera";
import { Reader } from "../camera/reader";
import { t } from "../words/words";
import { h } from "./dom";
import { icon } from "./icons";

/** A picture that reads codes. After how many pictures it read its first code stands on it, to be measured. */
export class Viewport {
  readonly video = h("video", { class: "view__video", muted: true, playsinline: true, "aria-label": t("camera"), tabindex: -1 });
  readonly camera = new Camera(this.video);
  readonly reader: Reader;
  private readonly keys = h("div", { class: "view__keys" });
  private readonly cover = h("div", { class: "view__cover" });
  readonly element = h("div", { class: "view", "data-testid": "view" }, this.video, h("div", { class: "view__frame", "aria-hidden": "true" }), this.keys, this.cover);
  private lit = false;

  constructor(
    seen: (text: string) => void,
    private chosen: string | null,
    private readonly choose: (camera: string) => void,
  ) {
    this.reader = new Reader(this.video, (text) => {
      this.element.dataset.readAt ??= String(this.reader.pictures);
      seen(text);
    });
    this.offer(null);
  }

  /** Starts at once if the browser has been allowed to before; otherwise the button stays. */
  async startIfAllowed(): Promise<void> {
    const allowed = await navigator.permissions?.query({ name: "camera" as PermissionName }).then(({ state }) => state === "granted", () => false);
    if (allowed) await this.start();
  }

  /** Starts the camera and reads. */
  async start(): Promise<void> {
    const why = await this.camera.start(this.chosen);
    if (why) return this.offer(why);
    this.element.dataset.on = "";
    this.cover.replaceChildren();
    this.reader.start();
    await this.showKeys();
  }

  /** Takes another camera. */
  async take(camera: string): Promise<void> {
    this.chosen = camera;
    if (this.camera.runs) await this.start();
  }

  /** Stops; the lamp goes out. */
  stop(): void {
    this.reader.stop();
    this.camera.stop();
    delete this.element.dataset.on;
    this.offer(null);
  }

  /** A phone that slept gives the camera away; it is taken again when somebody looks. */
  async wake(): Promise<void> {
    if ("on" in this.element.dataset && !this.camera.runs) await this.start();
  }

  private offer(why: NoCamera | null): void {
    delete this.element.dataset.on;
    this.keys.replaceChildren();
    const words = why ? t(`camera.${why}`) : t("camera.words");
    const start = h("button", { type: "button", class: "key", onclick: () => void this.start() }, icon("camera"), t("camera.start"));
    this.cover.replaceChildren(h("p", why ? { role: "alert" } : {}, words), start);
  }

  private async showKeys(): Promise<void> {
    const keys: HTMLElement[] = [];
    if (this.camera.hasTorch) {
      const torch = h("button", { type: "button", class: "round round--over", "aria-pressed": "false", "aria-label": t("camera.torch") }, icon("torch"));
      torch.addEventListener("click", () => {
        this.lit = !this.lit;
        torch.setAttribute("aria-pressed", String(this.lit));
        void this.camera.light(this.lit);
      });
      keys.push(torch);
    }
    const zoom = this.camera.zoom;
    if (zoom) {
      const { min, max, step } = zoom;
      const slide = h("input", { type: "range", class: "view__zoom", min, max: Math.min(max, min * 5), step: step || 0.1, value: min, "aria-label": t("camera.zoom") });
      slide.addEventListener("input", () => void this.camera.zoomTo(slide.valueAsNumber));
      keys.push(slide);
    }
    const all = await this.camera.all();
    if (all.length > 1) {
      const flip = h("button", { type: "button", class: "round round--over", "aria-label": t("camera.other") }, icon("flip"));
      flip.addEventListener("click", () => {
        const next = all[(all.findIndex(({ id }) => id === this.camera.id) + 1) % all.length];
        if (next) this.choose(next.id);
      });
      keys.push(flip);
    }
    this.keys.replaceChildren(...keys);
  }
}
