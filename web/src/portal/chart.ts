// A chart read out step by step: under the pointer, under a finger, or with the arrow keys. The drawing and
// its table are there without this.

const KEYS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7 };

/** Makes every chart below `root` readable. */
export function charts(root: ParentNode): void {
  for (const chart of root.querySelectorAll<HTMLElement>("[data-chart]")) readable(chart);
}

function readable(chart: HTMLElement): void {
  const plot = chart.querySelector<HTMLElement>("[data-plot]");
  const read = chart.querySelector<HTMLElement>("[data-read]");
  const areas = [...chart.querySelectorAll<SVGSVGElement>(".chart__area")];
  const rows = areas.map((area) => [...area.querySelectorAll<SVGGElement>(".chart__step")]);
  const count = rows[0]?.length ?? 0;
  if (!plot || !read || count === 0) return;
  // The reader says what the script shows; a second, slower word from the browser would only be in the way.
  for (const title of chart.querySelectorAll("title")) title.remove();
  plot.tabIndex = 0;
  plot.setAttribute("role", "group");
  plot.setAttribute("aria-label", `${chart.querySelector(".chart__title")?.textContent ?? ""}. Use the arrow keys.`);
  let at = -1;
  const show = (next: number) => {
    for (const steps of rows) {
      steps[at]?.removeAttribute("data-on");
      steps[next]?.setAttribute("data-on", "");
    }
    at = next;
    read.textContent = rows[0]?.[next]?.dataset.words ?? read.dataset.rest ?? "";
  };
  const under = (event: PointerEvent) => {
    const box = areas[0]?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    const part = Math.floor(((event.clientX - box.left) / box.width) * count);
    show(Math.min(count - 1, Math.max(0, part)));
  };
  plot.addEventListener("pointermove", under);
  plot.addEventListener("pointerdown", under);
  plot.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse" && document.activeElement !== plot) show(-1);
  });
  plot.addEventListener("blur", () => show(-1));
  plot.addEventListener("keydown", (event) => {
    const end = event.key === "Home" ? 0 : event.key === "End" ? count - 1 : undefined;
    const by = KEYS[event.key];
    if (end === undefined && by === undefined) return;
    event.preventDefault();
    const from = at < 0 ? count : at;
    show(end ?? Math.min(count - 1, Math.max(0, from + (by ?? 0))));
  });
}
