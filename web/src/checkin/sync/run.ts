// The work behind the door that nobody sees: hand in what waits, keep the list right, listen to the other
// gates, and begin again whenever the network comes back. It never needs to be told to.

import { pause } from "../core/backoff";
import { type Api, ApiError, type Where } from "./api";
import { readFeed } from "./feed";
import { applyChanges, catchUp, loadList } from "./list";
import type { Network } from "./network";
import type { People } from "./people";
import type { Line, Store } from "./store";
import { upload } from "./upload";

/** While answers are slow, or something waits, the network is tried so often, in milliseconds. */
const TRY_MS = 4_000;
/** A proxy that keeps the feed to itself: ask by hand for so long before listening again, in milliseconds. */
const BY_HAND_MS = 300_000;

/** Keeps a device and the server together. */
export class Sync {
  /** Scans whose own call is still under way. */
  readonly hold = new Set<string>();
  private failures = 0;
  private stopped = false;
  private wake = (): void => {};
  private feed = new AbortController();
  private handing: Promise<void> | null = null;
  private byHandUntil = 0;

  constructor(
    private readonly api: Api,
    private readonly store: Store,
    private readonly network: Network,
    private readonly people: People,
    private readonly told: { where: (where: Where) => void; conflicts: (lines: Line[]) => void; changed: () => void },
  ) {}

  /** Runs until it is stopped. */
  async run(): Promise<void> {
    const timer = setInterval(() => void this.tryAgain(), TRY_MS);
    this.network.status.watch(({ net }) => net === "offline" && this.feed.abort());
    while (!this.stopped) {
      try {
        await this.round();
        this.failures = 0;
      } catch (error) {
        this.judge(error);
      }
      if (this.stopped) break;
      await this.rest(this.failures === 0 ? 250 : pause(this.failures, Math.random()));
    }
    clearInterval(timer);
  }

  /** Ends it: the device is unpaired. */
  stop(): void {
    this.stopped = true;
    this.feed.abort();
    this.wake();
  }

  /** Something happened that is worth trying for: a scan waits, the network is said to be back. */
  poke(): void {
    this.failures = Math.min(this.failures, 1);
    this.wake();
    void this.tryAgain();
  }

  private async round(): Promise<void> {
    const began = performance.now();
    const where = await this.api.call<Where>("GET", "/check-in");
    const took = performance.now() - began;
    this.network.answered(took);
    this.network.compare(where.server_time, took);
    await this.store.put("skew", this.network.skew);
    await this.store.put("where", where);
    await this.store.put("counts", where.counts);
    this.told.where(where);
    await this.handIn();
    if ((await this.store.get("loading")) || !(await catchUp(this.api, this.store, this.network))) await this.fullList();
    if (where.key.role === "supervisor") await this.people.refresh();
    this.told.changed();
    await this.listen();
  }

  private async fullList(): Promise<void> {
    try {
      await loadList(this.api, this.store, this.network);
    } catch (error) {
      // A page that the server no longer knows: begin with the first one, next time.
      if (error instanceof ApiError && !error.away && !error.withdrawn) await this.store.dropLoading();
      throw error;
    } finally {
      this.network.status.patch({ loading: null });
    }
    await catchUp(this.api, this.store, this.network);
  }

  private async listen(): Promise<void> {
    const list = await this.store.get("list");
    if (!list) return;
    if (Date.now() < this.byHandUntil) return this.rest(TRY_MS);
    this.feed = new AbortController();
    let heard = 0;
    const began = Date.now();
    await readFeed(
      this.api,
      list.cursor,
      this.feed.signal,
      async (changes) => {
        if (!(await applyChanges(this.store, this.network, changes))) this.feed.abort();
        this.network.compare(changes.server_time, 0);
        this.told.changed();
      },
      () => {
        heard += 1;
        this.network.status.patch({ fresh: Date.now() });
      },
    );
    // The head came and then nothing for longer than a heartbeat: something between us keeps the rest.
    if (heard <= 1 && Date.now() - began > 20_000) this.byHandUntil = Date.now() + BY_HAND_MS;
  }

  /** Hands in what waits; one at a time, also across tabs. */
  private handIn(): Promise<void> {
    this.handing ??= this.lone(async () => {
      const me = (await this.store.get("where"))?.key.name ?? "";
      const { conflicts, count } = await upload(this.api, this.store, me, this.hold);
      this.network.status.patch({ waiting: await this.store.waiting() });
      if (conflicts.length > 0) this.told.conflicts(conflicts);
      if (count > 0) {
        // The counts come with the changes; without this they would fall back for a moment.
        await catchUp(this.api, this.store, this.network);
        this.told.changed();
      }
    }).finally(() => (this.handing = null));
    return this.handing;
  }

  private async lone(work: () => Promise<void>): Promise<void> {
    if (!("locks" in navigator)) return work();
    await navigator.locks.request("jugnu-door-upload", work);
  }

  /** What does not wait for the end of the feed: a scan that is not handed in, a network that was slow. */
  private async tryAgain(): Promise<void> {
    const { net, waiting } = this.network.status.value;
    if (this.stopped || net === "offline" || (net !== "slow" && waiting === 0)) return;
    try {
      await this.handIn();
      if (net === "slow") await catchUp(this.api, this.store, this.network);
    } catch (error) {
      this.judge(error);
    }
  }

  /** What a failed call says about the network, the key and the server. */
  judge(error: unknown): void {
    this.failures += 1;
    if (!(error instanceof ApiError)) {
      // The feed was cut, or an answer could not be read.
      if (!(error instanceof DOMException) && !(error instanceof TypeError)) console.info("The door's list is tried again.", error);
      return;
    }
    if (error.withdrawn) this.network.status.patch({ withdrawn: true });
    else if (error.status === 404) this.network.status.patch({ off: true });
    else if (error.away) this.network.gone();
  }

  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
