// What was typed and not sent is not lost by sending another form of the page: people are asked first.

const QUESTION = "What you typed above is not saved yet. Go on without it?";

/** Guards each form with `data-unsaved`. */
export function unsaved(root: Document): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-unsaved]")) {
    let dirty = false;
    form.addEventListener("input", () => (dirty = true));
    // Before anybody else hears of it, so that a button does not say “Sending…” of what was not sent.
    const ask = (event: SubmitEvent): void => {
      if (dirty && event.target !== form && !confirm(QUESTION)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      } else dirty = false;
    };
    root.addEventListener("submit", ask, { capture: true });
    addEventListener("beforeunload", (event) => {
      if (dirty) event.preventDefault();
    });
  }
}
