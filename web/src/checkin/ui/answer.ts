// The answer, over the whole screen: a word, a colour, a shape, a sound and a shake that all say the same. An
// admission closes by itself, so that the camera is there for the next guest; a refusal waits for a thumb.

import type { Shown } from "../shown";
import { n, t } from "../words/words";
import { h, once } from "./dom";
import { faceOf } from "./face";
import { icon } from "./icons";
import type { Look } from "./look";
import { signal } from "./sounds";

/** An admission is shown for so long, in milliseconds. */
const SHOWN_MS = 2_800;

/** What the answer needs to know of the door. */
export interface Around {
  me: string;
  zone: string;
  tiers: Map<string, string>;
  look: Look;
  undo: (shown: Shown) => Promise<void>;
}

/** The one place where answers are shown. */
export class AnswerDialog {
  readonly element = h("dialog", { class: "answer", "aria-labelledby": "answer-word", "aria-describedby": "answer-text", "data-testid": "answer" });
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly around: () => Around) {
    // A tap anywhere goes on; with wet hands nobody looks for a button.
    this.element.addEventListener("click", ({ target }) => {
      if (!(target instanceof Element) || !target.closest("[data-undo]")) this.close();
    });
  }

  /** Shows an answer in place of the one before. */
  show(shown: Shown): void {
    clearTimeout(this.timer);
    const around = this.around();
    const face = faceOf(shown, around.me, around.zone);
    signal(face.tone, around.look);
    this.element.dataset.tone = face.tone;
    this.element.dataset.word = shown.word;
    const tier = shown.tier ? (around.tiers.get(shown.tier) ?? null) : null;
    const body = h("div", { class: "answer__body", "aria-live": "assertive", "aria-atomic": "true" });
    body.append(icon(face.icon), h("h2", { id: "answer-word", class: "answer__word" }, face.word), this.text(shown, face.used, face.line, tier));
    this.element.replaceChildren(body, this.keys(shown, tier));
    if (!this.element.open) this.element.showModal();
    this.element.querySelector<HTMLElement>(".answer__next")?.focus({ preventScroll: true });
    if (face.tone === "good") this.timer = setTimeout(() => this.close(), SHOWN_MS);
  }

  private text(shown: Shown, used: string | null, line: string, tier: string | null): HTMLElement {
    const sealed = !shown.name && tier && shown.here && shown.serial;
    return h(
      "div",
      { id: "answer-text", class: "answer__text" },
      tier && h("p", { class: "answer__tier" }, h("bdi", {}, tier)),
      shown.name && h("p", { class: "answer__name" }, h("bdi", {}, shown.name)),
      used && h("p", { class: "answer__used" }, used),
      shown.group && h("p", { class: "answer__used" }, [n("admit.done", shown.group.in), shown.group.out > 0 && n("admit.refused", shown.group.out)].filter(Boolean).join(" · ")),
      !used && (shown.word !== "valid" || !tier) && !shown.group && h("p", { class: "answer__line" }, line),
      h("p", { class: "answer__small" }, [shown.serial, shown.here && t("here"), sealed && t("sealed")].filter(Boolean).join(" · ")),
    );
  }

  private keys(shown: Shown, tier: string | null): HTMLElement {
    const undo =
      shown.undo &&
      h("button", { type: "button", class: "key key--line", "data-undo": true, onclick: once(() => this.around().undo(shown)), "aria-label": t("undo.of", { what: shown.name ?? tier ?? t("word.valid") }) }, t("undo"));
    return h("div", { class: "answer__keys" }, undo, h("button", { type: "button", class: "key answer__next" }, t("next")));
  }

  /** Closes it. */
  close(): void {
    clearTimeout(this.timer);
    if (this.element.open) this.element.close();
  }
}
