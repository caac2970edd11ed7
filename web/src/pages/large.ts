// A ticket's code over the whole screen is done by the style sheet (`:target`). Here: Escape closes it, the
// focus goes in and comes back, and the screen stays awake while somebody stands in line.

let lock: WakeLockSentinel | undefined;

async function awake(on: boolean): Promise<void> {
  await lock?.release().catch(() => undefined);
  lock = undefined;
  if (on && "wakeLock" in navigator) {
    // A device that saves its battery may say no; the code is shown all the same.
    lock = await navigator.wakeLock.request("screen").catch(() => undefined);
  }
}

/** Wires the codes of a page. */
export function largeCodes(root: ParentNode): void {
  if (!root.querySelector("[data-large]")) return;
  const open = () => root.querySelector<HTMLElement>(".ticket__code:target");
  const look = () => {
    const code = open();
    void awake(code !== null);
    code?.querySelector<HTMLElement>(".ticket__small")?.focus();
  };
  addEventListener("hashchange", look);
  addEventListener("keydown", (event) => {
    const code = open();
    if (event.key !== "Escape" || !code) return;
    code.querySelector<HTMLAnchorElement>(".ticket__small")?.click();
    code.querySelector<HTMLElement>("[data-large]")?.focus();
  });
  look();
}
