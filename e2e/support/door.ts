// The door in a browser: an event with tickets, a device that is paired with it, and scans as a hand-held
// reader makes them.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { call } from "./api";
import type { Demo } from "./demo";

/** A ticket, as its buyer has it. */
export interface Ticket {
  id: string;
  serial: string;
  tier_id: string;
  holder_name: string;
  qr_token: string;
}

/** An event of our own. */
export interface Rehearsal {
  id: string;
  title: string;
  tiers: { id: string; name: string }[];
}

/** A published event with free tiers, so that tickets cost no detour. */
export async function rehearsal(demo: Demo, title: string, tiers: string[] = ["General admission"]): Promise<Rehearsal> {
  const { url, organizer_token } = demo.record;
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const place = { venue: "Hall", address: "1 Main Street", city: "Surrey", province: "BC", timezone: "America/Vancouver" };
  const wish = { title, summary: "For the door.", description: "For the door.", ...place, start_at: at(1), end_at: at(6) };
  const { body: event } = await call("POST", `${url}/api/tickets/events`, organizer_token, wish);
  const made: Rehearsal = { id: event.id, title, tiers: [] };
  for (const name of tiers) {
    const tier = { name, price_cents: 0, currency: "CAD", capacity: 500, max_per_order: 60, visibility: "public" };
    const { status, body } = await call("POST", `${url}/api/tickets/events/${event.id}/tiers`, organizer_token, tier);
    expect(status, JSON.stringify(body)).toBe(201);
    made.tiers.push({ id: body.id, name });
  }
  const { status, body } = await call("PATCH", `${url}/api/tickets/events/${event.id}`, organizer_token, { status: "published" });
  expect(status, JSON.stringify(body)).toBe(200);
  return made;
}

/** Tickets of an event, in one order. */
export async function tickets(demo: Demo, event: Rehearsal, qty: number, name: string, tier = 0): Promise<{ order: string; token: string; tickets: Ticket[] }> {
  const { url } = demo.record;
  const buyer = { name, email: `a${name.replace(/\P{ASCII}|\s/gu, "").toLowerCase()}@guests.example` };
  const wish = { event_id: event.id, items: [{ tier_id: event.tiers[tier]?.id, qty }], buyer };
  const begun = await call("POST", `${url}/api/tickets/checkout/session`, undefined, wish);
  expect(begun.status, JSON.stringify(begun.body)).toBe(201);
  const { order_id, order_token } = begun.body;
  const { body } = await call("GET", `${url}/api/tickets/orders/${order_id}`, order_token);
  return { order: order_id, token: order_token, tickets: body.tickets as Ticket[] };
}

/** A code that pairs a device, as the organizer's page makes it. */
export async function pairingCode(demo: Demo, event: { id: string }, name: string, role: "steward" | "supervisor" = "steward"): Promise<string> {
  const { status, body } = await call("POST", `${demo.record.url}/api/tickets/events/${event.id}/pairings`, demo.record.organizer_token, { name, role });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.code as string;
}

/** Pairs this page with an event by its link, and waits until it holds the list. */
export async function pairPage(page: Page, demo: Demo, event: { id: string }, name: string, role: "steward" | "supervisor" = "steward"): Promise<void> {
  const code = await pairingCode(demo, event, name, role);
  await page.goto(`${demo.record.url}/tickets/checkin#pair=${code}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expectOnline(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
}

/** The banner says that the server decides, and nothing waits. */
export async function expectOnline(page: Page): Promise<void> {
  await expect(page.getByTestId("net")).toHaveText("Online", { timeout: 60_000 });
}

/** Shows a code to the app as a hand-held reader does, and gives the answer's word and all of its text. */
export async function show(page: Page, code: string): Promise<{ word: string; text: string }> {
  const answer = page.getByTestId("answer");
  await answer.evaluate((dialog: HTMLDialogElement) => {
    if (dialog.open) dialog.close();
    delete dialog.dataset.word;
  });
  await page.evaluate((text) => {
    // A reader's keys are a blink apart by their own times, however long the page takes over each.
    const keys = [...text, "Enter"].map((key) => new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    for (const key of keys) document.body.dispatchEvent(key);
  }, code);
  await expect(answer).toHaveAttribute("data-word", /./, { timeout: 30_000 });
  return { word: (await answer.getAttribute("data-word")) ?? "", text: (await answer.innerText()).trim() };
}

/** Closes the answer. */
export async function next(page: Page): Promise<void> {
  await page.getByTestId("answer").evaluate((dialog: HTMLDialogElement) => dialog.close());
}

/** A scan, as the server's database holds it; times in microseconds. */
export interface KeptScan {
  client_id: string;
  ticket_id: string | null;
  device: string;
  result: string;
  kind: string;
  told: string | null;
  conflict: number;
  scanned_at: number;
}

/** All scans of an event that the server holds, read by another program than ours. */
export function keptScans(demo: Demo, event: { id: string }): KeptScan[] {
  const read = [
    "import sqlite3, json, sys",
    "db = sqlite3.connect(sys.argv[1])",
    "db.row_factory = sqlite3.Row",
    "rows = db.execute('select * from tickets_scans where event_id = ? order by scanned_at, id', (sys.argv[2],))",
    "print(json.dumps([dict(row) for row in rows]))",
  ].join("\n");
  return JSON.parse(execFileSync("python3", ["-c", read, join(demo.data, "tickets.db"), event.id], { encoding: "utf8", maxBuffer: 1 << 26 })) as KeptScan[];
}

/** Everything that this browser keeps of our site, as one text: databases, storage, caches, addresses. */
export async function everythingKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const parts: string[] = [location.href, document.cookie, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    const flat = (value: unknown): unknown => {
      if (value instanceof ArrayBuffer) return [...new Uint8Array(value)].map((byte) => String.fromCharCode(byte)).join("");
      if (ArrayBuffer.isView(value)) return flat(value.buffer);
      if (value instanceof CryptoKey) return `key that can be exported: ${value.extractable}`;
      if (Array.isArray(value)) return value.map(flat);
      if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, flat(inner)]));
      return value;
    };
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    for (const { name } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name ?? ""));
      for (const store of db.objectStoreNames) {
        const all = await done(db.transaction(store).objectStore(store).getAll());
        parts.push(`${store}: ${JSON.stringify(flat(all))}`);
      }
      db.close();
    }
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) parts.push(`cached: ${request.url}`);
    }
    return parts.join("\n");
  });
}
