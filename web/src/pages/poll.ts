// While money is being confirmed, asks the server how things stand: often at first, then rarely,
// and not at all while nobody looks. When the stage changes, the page is loaded anew.

const FIRST_MS = 1500;
const SLOWEST_MS = 10000;
const GIVE_UP_MS = 600000;

/** Whether the server says that the order has moved on from the stage on this page. */
async function moved(url: string, stage: string): Promise<boolean> {
  const answer = await fetch(url, { headers: { accept: "application/json" } });
  if (!answer.ok) return false;
  const body: unknown = await answer.json();
  return typeof body === "object" && body !== null && "stage" in body && body.stage !== stage;
}

/** Polls for the one `[data-status-url][data-stage]` of the page, if there is one. */
export function pollStatus(root: ParentNode): void {
  const place = root.querySelector<HTMLElement>("[data-status-url]");
  const { statusUrl, stage } = place?.dataset ?? {};
  if (!statusUrl || !stage) return;
  const began = performance.now();
  let wait = FIRST_MS;
  const ask = async () => {
    const seen = document.visibilityState === "visible";
    // A lost connection is no news: the next question comes anyway.
    if (seen && (await moved(statusUrl, stage).catch(() => false))) return location.reload();
    if (performance.now() - began > GIVE_UP_MS) return;
    wait = Math.min(SLOWEST_MS, wait * 1.3);
    setTimeout(ask, wait);
  };
  setTimeout(ask, wait);
}
