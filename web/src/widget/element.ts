// The element that a page writes: it asks when it comes into the page and whenever it is changed, and
// stays empty until there is an answer.
import { type Answer, ask } from "./ask";
import { look } from "./look";

/** Draws an answer; an empty one is never drawn. */
export type Draw = (answer: Answer, from: HTMLElement) => HTMLElement;

/** An element for a question of these attributes. */
export function elementFor(base: string, attributes: string[], draw: Draw): CustomElementConstructor {
  return class extends HTMLElement {
    static observedAttributes = [...attributes, "lang", "source"];
    #asked: AbortController | undefined;
    #due = false;

    connectedCallback(): void {
      this.#ask();
    }

    disconnectedCallback(): void {
      this.#asked?.abort();
    }

    attributeChangedCallback(): void {
      if (this.isConnected) this.#ask();
    }

    /** Several changes at once are one question. */
    #ask(): void {
      if (this.#due) return;
      this.#due = true;
      queueMicrotask(() => {
        this.#due = false;
        void this.#fill();
      });
    }

    async #fill(): Promise<void> {
      this.#asked?.abort();
      const asked = (this.#asked = new AbortController());
      const question = new URLSearchParams();
      for (const name of attributes) {
        const value = this.getAttribute(name);
        if (value) question.set(name, value);
      }
      question.set("lang", this.closest<HTMLElement>("[lang]")?.lang ?? "");
      // A button that names no event is a page that is not finished, and shows nothing.
      const complete = attributes[0] !== "event" || question.get("event");
      const answer = complete ? await ask(base, question.toString(), asked) : undefined;
      if (this.#asked === asked) this.#show(answer);
    }

    #show(answer: Answer | undefined): void {
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      look(root);
      root.replaceChildren(...(answer?.events.length ? [draw(answer, this)] : []));
    }
  };
}
