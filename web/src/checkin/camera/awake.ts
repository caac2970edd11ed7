// Keeps the screen on while the door is open on it. The browser takes the lock away when the page is hidden,
// so it is asked for again whenever the page is seen.

/** Asks for it now and whenever the page comes back. */
export function stayAwake(): void {
  const ask = () => {
    if (document.visibilityState === "visible") void navigator.wakeLock?.request("screen").catch(() => undefined);
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}
