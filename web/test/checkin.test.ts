// The door's rules, run over the same cases as the server's.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Answer, decide, type Gate, mayUndo, micros, type ScannedTicket } from "../src/checkin/core/decide";

interface Vectors {
  decide: { name: string; gate: Gate; ticket: ScannedTicket | null; at: string; answer: Answer }[];
  may_undo: { name: string; used_at: string; now: string; answer: boolean }[];
}

const vectors = JSON.parse(readFileSync(`${process.env.ROOT}/vectors/checkin.json`, "utf8")) as Vectors;

for (const { name, gate, ticket, at, answer } of vectors.decide) {
  test(`decide: ${name}`, () => assert.deepEqual(decide(gate, ticket, at), answer));
}

for (const { name, used_at, now, answer } of vectors.may_undo) {
  test(`undo: ${name}`, () => assert.equal(mayUndo(used_at, now), answer));
}

test("the cases cover every answer that there is", () => {
  const all = ["valid", "already_used", "refunded", "canceled", "wrong_event", "not_yet", "too_late", "not_found"];
  assert.deepEqual([...new Set(vectors.decide.map((one) => one.answer.result))].sort(), all.sort());
});

test("a moment is read to the microsecond, whatever its offset", () => {
  assert.equal(micros("1970-01-01T00:00:01.000001Z"), 1_000_001);
  assert.equal(micros("1970-01-01T01:00:00.5+01:00"), 500_000);
  assert.equal(micros("2026-12-31T18:00:00-08:00"), micros("2027-01-01T02:00:00Z"));
  assert.ok(Number.isNaN(micros("soon")));
});
