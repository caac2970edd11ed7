// Says what a buyer sees and pays, while a price is typed. The server computes; here are only words.

const PAUSE_MS = 350;

/** Wires the one `<form data-price="…">` of the page, if there is one. */
export function price(root: ParentNode): void {
  const form = root.querySelector<HTMLFormElement>("form[data-price]");
  const out = form?.querySelector<HTMLElement>("[data-price-out]");
  if (!form || !out) return;
  const [headline, note] = [out.querySelector("strong"), out.querySelector("span")];
  if (!headline || !note) return;
  let timer: number | undefined;
  let asked = 0;
  const value = (name: string) => String(new FormData(form).get(name) ?? "");
  const ask = async () => {
    const turn = ++asked;
    const query = new URLSearchParams();
    for (const name of ["price", "item_class", "taxes"]) query.set(name, value(name));
    const answer = await fetch(`${form.dataset.price}?${query}`, { headers: { accept: "application/json" } }).catch(
      () => undefined,
    );
    if (!answer?.ok || turn !== asked) return;
    const told = (await answer.json()) as { headline: string; note: string };
    headline.textContent = told.headline;
    note.textContent = told.note;
  };
  form.addEventListener("input", (event) => {
    const name = (event.target as HTMLInputElement).name;
    if (!["price", "item_class", "taxes"].includes(name)) return;
    clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE_MS);
  });
}
