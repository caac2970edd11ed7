// Tabs that have no room side by side: the one that is shown is brought into sight, and an edge that hides
// more of them fades, so that one sees that there is more.

/** Looks after every row of tabs in a document. */
export function tabs(within: Document): void {
  for (const row of within.querySelectorAll<HTMLElement>(".tabs ul")) {
    const here = row.querySelector<HTMLElement>("[aria-current]")?.parentElement;
    const start = here ? here.offsetLeft - row.offsetLeft : 0;
    // What is in sight anyway stays where it is.
    if (here && start + here.offsetWidth > row.clientWidth) row.scrollLeft = start - (row.clientWidth - here.offsetWidth) / 2;
    const look = (): void => {
      row.classList.toggle("tabs--before", row.scrollLeft > 1);
      row.classList.toggle("tabs--after", row.scrollLeft + row.clientWidth < row.scrollWidth - 1);
    };
    row.addEventListener("scroll", look, { passive: true });
    new ResizeObserver(look).observe(row);
  }
}
