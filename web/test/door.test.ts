// A device over a real database (in memory), with a server that can be switched off and loses answers.

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { createCipheriv, createHash, randomBytes, randomUUID } from "node:crypto";
import { beforeEach, test } from "node:test";
import type { Record } from "../src/checkin/core/record";
import { Door } from "../src/checkin/door";
import { blank } from "../src/checkin/shown";
import { Api, type LateScan, type Person, type Where } from "../src/checkin/sync/api";
import { catchUp, loadList } from "../src/checkin/sync/list";
import { Network } from "../src/checkin/sync/network";
import { Store } from "../src/checkin/sync/store";
import { upload } from "../src/checkin/sync/upload";

// Node 20 has none, and a browser without locks is asked for none.
(globalThis as { navigator?: unknown }).navigator ??= {};

const EVENT = "evt_01kb4t00000000000000000001";
const TIER = "tier_01kb4t00000000000000000011";
const KEY = "jk_a-key-that-is-kept-by-nobody";
const GATE = { event_id: EVENT, opens: null, closes: null, tiers: null, reentry: false };
const COUNTS = { admitted: 0, expected: 9, tiers: [{ id: TIER, admitted: 0, expected: 9 }] };
const TOKENS = Array.from({ length: 9 }, (_, n) => String.fromCharCode(65 + n).repeat(32));

const hash = (label: string, what: string) => createHash("sha256").update(`${label}\0${EVENT}\0${what}`).digest();
const doorIdOf = (token: string) => hash("jugnu-door-id/1", token).subarray(0, 16).toString("base64url");
const serialOf = (n: number) => `K7Q4M-9XMPT-${n + 1}`;

function record(n: number, state: Record[3] = "v"): Record {
  const token = TOKENS[n] ?? "";
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", hash("jugnu-door-key/1", token), nonce);
  cipher.setAAD(Buffer.from(doorIdOf(token)));
  const text = JSON.stringify({ name: `Amélie ${n}`, serial: serialOf(n), order: "9XMPT" });
  const sealed = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64url");
  return [doorIdOf(token), hash("jugnu-door-serial/1", serialOf(n)).subarray(0, 9).toString("base64url"), 0, state, null, null, sealed];
}

/** The server: pages of three, changes, a batch that remembers what it answered. */
class Server {
  away = false;
  failAtPage: string | null = null;
  loseAnswer = false;
  asked: string[] = [];
  taken = new Map<string, { result: string; scan: LateScan }>();
  records = TOKENS.map((_, n) => record(n));
  changed: Record[] = [];

  readonly fetch = async (input: string, init: RequestInit): Promise<Response> => {
    const url = new URL(input);
    const path = url.pathname;
    this.asked.push(path + url.search);
    if (this.away) throw new TypeError("no network");
    if (path === "/check-in/snapshot") return this.snapshot(url.searchParams.get("page"));
    const fresh = { cursor: "2", tiers: [TIER], gate: GATE, counts: COUNTS, server_time: new Date().toISOString() };
    if (path === "/check-in/changes") return Response.json({ ...fresh, records: this.changed, more: false, reset: false });
    if (path === "/tickets/validate") return Response.json({ code: "unauthorized", detail: "withdrawn" }, { status: 401 });
    if (path === "/check-in/scans") return this.batch(JSON.parse(String(init.body)).scans);
    throw new Error(path);
  };

  private snapshot(page: string | null): Response {
    if (page !== null && page === this.failAtPage) throw new TypeError("no network");
    const from = Number(page ?? 0);
    const next = from + 3 < this.records.length ? String(from + 3) : null;
    return Response.json({ cursor: "1", tiers: [TIER], gate: GATE, records: this.records.slice(from, from + 3), next_page: next, total: 9, people: null });
  }

  private batch(scans: LateScan[]): Response {
    const answers = scans.map((scan) => {
      const used = [...this.taken.values()].some((one) => one.result === "valid" && one.scan.door_id === scan.door_id);
      const first = this.taken.get(scan.id) ?? { result: scan.kind === "undo" ? "undone" : used ? "already_used" : "valid", scan };
      this.taken.set(scan.id, first);
      return { id: scan.id, result: first.result, used_at: "2026-12-31T22:02:00Z", used_by: "Gate A", conflict: scan.told === "valid" && first.result !== "valid" };
    });
    if (this.loseAnswer) throw new TypeError("the answer was lost");
    return Response.json({ answers });
  }
}

let server: Server;
let store: Store;
let api: Api;
let network: Network;
let door: Door;

beforeEach(async () => {
  server = new Server();
  globalThis.fetch = server.fetch as typeof fetch;
  store = await Store.open(`door-${randomUUID()}`);
  api = new Api("http://127.0.0.1", KEY);
  network = new Network();
  const now = new Date().toISOString();
  const event = { id: EVENT, title: "Mela", venue: null, start_at: now, end_at: now, timezone: "America/Vancouver" };
  const where: Where = { key: { id: "key_1", name: "Gate B", role: "steward" }, event, gate: GATE, tiers: [{ id: TIER, name: "General" }], counts: COUNTS, server_time: now };
  await store.saveKey(KEY);
  await store.put("where", where);
  await store.put("counts", COUNTS);
  door = new Door(api, store, network, where);
});

test("a list that was cut off goes on where it stopped, and the one before stays in use until it is whole", async () => {
  await loadList(api, store, network);
  assert.equal((await store.get("list"))?.total, 9);
  server.failAtPage = "6";
  server.records = server.records.map((one) => [one[0], one[1], 0, "r", null, null, one[6]]);
  await assert.rejects(loadList(api, store, network));
  assert.equal((await store.record({ door: doorIdOf(TOKENS[0] ?? "") }))?.[3], "v");
  server.failAtPage = null;
  server.asked = [];
  await loadList(api, store, network);
  assert.deepEqual(server.asked, ["/check-in/snapshot?page=6"]);
  assert.equal((await store.record({ door: doorIdOf(TOKENS[0] ?? "") }))?.[3], "r");
  assert.equal((await store.get("list"))?.total, 9);
  assert.equal(await store.get("loading"), undefined);
});

test("without the network a ticket is let in once, by its code or by its serial, and its code alone tells the name", async () => {
  await loadList(api, store, network);
  network.gone();
  const first = await door.scan(TOKENS[0] ?? "");
  assert.deepEqual([first.word, first.name, first.here], ["valid", "Amélie 0", true]);
  const again = await door.scan(serialOf(0));
  assert.deepEqual([again.word, again.used_by, again.name], ["already_used", "Gate B", null]);
  assert.equal((await door.scan(serialOf(1))).word, "valid");
  assert.equal((await door.scan(TOKENS[1] ?? "")).word, "already_used");
  assert.equal((await door.scan("Z".repeat(32))).word, "not_found");
  assert.equal((await door.scan("https://example.ca")).word, "foreign");
  const undone = await door.undo(first);
  assert.deepEqual([undone.word, undone.here], ["undone", true]);
  assert.equal((await door.scan(TOKENS[0] ?? "")).word, "valid");
  assert.equal(await store.waiting(), 7);
  await door.refresh();
  assert.equal(door.counts.value.admitted, 2);
});

test("a batch whose answer was lost is handed in again under the same ids, and what was wrong is told once", async () => {
  await loadList(api, store, network);
  network.gone();
  for (const token of TOKENS.slice(0, 3)) await door.scan(token);
  const elsewhere = { id: "gate-a", kind: "scan" as const, door_id: doorIdOf(TOKENS[1] ?? ""), at: "", told: null };
  server.taken.set("gate-a", { result: "valid", scan: elsewhere });
  server.loseAnswer = true;
  await assert.rejects(upload(api, store, "Gate B", new Set()));
  assert.equal(await store.waiting(), 3);
  assert.equal(server.taken.size, 4);
  server.loseAnswer = false;
  const { conflicts, count } = await upload(api, store, "Gate B", new Set());
  assert.deepEqual([count, server.taken.size, await store.waiting()], [3, 4, 0]);
  assert.deepEqual(conflicts.map(({ conflict }) => conflict), [{ result: "already_used", used_at: "2026-12-31T22:02:00Z", used_by: "Gate A" }]);
  assert.equal((await store.history()).filter(({ conflict }) => conflict).length, 1);
  assert.equal((await upload(api, store, "Gate B", new Set())).count, 0);
});

test("a scan that is being asked about is not overtaken by those behind it", async () => {
  await loadList(api, store, network);
  network.gone();
  const [first] = [await door.scan(TOKENS[0] ?? ""), await door.scan(TOKENS[1] ?? "")];
  assert.equal((await upload(api, store, "Gate B", new Set([first?.id ?? ""]))).count, 0);
  assert.equal((await upload(api, store, "Gate B", new Set())).count, 2);
});

test("what changes reach the list, and a new one is asked for when the cursor is too old", async () => {
  await loadList(api, store, network);
  server.changed = [record(4, "r")];
  assert.ok(await catchUp(api, store, network));
  network.gone();
  assert.equal((await door.scan(TOKENS[4] ?? "")).word, "refunded");
  const fetched = server.fetch;
  globalThis.fetch = (async (input: string, init: RequestInit) => {
    const answer = await fetched(input, init);
    return Response.json({ ...((await answer.json()) as object), reset: true });
  }) as typeof fetch;
  assert.equal(await catchUp(api, store, network), false);
});

test("a withdrawn device lets nobody in, and nothing of the scan is kept", async () => {
  await loadList(api, store, network);
  network.answered(10);
  assert.equal((await door.scan(TOKENS[0] ?? "")).word, "withdrawn");
  assert.equal((await door.scan(TOKENS[1] ?? "")).word, "withdrawn");
  // Neither by hand, and what it had let in stays so: nobody would hear of it.
  const person: Person = { ticket_id: "tkt_1", door_id: doorIdOf(TOKENS[2] ?? ""), serial: serialOf(2), name: "Amélie", email: "", tier_id: TIER, status: "valid", used_at: null, used_by: null, order_id: "ord_1", order_name: "Amélie" };
  assert.deepEqual((await door.admit([person])).map(({ word }) => word), ["withdrawn"]);
  const before = { ...blank(randomUUID(), new Date().toISOString(), "valid"), undo: { door_id: person.door_id, ticket_id: null, serial_id: null } };
  assert.equal((await door.undo(before)).word, "withdrawn");
  assert.equal(await store.waiting(), 0);
});

test("a device without a list says so instead of guessing", async () => {
  network.gone();
  assert.equal((await door.scan(TOKENS[0] ?? "")).word, "no_list");
  assert.equal(await store.waiting(), 0);
});

test("the key comes back from the database, in which it does not stand", async () => {
  assert.equal(await store.readKey(), KEY);
  const kept = await store.get("key");
  assert.equal(kept?.wrap.extractable, false);
  assert.ok(!Buffer.from(kept?.sealed ?? new ArrayBuffer(0)).toString("latin1").includes("jk_"));
});
