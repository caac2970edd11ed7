// A form is sent once. The server would cope with a second press (each form carries its own key);
// this only spares the reader the doubt. The button stays focusable, so that nobody loses their place.

/** Guards every form that posts. */
export function submitOnce(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[method=post]")) {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) {
        event.preventDefault();
        return;
      }
      sent = true;
      const button = event.submitter;
      if (button instanceof HTMLButtonElement) {
        button.setAttribute("aria-disabled", "true");
        button.textContent = button.dataset.busy ?? button.textContent;
      }
    });
  }
}
