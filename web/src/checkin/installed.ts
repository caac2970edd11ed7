// The service worker's other half: it is registered here, and a newer version takes over only when nobody is
// in the middle of a scan: at the start of the app, or when somebody asks for it.

/** Registers it; calls when a newer version waits. */
export async function install(script: string, scope: string, waits: (take: () => void, atStart: boolean) => void): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const first = navigator.serviceWorker.controller === null;
  let asked = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (asked && !first) location.reload();
  });
  try {
    const registration = await navigator.serviceWorker.register(script, { scope, updateViaCache: "none" });
    const offer = (atStart: boolean) => {
      const waiting = registration.waiting;
      if (!waiting || !navigator.serviceWorker.controller) return;
      waits(() => {
        asked = true;
        waiting.postMessage("take over");
      }, atStart);
    };
    offer(true);
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", () => offer(false));
    });
  } catch {
    // Without it the app works as long as the page stays open; the browser has said why on its console.
  }
}
