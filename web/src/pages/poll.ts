// While money is being confirmed, asks the server how things stand: often at first, then rarely,
// and not at all while nobody looks. When the waiting is over, the page is loaded anew.

const FIRST_MS = 1500;
const SLOWEST_MS = 10000;
const GIVE_UP_MS = 600000;

/** Stages in which there is something to wait for; every other one is worth a new page. */
const WAITING = ["pending", "processing"];

/** Whether the server says that the waiting is over. */
async function over(url: string): Promise<boolean> {
  const answer = await fetch(url, { headers: { accept: "application/json" } });
  if (!answer.ok) return false;
  const body: unknown = await answer.json();
  return typeof body === "object" && body !== null && "stage" in body && !WAITING.includes(String(body.stage));
}

/** Polls for the one `[data-status-url]` of the page, if there is one. */
export function pollStatus(root: ParentNode): void {
  const url = root.querySelector<HTMLElement>("[data-status-url]")?.dataset.statusUrl;
  if (!url) return;
  // A form is on its way: loading the page anew would stop it.
  let leaving = false;
  addEventListener("submit", () => (leaving = true));
  const began = performance.now();
  let wait = FIRST_MS;
  const ask = async () => {
    const seen = document.visibilityState === "visible";
    // A lost connection is no news: the next question comes anyway.
    const news = seen && (await over(url).catch(() => false));
    if (leaving || performance.now() - began > GIVE_UP_MS) return;
    if (news) return location.reload();
    wait = Math.min(SLOWEST_MS, wait * 1.3);
    setTimeout(ask, wait);
  };
  setTimeout(ask, wait);
}
