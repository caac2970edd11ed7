// "Share this event": the device's own way of handing a link on, where it has one.

/** Wires every `<button data-share="https://…">`. */
export function shareLinks(root: ParentNode): void {
  if (!navigator.share) return;
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-share]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const { share: url, title } = button.dataset;
      // Somebody who changes their mind has not met a fault.
      navigator.share({ url, title }).catch(() => undefined);
    });
  }
}
