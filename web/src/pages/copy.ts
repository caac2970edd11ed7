// "Copy link": shown only where the browser can copy. Without it the link itself stands on the page.

/** Wires every `<button data-copy="https://…">`. */
export function copyLinks(root: ParentNode): void {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const done = await navigator.clipboard.writeText(button.dataset.copy ?? "").then(
        () => true,
        () => false,
      );
      button.textContent = (done ? button.dataset.done : button.dataset.failed) ?? label;
      setTimeout(() => (button.textContent = label), 2500);
    });
  }
}
