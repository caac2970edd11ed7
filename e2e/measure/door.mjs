// What a large evening costs a phone: `npm run measure --prefix e2e [tickets] [throttle]`. It loads the list,
// goes offline, scans, and says how long each answer took, on a processor slowed down so many times. It
// measures and judges nothing: a test must not depend on speed. Build web first.

import { chromium } from "@playwright/test";
import { serve, tokenOf } from "./door-server.mjs";

const count = Number(process.argv[2] ?? 25_000);
const throttle = Number(process.argv[3] ?? 6);
const SCANS = 200;

const server = await serve(count);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium" });
const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
const page = await context.newPage();
const client = await context.newCDPSession(page);
await client.send("Emulation.setCPUThrottlingRate", { rate: throttle });
const began = performance.now();
await page.goto(`${server.url}/tickets/checkin#pair=K7Q4M-9XMPT`);
await page.locator('[data-net="online"]').waitFor({ timeout: 300_000 });
const holdsList = () =>
  page.evaluate(async () => {
    const [{ name }] = await indexedDB.databases();
    const open = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const db = await open(indexedDB.open(name));
    const list = await open(db.transaction("meta").objectStore("meta").get("list"));
    db.close();
    return Boolean(list);
  });
while (!(await holdsList())) await page.locator('[data-net="online"]').waitFor();
const loaded = performance.now() - began;

await page.evaluate(() => navigator.serviceWorker.ready);
await context.setOffline(true);
const answer = async (code) =>
  page.evaluate(async (text) => {
    const dialog = document.querySelector("dialog.answer");
    if (dialog.open) dialog.close();
    // People need a second to show the next ticket: what the last answer left to count is done by then.
    await new Promise((resolve) => setTimeout(resolve, 700));
    const told = new Promise((resolve) => {
      const watch = new MutationObserver(() => dialog.open && (watch.disconnect(), resolve(performance.now())));
      watch.observe(dialog, { attributes: true });
    });
    const keys = [...text, "Enter"].map((key) => new KeyboardEvent("keydown", { key, cancelable: true, bubbles: true }));
    for (const key of keys) document.body.dispatchEvent(key);
    const shown = performance.now();
    return { ms: (await told) - shown, word: dialog.dataset.word };
  }, code);
// The first finds out that the network is gone.
await answer(tokenOf(count - 1));
await page.locator("[data-net=offline]").waitFor();
const times = [];
const words = {};
for (let n = 0; n < SCANS; n += 1) {
  // Every fifth is shown twice, and some are nobody's.
  const { ms, word } = await answer(n % 10 === 9 ? "A".repeat(32) : tokenOf(((n % 5 === 4 ? n - 1 : n) * 97) % count));
  times.push(ms);
  words[word] = (words[word] ?? 0) + 1;
}
times.sort((one, other) => one - other);
const share = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(1);
const { metrics } = await client.send("Performance.enable").then(() => client.send("Performance.getMetrics"));
const heap = metrics.find(({ name }) => name === "JSHeapUsedSize").value;
const kept = await page.evaluate(() => navigator.storage.estimate());
const mb = (bytes) => `${(bytes / 1_048_576).toFixed(1)} MB`;

console.log(`${count} tickets, processor slowed ${throttle} times`);
console.log(`the list: ${mb(server.bytes)}, ${mb(server.packed)} as it travels`);
console.log(`paired and loaded: ${(loaded / 1000).toFixed(1)} s`);
console.log(`${SCANS} offline answers (${JSON.stringify(words)}): median ${share(0.5)} ms, 95 of 100 ${share(0.95)} ms, slowest ${share(1)} ms`);
console.log(`memory of scripts: ${mb(heap)}; kept on the device: ${mb(kept.usage ?? 0)}`);
await browser.close();
server.end();
process.exit();
