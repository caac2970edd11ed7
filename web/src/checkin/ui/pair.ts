// The first screen: a device that belongs to no door yet. A code is scanned, typed, or was in the link.

import { pairingCode } from "../sync/pairing";
import { ApiError } from "../sync/api";
import { t } from "../words/words";
import { h, mistaken, say } from "./dom";
import { icon } from "./icons";
import { languages } from "./more";
import type { Look } from "./look";
import { Viewport } from "./viewport";

/** What the screen asks of the app. */
export interface PairHost {
  look: Look;
  change: (part: Partial<Look>) => void;
  pair: (code: string) => Promise<void>;
}

/** The screen of an unpaired device. */
export class PairScreen {
  private view: Viewport | null = null;
  private readonly fault = h("p", { class: "fault", id: "pair-fault", role: "alert" });
  private readonly input = h("input", {
    id: "pair-code",
    class: "field__input field__input--code",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    enterkeyhint: "go",
    maxlength: 200,
    "aria-describedby": "pair-hint pair-fault",
  });
  private readonly go = h("button", { class: "key", type: "submit" }, t("pair.go"));
  private readonly spot = h("div", { class: "pair__view" });

  constructor(private readonly host: PairHost) {}

  /** The elements of the screen. */
  render(): HTMLElement[] {
    const scan = h("button", { type: "button", class: "key key--line", onclick: () => void this.camera() }, icon("camera"), t("pair.scan"));
    this.spot.replaceChildren(scan);
    const form = h("form", { class: "field" }, h("label", { for: "pair-code" }, t("pair.label")), this.input, h("p", { class: "hint", id: "pair-hint" }, t("pair.hint")), this.fault, this.go);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.pair(this.input.value);
    });
    return [
      h(
        "main",
        { class: "pair", id: "main" },
        h("div", { class: "pair__head" }, mark(), h("h1", {}, t("pair.title")), h("p", {}, t("pair.words"))),
        h("div", { class: "pair__ways" }, this.spot, h("p", { class: "pair__or", "aria-hidden": "true" }, h("span", {}, t("pair.or"))), form),
        languages(this.host.look.lang, (lang) => this.host.change({ lang })),
      ),
    ];
  }

  private async camera(): Promise<void> {
    const view = new Viewport((text) => this.seen(text), this.host.look.camera, (camera) => void view.take(camera));
    this.view = view;
    this.spot.replaceChildren(view.element, h("button", { type: "button", class: "key key--line", onclick: () => this.away() }, t("pair.stop")));
    await view.start();
  }

  private away(): void {
    this.view?.stop();
    this.view = null;
    const scan = h("button", { type: "button", class: "key key--line", onclick: () => void this.camera() }, icon("camera"), t("pair.scan"));
    this.spot.replaceChildren(scan);
    scan.focus();
  }

  private seen(text: string): void {
    const code = pairingCode(text);
    if (!code) return;
    this.away();
    void this.pair(code);
  }

  /** Pairs with what was scanned, typed or linked. */
  async pair(text: string): Promise<void> {
    const code = pairingCode(text);
    this.input.value = code ?? text;
    mistaken(this.input, !code);
    if (!code) {
      say(this.fault, t("pair.bad"));
      return this.input.focus();
    }
    say(this.fault, "");
    say(this.go, t("pair.busy"));
    this.go.disabled = true;
    try {
      await this.host.pair(code);
    } catch (error) {
      say(this.fault, t(fault(error)));
    } finally {
      say(this.go, t("pair.go"));
      this.go.disabled = false;
    }
  }

  /** Leaves the screen. */
  end(): void {
    this.view?.stop();
  }
}

/** Why a device was not paired, and what to do. */
function fault(error: unknown): "pair.often" | "pair.refused" | "pair.away" {
  if (!(error instanceof ApiError)) return "pair.away";
  if (error.status === 429) return "pair.often";
  return error.away ? "pair.away" : "pair.refused";
}

/** Our mark: the page has it already, for the browser's tab. */
function mark(): HTMLElement {
  const href = document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href ?? "";
  return h("img", { class: "pair__mark", src: href, alt: "", width: 56, height: 56 });
}
