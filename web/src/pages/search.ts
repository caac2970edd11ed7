// The two fields for days of one's own are shown when they are asked for. Without this file they always are.

/** Wires every `form[data-search]`. */
export function searchDays(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-search]")) {
    const days = form.querySelector<HTMLElement>("[data-days]");
    const when = form.querySelector<HTMLSelectElement>("[name=when]");
    if (!days || !when) continue;
    const fields = [...days.querySelectorAll<HTMLInputElement>("input")];
    const show = () => {
      const on = when.value === "days";
      days.hidden = !on;
      // What is not shown is not asked for.
      for (const field of fields) field.disabled = !on;
    };
    when.addEventListener("change", show);
    show();
  }
}
