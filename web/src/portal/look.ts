// The link to a sample ticket shows the look as it is typed, and not only as it was saved.

/** Keeps each sample's address in step with the colour and the footer beside it. */
export function look(root: ParentNode): void {
  for (const link of root.querySelectorAll<HTMLAnchorElement>("a[data-look]")) {
    const form = link.closest("form");
    if (!form) continue;
    const step = (): void => {
      const typed = new FormData(form);
      const address = new URL(link.href);
      address.searchParams.set("color", String(typed.get("brand_color") ?? "").trim());
      address.searchParams.set("footer", String(typed.get("brand_footer") ?? "").trim());
      link.href = address.href;
    };
    form.addEventListener("input", step);
    step();
  }
}
