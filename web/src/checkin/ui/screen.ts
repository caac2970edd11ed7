// The door's screen: who we are and how fresh we are on top, the picture in the middle, how many are in, the
// last admission with its undo, and three large keys under the thumb.

import { Sightings } from "../core/sightings";
import { Wedge } from "../core/wedge";
import { mayUndo } from "../core/decide";
import type { Door } from "../door";
import { blank, type Shown } from "../shown";
import { pairingCode } from "../sync/pairing";
import type { Line } from "../sync/store";
import { n, number, t } from "../words/words";
import { AnswerDialog } from "./answer";
import { banner } from "./banner";
import { meter, openCounts } from "./counts";
import { h, once } from "./dom";
import { contradiction, openHistory } from "./history";
import { icon, type Icon } from "./icons";
import type { Look } from "./look";
import { openMore } from "./more";
import { openSearch } from "./search";
import { openType } from "./type";
import { Viewport } from "./viewport";

/** What the screen asks of the app. */
export interface Host {
  look: Look;
  change: (part: Partial<Look>) => void;
  unpair: () => Promise<void>;
  pairAnew: (code: string) => void;
  update: (() => void) | null;
}

/** The screen of a paired device. */
export class Screen {
  readonly view: Viewport;
  private readonly answer: AnswerDialog;
  private readonly sightings = new Sightings();
  private readonly wedge = new Wedge();
  private readonly last = h("div", { class: "last", "data-testid": "last" });
  private readonly notice = h("div", { class: "notices", role: "alert" });
  private lastShown: Shown | null = null;
  private busy = false;
  private shut: string | null = null;
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly typed = (event: KeyboardEvent) => this.key(event);

  constructor(
    private readonly door: Door,
    private readonly host: Host,
  ) {
    this.answer = new AnswerDialog(() => ({
      me: door.where.value.key.name,
      zone: door.where.value.event.timezone,
      tiers: new Map(door.where.value.tiers.map(({ id, name }) => [id, name])),
      look: host.look,
      undo: (shown) => door.undo(shown).then((undone) => this.show(undone)),
    }));
    this.view = new Viewport((text) => this.seen(text), host.look.camera, (camera) => host.change({ camera }));
    this.timer = setInterval(() => this.showLast(), 1_000);
    document.addEventListener("keydown", this.typed, { capture: true });
  }

  /** The elements of the screen. */
  render(): HTMLElement[] {
    const gate = h("div", { class: "gate" });
    this.door.where.watch(({ key, event }) => gate.replaceChildren(h("h1", {}, h("bdi", {}, key.name)), h("p", {}, h("bdi", {}, event.title))));
    this.door.conflicts.watch((lines) => this.tell(lines));
    const head = h("header", { class: "bar" }, banner(this.door), h("button", { type: "button", class: "round", "aria-label": t("more"), onclick: () => this.more() }, icon("more")));
    const main = h("main", { class: "door", id: "main" }, h("div", { class: "door__side" }, gate, this.notice, this.count()), this.last, this.view.element);
    const tools = h(
      "nav",
      { class: "tools", "aria-label": t("app") },
      this.tool("keys", t("type"), () => openType((serial) => this.scan(serial))),
      this.tool("search", t("search"), () => openSearch(this.door, (shown) => this.show(shown))),
      this.tool("history", t("history"), () => this.history()),
    );
    this.showLast();
    return [head, main, tools, this.answer.element];
  }

  private tool(sign: Icon, words: string, go: () => void): HTMLElement {
    return h("button", { type: "button", class: "tool", onclick: go }, icon(sign), h("span", {}, words));
  }

  private count(): HTMLElement {
    const words = h("span", { class: "count__words" });
    const element = h("button", { type: "button", class: "count", onclick: () => openCounts(this.door), "data-testid": "count" });
    this.door.counts.watch(({ admitted, expected }) => {
      words.replaceChildren(...emphasize(t("in", { admitted: "\u0001", expected: number(expected) }), number(admitted)));
      element.replaceChildren(words, meter(admitted, expected));
    });
    return element;
  }

  private more(): void {
    const { look, change, unpair, update } = this.host;
    openMore(this.door, { look, change, unpair, update, camera: this.view.camera });
  }

  /** Admissions that turned out wrong, told at once; whoever has looked at them is not told again. */
  private tell([first, ...more]: Line[]): void {
    if (!first) return this.notice.replaceChildren();
    const words = h("p", {}, h("b", {}, n("conflict.title", more.length + 1)), h("span", {}, contradiction(this.door, first)));
    const open = h("button", { type: "button", class: "key key--small", onclick: () => this.history() }, t("conflict.show"));
    this.notice.replaceChildren(h("div", { class: "notice notice--bad" }, icon("warn"), words, open));
  }

  private history(): void {
    openHistory(this.door, (shown) => this.show(shown));
    this.door.conflicts.value = [];
  }

  /** The camera has seen a code. */
  private seen(text: string): void {
    const code = pairingCode(text);
    if (!this.sightings.isScan(text, performance.now())) return;
    if (code && text.includes("#pair=")) this.host.pairAnew(code);
    else void this.scan(text);
  }

  /** A key anywhere on the page: a hand-held reader types a whole code at once. */
  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const code = this.wedge.key(event.key, event.timeStamp);
    if (code === null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const field = event.target;
    if (field instanceof HTMLInputElement) field.value = "";
    void this.scan(code);
  }

  /** Answers a code; one after the other, and none is lost. */
  async scan(text: string): Promise<void> {
    if (this.busy) {
      // The camera sees the same code again at once; a reader or a person does not.
      this.shut = text;
      return;
    }
    this.busy = true;
    try {
      this.show(await this.door.scan(text));
    } catch (error) {
      // One code that goes wrong must not end the scanning: a full disk, a database that the browser closed.
      console.warn("A scan could not be answered.", error);
      this.show(blank(crypto.randomUUID(), this.door.network.now().toISOString(), "failed"));
    } finally {
      this.busy = false;
      const next = this.shut;
      this.shut = null;
      if (next !== null) void this.scan(next);
    }
  }

  /** Shows an answer; an admission stays below, to be undone. */
  show(shown: Shown): void {
    this.answer.show(shown);
    if (shown.word === "valid" && shown.undo) this.lastShown = shown;
    if (shown.word === "undone") this.lastShown = null;
    this.showLast();
  }

  private showLast(): void {
    const shown = this.lastShown;
    if (!shown || !mayUndo(shown.at, this.door.network.now().toISOString())) {
      this.lastShown = null;
      if (this.last.childElementCount > 0) this.last.replaceChildren();
      return;
    }
    if (this.last.dataset.id === shown.id && this.last.childElementCount > 0) return;
    this.last.dataset.id = shown.id;
    const tier = this.door.where.value.tiers.find(({ id }) => id === shown.tier)?.name ?? "";
    const what = shown.name ?? tier;
    this.last.replaceChildren(
      icon("valid"),
      h("span", { class: "last__words" }, h("b", {}, h("bdi", {}, what)), tier !== what && h("span", {}, h("bdi", {}, tier))),
      h("button", { type: "button", class: "key key--small", "aria-label": t("undo.of", { what }), onclick: once(() => this.door.undo(shown).then((undone) => this.show(undone))) }, t("undo")),
    );
  }

  /** Leaves the screen. */
  end(): void {
    clearInterval(this.timer);
    document.removeEventListener("keydown", this.typed, { capture: true });
    this.view.stop();
    this.answer.close();
  }
}

/** A line with its one number large; where the number stands is the language's affair. */
function emphasize(line: string, value: string): (Node | string)[] {
  const [before = "", after = ""] = line.split("\u0001");
  return [before, h("b", {}, value), after];
}
