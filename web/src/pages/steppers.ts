// Minus and plus beside each quantity, and the sum of what is chosen. Amounts are whole cents.

/** Cents in digits as the server writes them: `1,234.50`; in French `1 234,50`. */
export function digits(cents: number, decimals: number, french: boolean): string {
  const all = String(cents).padStart(decimals + 1, "0");
  const cut = all.length - decimals;
  const whole = all.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, french ? "\u00a0" : ",");
  return whole + (decimals ? (french ? "," : ".") + all.slice(cut) : "");
}

function key(label: string, sign: string, step: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = sign;
  button.setAttribute("aria-label", label);
  button.addEventListener("click", step);
  return button;
}

/** The number in a field, within its limits. */
function value(input: HTMLInputElement): number {
  const n = Number.parseInt(input.value, 10);
  return Math.min(Number(input.max), Math.max(0, Number.isNaN(n) ? 0 : n));
}

function dress(box: HTMLElement, input: HTMLInputElement): () => void {
  const move = (by: number) => {
    input.value = String(value(input) + by);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const less = key(box.dataset.fewer ?? "−", "−", () => move(-1));
  const more = key(box.dataset.more ?? "+", "+", () => move(1));
  box.prepend(less);
  box.append(more);
  box.classList.add("stepper--live");
  return () => {
    less.disabled = value(input) <= 0;
    more.disabled = value(input) >= Number(input.max);
  };
}

/** Dresses every `.stepper` in a form and keeps the form's `<output data-sum>` true. */
export function steppers(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-tickets]")) {
    const fields = [...form.querySelectorAll<HTMLInputElement>(".stepper input")];
    const limits = fields.map((input) => dress(input.parentElement as HTMLElement, input));
    const out = form.querySelector<HTMLOutputElement>("[data-sum]");
    const show = () => {
      limits.forEach((limit) => limit());
      const count = fields.reduce((sum, input) => sum + value(input), 0);
      const cents = fields.reduce((sum, input) => sum + value(input) * Number(input.dataset.cents), 0);
      if (!out) return;
      out.hidden = count === 0;
      const { prefix = "", suffix = "", decimals = "2", tax = "" } = out.dataset;
      const { one, many, free = "", lang } = form.dataset;
      const sum = prefix + digits(cents, Number(decimals), lang === "fr") + suffix + tax;
      out.replaceChildren(`${count} ${count === 1 ? one : many}`, span(cents === 0 ? free : sum));
    };
    form.addEventListener("input", show);
    show();
  }
}

function span(text: string): HTMLSpanElement {
  const element = document.createElement("span");
  element.textContent = text;
  return element;
}
