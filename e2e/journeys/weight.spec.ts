// What a page weighs and whether it holds still: measured in the browser, on a first visit.

import { expect, test } from "../support/fixtures";

const LIGHT = 60_000;

/** Something that waits until it is let go. */
function held(): { released: Promise<void>; release: () => void } {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { released, release };
}

test("an event's page is light, asks nobody else, and nothing on it moves", async ({ page, demo }) => {
  const event = demo.event("Jugnu Winter Mela");
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  const asked = new Map<string, string>();
  let travelled = 0;
  client.on("Network.responseReceived", ({ requestId, response }) => asked.set(requestId, response.url));
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const url = asked.get(requestId) ?? "";
    // The pictures are the organizer’s, cover and logo; everything else is ours to keep small.
    if (!/cover|\/tickets\/files\//.test(url)) travelled += encodedDataLength;
    expect(new URL(url).origin).toBe(demo.record.url);
  });
  await page.addInitScript(() => {
    (window as unknown as { moved: number }).moved = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
        (window as unknown as { moved: number }).moved += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  // Scripts come late, as on a slow line: only when everything has been painted without them.
  let scripts = held();
  await page.route(/\.js$/, async (route) => {
    await scripts.released;
    await route.continue();
  });
  for (const width of [360, 1280]) {
    // So tall that nothing lies below the fold, where moving would not be counted.
    await page.setViewportSize({ width, height: 3_000 });
    scripts = held();
    await page.goto(`${demo.record.url}/tickets/e/${event.slug}`, { waitUntil: "commit" });
    await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
    scripts.release();
    await page.waitForLoadState("networkidle");
    await expect(page.getByRole("button", { name: "One more: General admission" })).toBeAttached();
    await page.evaluate(() => document.fonts.ready);
    const moved = await page.evaluate(() => (window as unknown as { moved: number }).moved);
    expect(moved, `at ${width}`).toBe(0);
    if (width === 360) {
      console.log(`an event's page: ${travelled} bytes without its pictures`);
      expect(travelled).toBeLessThan(LIGHT);
      expect(travelled).toBeGreaterThan(20_000);
    }
  }
});
