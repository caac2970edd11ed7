// Elements from code, in one line each. Texts are always set as text, never as markup.

type Child = Node | string | null | undefined | false;
type Props = { [name: string]: string | number | boolean | ((event: Event) => void) | undefined };

/** An element with attributes (`onclick` and its kind are listeners) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  set(element, props);
  element.append(...children.filter((child): child is Node | string => Boolean(child) || child === ""));
  return element;
}

function set(element: Element, props: Props): void {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
}

/** Changes an element's children only if they differ as text, so that what is heard is not said twice. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Marks what was typed as wrong, or as fine again. An empty attribute would say "fine" to a screen reader. */
export function mistaken(input: HTMLInputElement, wrong: boolean): void {
  if (wrong) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

/** What a button does, once at a time: a thumb that hits twice asks once. */
export const once =
  (go: () => Promise<unknown>) =>
  ({ currentTarget }: Event): void => {
    const button = currentTarget;
    if (!(button instanceof HTMLButtonElement)) return;
    button.disabled = true;
    void go().finally(() => (button.disabled = false));
  };
