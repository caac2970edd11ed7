// Whether the server can be asked, judged by itself from how the last calls went: there is no switch that a
// volunteer has to find. A scan waits for the server a little; if no answer comes, the device decides, and
// the next scans do not wait at all until the network has proved itself again.

import { Signal } from "../core/signal";
import type { Where } from "./api";

/** So long a person at the door waits for the server, in milliseconds. */
export const LIMIT_MS = 800;

/** What the banner tells. */
export interface Status {
  /** online: the server decides; slow: it answers, but too late for a scan; offline: it does not. */
  net: "starting" | "online" | "slow" | "offline";
  /** Since when the network is as it is, in milliseconds. */
  since: number;
  /** Scans that the server has not heard of. */
  waiting: number;
  /** When the list was last known to be right, in milliseconds; null if there is none. */
  fresh: number | null;
  /** A list that is being loaded. */
  loading: { done: number; total: number } | null;
  /** The key was withdrawn: nobody is admitted any more. */
  withdrawn: boolean;
  /** Scanning is switched off at the server: scans are kept. */
  off: boolean;
}

/** Keeps the status, and says whether a scan should ask. */
export class Network {
  readonly status = new Signal<Status>({
    net: "starting",
    since: Date.now(),
    waiting: 0,
    fresh: null,
    loading: null,
    withdrawn: false,
    off: false,
  });
  /** The difference of the server's clock to ours, in milliseconds. */
  skew = 0;

  /** Whether to ask the server about a scan. */
  get asks(): boolean {
    const { net, withdrawn, off } = this.status.value;
    return (net === "online" || net === "starting") && !withdrawn && !off;
  }

  /** A call was answered after so many milliseconds. */
  answered(took: number): void {
    this.turn(took <= LIMIT_MS ? "online" : "slow");
    this.status.patch({ off: false });
  }

  /** A call was not answered in time for a scan. */
  late(): void {
    if (this.status.value.net !== "offline") this.turn("slow");
  }

  /** Nobody answers. */
  gone(): void {
    this.turn("offline");
  }

  private turn(net: Status["net"]): void {
    if (this.status.value.net !== net) this.status.patch({ net, since: Date.now() });
  }

  /** The moment by the server's clock, as far as we know it; a phone may be an hour wrong. */
  now(): Date {
    return new Date(Date.now() + this.skew);
  }

  /** Compares the clocks, from an answer that took so long; a second or two is nobody's fault. */
  compare(serverTime: Where["server_time"], took: number): void {
    const difference = Date.parse(serverTime) + took / 2 - Date.now();
    if (Number.isFinite(difference)) this.skew = Math.abs(difference) < 3_000 ? 0 : Math.round(difference);
  }
}
