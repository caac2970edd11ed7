// Shows a description as buyers see it, while it is typed. The server turns it into safe HTML, the same
// that the event's page gets; nothing here reads Markdown.

const PAUSE_MS = 600;

/** Wires the one `[data-words]` of the page, if there is one. */
export function words(root: ParentNode): void {
  const box = root.querySelector<HTMLElement>("[data-words]");
  const area = box?.querySelector("textarea");
  const out = root.querySelector<HTMLElement>("[data-words-out]");
  const csrf = area?.form?.elements.namedItem("csrf");
  if (!box || !area || !out || !(csrf instanceof HTMLInputElement)) return;
  let timer: number | undefined;
  let asked = 0;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(async () => {
      const turn = ++asked;
      const body = new URLSearchParams({ csrf: csrf.value, description: area.value });
      const answer = await fetch(box.dataset.words ?? "", { method: "POST", body }).catch(() => undefined);
      if (!answer?.ok || turn !== asked) return;
      out.innerHTML = await answer.text();
    }, PAUSE_MS);
  });
}
