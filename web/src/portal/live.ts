// Numbers of a sale that is under way, read anew every quarter of a minute: not while nobody looks, not while
// somebody is reading a chart, and without anything that moves by itself.

const EVERY_MS = 15000;
/** After so many failures in a row, the page stays as it is until it is loaded again. */
const GIVE_UP = 8;

/** Keeps the `[data-live]` part of the page up to date; `ready` is told of each new one. */
export function live(root: Document, ready: (part: HTMLElement) => void): void {
  if (!root.querySelector("[data-live]")) return;
  let failures = 0;
  const ask = async () => {
    const old = root.querySelector<HTMLElement>("[data-live]");
    if (!old || failures >= GIVE_UP) return;
    const busy = old.contains(root.activeElement) || old.matches(":hover");
    if (root.visibilityState === "visible" && !busy) {
      try {
        const answer = await fetch(location.href, { headers: { accept: "text/html" } });
        if (!answer.ok || answer.redirected) throw new Error("no page");
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.querySelector<HTMLElement>("[data-live], [data-still]");
        failures = 0;
        if (fresh && fresh.innerHTML !== old.dataset.was) {
          const was = fresh.innerHTML;
          for (const [at, box] of [...old.querySelectorAll("details")].entries()) {
            const same = fresh.querySelectorAll("details")[at];
            if (same) same.open = box.open;
          }
          old.replaceWith(fresh);
          fresh.dataset.was = was;
          ready(fresh);
        }
      } catch {
        failures += 1;
      }
    }
    setTimeout(ask, EVERY_MS);
  };
  setTimeout(ask, EVERY_MS);
}
