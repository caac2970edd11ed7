// The check-in app: which screen there is, and what holds them together. Everything with rules is elsewhere:
// what a scan is answered in door.ts and core, what is kept and handed in in sync, what it looks like in ui.

import "../styles/door/door.css";
import { stayAwake } from "./camera/awake";
import { Door } from "./door";
import { install } from "./installed";
import { Api } from "./sync/api";
import { Network } from "./sync/network";
import { pair, pairingCode } from "./sync/pairing";
import { Store } from "./sync/store";
import { askToPairAnew } from "./ui/confirm";
import { type Look, readLook, wear } from "./ui/look";
import { PairScreen } from "./ui/pair";
import { Screen } from "./ui/screen";
import { allowSound } from "./ui/sounds";

const { api, scope, worker } = document.body.dataset as { api: string; scope: string; worker: string };
const NAME = `jugnu-door:${scope}`;

class App {
  private look: Look = readLook();
  private door: Door | null = null;
  private screen: Screen | PairScreen | null = null;
  private update: (() => void) | null = null;

  async start(): Promise<void> {
    wear(this.look);
    stayAwake();
    // The browser may throw the list away when space is short, unless it is asked not to.
    void navigator.storage?.persist?.().catch(() => false);
    for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, allowSound, { passive: true });
    addEventListener("online", () => this.door?.sync.poke());
    addEventListener("hashchange", () => this.followLink());
    document.addEventListener("visibilitychange", () => this.seenAgain());
    await this.open();
    this.followLink();
    await install(worker, scope, (take, atStart) => {
      this.update = take;
      // Nobody has scanned anything yet; and a pairing that is under way is not cut off.
      if (atStart && this.door) take();
    });
  }

  /** Opens what this device holds: a door, or the question for one. */
  private async open(): Promise<void> {
    const store = await Store.open(NAME);
    const key = await store.readKey().catch(() => null);
    const where = await store.get("where");
    if (!key || !where) {
      this.door = null;
      return this.render(store);
    }
    const network = new Network();
    network.skew = (await store.get("skew")) ?? 0;
    this.door = new Door(new Api(api, key), store, network, where);
    await this.door.refresh();
    this.render(store);
    void this.door.sync.run();
  }

  private render(store: Store): void {
    this.screen?.end();
    const change = (part: Partial<Look>) => this.change(part, store);
    if (this.door) {
      const door = this.door;
      const app = this;
      const screen = new Screen(door, {
        get look() {
          return app.look;
        },
        get update() {
          return app.update;
        },
        change,
        unpair: () => this.unpair(door),
        pairAnew: (code) => this.pairAnew(door, code),
      });
      this.put(screen, screen.render());
      void screen.view.startIfAllowed();
    } else {
      const screen = new PairScreen({ look: this.look, change, pair: (code) => this.pair(store, code) });
      this.put(screen, screen.render());
    }
  }

  private put(screen: Screen | PairScreen, elements: HTMLElement[]): void {
    this.screen = screen;
    document.getElementById("door")?.replaceChildren(...elements);
  }

  private change(part: Partial<Look>, store: Store): void {
    this.look = { ...this.look, ...part };
    wear(this.look);
    // Words are written once, so another language means another screen; nothing else does.
    if (part.lang) this.render(store);
    if (part.camera && this.screen instanceof Screen) void this.screen.view.take(part.camera);
  }

  private async pair(store: Store, code: string): Promise<void> {
    await pair(api, store, code);
    await this.open();
  }

  private async unpair(door: Door): Promise<void> {
    await door.unpair();
    await this.open();
  }

  private pairAnew(door: Door, code: string): void {
    askToPairAnew(door, () => {
      void this.unpair(door).then(() => (this.screen instanceof PairScreen ? this.screen.pair(code) : undefined));
    });
  }

  /** A pairing link was followed. The code leaves the address at once, so that it is in no history. */
  private followLink(): void {
    if (!location.hash.startsWith("#pair=")) return;
    const code = pairingCode(location.hash);
    history.replaceState(null, "", location.pathname + location.search);
    if (!code) return;
    if (this.door) this.pairAnew(this.door, code);
    else if (this.screen instanceof PairScreen) void this.screen.pair(code);
  }

  private seenAgain(): void {
    // A phone that is put away shows nobody: the list of names is locked again.
    if (document.visibilityState !== "visible") return this.door?.people.lock();
    this.door?.sync.poke();
    if (this.screen instanceof Screen) void this.screen.view.wake();
  }
}

void new App().start();
