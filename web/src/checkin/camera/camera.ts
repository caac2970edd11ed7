// The camera: the rear one unless somebody chose another, with its light and its zoom where it has them.

/** Why there is no picture. */
export type NoCamera = "denied" | "none" | "busy";

/** What a running camera can do. Light and zoom are not in TypeScript's own types, but in phones. */
interface Abilities extends MediaTrackCapabilities {
  torch?: boolean;
  zoom?: { min: number; max: number; step: number };
}

/** A camera and the picture that it feeds. */
export class Camera {
  private stream: MediaStream | null = null;

  constructor(readonly video: HTMLVideoElement) {
    video.muted = true;
    video.playsInline = true;
  }

  /** Whether it runs. */
  get runs(): boolean {
    return this.stream?.active === true;
  }

  /** Starts it; null if it runs, otherwise why not. */
  async start(chosen: string | null): Promise<NoCamera | null> {
    this.stop();
    if (!navigator.mediaDevices?.getUserMedia) return "none";
    const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
    try {
      this.stream = await this.ask({ ...size, ...(chosen ? { deviceId: { exact: chosen } } : { facingMode: { ideal: "environment" } }) });
    } catch (error) {
      if (chosen && error instanceof DOMException && error.name === "OverconstrainedError") return this.start(null);
      return reason(error);
    }
    this.video.srcObject = this.stream;
    await this.video.play().catch(() => undefined);
    // What keeps a code sharp at any distance; cameras that cannot do it say so, and go on.
    await this.constrain({ focusMode: "continuous" });
    return null;
  }

  private ask(video: MediaTrackConstraints): Promise<MediaStream> {
    return navigator.mediaDevices.getUserMedia({ audio: false, video });
  }

  /** Stops it, so that its lamp goes out. */
  stop(): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
  }

  private get track(): MediaStreamTrack | undefined {
    return this.stream?.getVideoTracks()[0];
  }

  private get abilities(): Abilities {
    return (this.track?.getCapabilities?.() ?? {}) as Abilities;
  }

  /** Whether it has a light. */
  get hasTorch(): boolean {
    return this.abilities.torch === true;
  }

  /** How far it zooms; null if it does not. */
  get zoom(): { min: number; max: number; step: number } | null {
    const { zoom } = this.abilities;
    return zoom && zoom.max > zoom.min ? zoom : null;
  }

  /** Light on or off. */
  async light(on: boolean): Promise<void> {
    await this.constrain({ torch: on });
  }

  /** Nearer or further. */
  async zoomTo(value: number): Promise<void> {
    await this.constrain({ zoom: value });
  }

  private async constrain(one: { torch?: boolean; zoom?: number; focusMode?: string }): Promise<void> {
    await this.track?.applyConstraints({ advanced: [one as MediaTrackConstraintSet] }).catch(() => undefined);
  }

  /** The cameras of this device, by id and name; names are empty until a camera was allowed. */
  async all(): Promise<{ id: string; name: string }[]> {
    const devices = await navigator.mediaDevices?.enumerateDevices?.().catch(() => []);
    return (devices ?? []).filter(({ kind, deviceId }) => kind === "videoinput" && deviceId).map(({ deviceId, label }) => ({ id: deviceId, name: label }));
  }

  /** Which one runs. */
  get id(): string | null {
    return this.track?.getSettings().deviceId ?? null;
  }
}

function reason(error: unknown): NoCamera {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotReadableError" || name === "AbortError" ? "busy" : "none";
}
