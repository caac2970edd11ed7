// Keeps a page of progress true: asks for the page again and puts its progress in place of the old one.
// Nothing moves but the numbers, and nothing is asked while nobody looks.

const PAUSE_MS = 3000;

/** Wires the one `[data-refresh]` of the page, if there is one. */
export function refresh(root: ParentNode): void {
  const box = root.querySelector<HTMLElement>("[data-refresh][id]");
  if (!box) return;
  const ask = async () => {
    if (document.visibilityState === "visible") {
      const answer = await fetch(location.href).catch(() => undefined);
      const text = answer?.ok ? await answer.text() : "";
      const page = new DOMParser().parseFromString(text, "text/html");
      const fresh = page.getElementById(box.id);
      // It is over: the whole page has something new to say.
      if (fresh && !fresh.hasAttribute("data-refresh")) return location.reload();
      if (fresh) box.replaceChildren(...fresh.childNodes);
    }
    setTimeout(ask, PAUSE_MS);
  };
  setTimeout(ask, PAUSE_MS);
}
