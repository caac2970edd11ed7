// What the reader, the keyboard and the stream bring, and what is made of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pause } from "../src/checkin/core/backoff";
import { type Record, scanned } from "../src/checkin/core/record";
import { renumber } from "../src/checkin/sync/list";
import { normalize, readCode } from "../src/checkin/core/serial";
import { Sightings } from "../src/checkin/core/sightings";
import { FeedReader } from "../src/checkin/core/sse";
import { Wedge } from "../src/checkin/core/wedge";

test("a serial is found however it is typed", () => {
  for (const typed of ["K7Q4M-9XMPT-3", "k7q4m9xmpt3", " k7q4m 9xmpt 3 "]) assert.equal(normalize(typed), "K7Q4M-9XMPT-3");
  assert.equal(normalize("ol234-56789"), "01234-56789");
  for (const typed of ["", "K7Q4M", "K7Q4M-9XMPU", "K7Q4M-9XMPT-0", "K7Q4M-9XMPT-x", "ਪੰਜਾਬੀਪੰਜਾਬੀ"]) assert.equal(normalize(typed), null, typed);
});

test("a poster's code is nobody's ticket", () => {
  assert.deepEqual(readCode(" mfrggzdfmztwq2lknnwg23tpobyxe43u "), { kind: "token", token: "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U" });
  assert.deepEqual(readCode("k7q4m9xmpt3"), { kind: "serial", serial: "K7Q4M-9XMPT-3" });
  for (const text of ["https://example.ca/menu", "96385074", "", "K7Q4M-9XMPT"]) assert.deepEqual(readCode(text), { kind: "foreign" }, text);
});

test("a code that stays in the picture is answered once, and again when it was away", () => {
  const sightings = new Sightings();
  assert.ok(sightings.isScan("A", 0));
  for (let now = 33; now < 20_000; now += 33) assert.ok(!sightings.isScan("A", now));
  assert.ok(sightings.isScan("B", 20_000), "another ticket is not held up");
  assert.ok(!sightings.isScan("A", 20_900), "a shaking hand is no second showing");
  assert.ok(sightings.isScan("A", 23_000));
  assert.ok(!sightings.isScan("A", 25_500), "too soon after its answer");
});

test("a reader's keys make a code and a person's do not", () => {
  const wedge = new Wedge();
  const type = (text: string, every: number, from: number) => [...text].map((key, i) => wedge.key(key, from + i * every)).at(-1);
  type("MFRGGZDF", 8, 0);
  assert.equal(wedge.key("Enter", 64), "MFRGGZDF");
  type("MFRGGZDF", 110, 1_000);
  assert.equal(wedge.key("Enter", 1_880), null, "a person who types well");
  type("MFRG", 8, 3_000);
  type("GZDFMZTW", 8, 3_150);
  assert.equal(wedge.key("Enter", 3_214), "MFRGGZDFMZTW", "a reader that stutters");
  type("abc", 8, 5_000);
  assert.equal(wedge.key("Enter", 5_024), null);
  type("x", 1, 6_000);
  type("MFRGGZDFM", 8, 7_000);
  wedge.key("Shift", 7_070);
  assert.equal(wedge.key("Enter", 7_075), "MFRGGZDFM");
});

test("an admission of ours counts before the server has heard of it", () => {
  const record: Record = ["d", "s", 1, "v", null, null, ""];
  const at = "2026-12-31T20:00:00.000Z";
  const of = (own: Parameters<typeof scanned>[3], one = record) => scanned("evt", ["a", "b"], one, own, "Gate B");
  assert.deepEqual(of([]), { event_id: "evt", tier_id: "b", status: "valid" });
  const used = { event_id: "evt", tier_id: "b", status: "used", used_at: at, used_by: "Gate B" };
  assert.deepEqual(of([{ kind: "scan", at, told: "valid" }]), used);
  assert.equal(of([{ kind: "scan", at, told: "refunded" }]).status, "valid");
  assert.equal(of([{ kind: "scan", at, told: "valid" }, { kind: "undo", at, told: null }]).status, "valid");
  const refunded: Record = ["d", "s", 0, "r", null, null, ""];
  assert.equal(of([{ kind: "scan", at, told: "valid" }], refunded).status, "refunded");
});

test("a feed is cut into events wherever its pieces end", () => {
  const reader = new FeedReader();
  assert.deepEqual(reader.push("event: chan"), []);
  assert.deepEqual(reader.push("ges\r\ndata: {\"a\"\ndata: :1}\r\n"), []);
  assert.deepEqual(reader.push("\n: heartbeat\n\n"), [{ name: "changes", data: '{"a"\n:1}' }, { name: "", data: "" }]);
});

test("the network is tried again soon, and never later than after twenty seconds", () => {
  assert.equal(pause(1, 0.5), 1_000);
  assert.ok(pause(2, 0) < pause(3, 0));
  assert.ok(pause(40, 1) < 20_000);
});

test("each answer numbers its tiers by itself", () => {
  const known = ["vip", "general"];
  const record = (tier: number): Record => ["d", "s", tier, "v", null, null, ""];
  const numbers = renumber(known, ["general", "student", "vip"], [record(0), record(1), record(2)]).map((one) => one[2]);
  assert.deepEqual(numbers, [1, 2, 0]);
  assert.deepEqual(known, ["vip", "general", "student"]);
});
