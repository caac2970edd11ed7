// The seals, over cases that an independent program has made and that the server checks itself against.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { doorId, openPeople, type PeopleLock, type SealedPerson, serialId, unlockPeople, unseal } from "../src/checkin/core/seal";

interface Vectors {
  tickets: { case: string; event_id: string; token: string; serial: string; door_id: string; serial_id: string; text: string; sealed: string }[];
  people: { passphrase: string; lock: PeopleLock; sealed_page: string; page: SealedPerson[] };
}

const vectors = JSON.parse(readFileSync(`${process.env.ROOT}/vectors/door.json`, "utf8")) as Vectors;

for (const one of vectors.tickets) {
  test(`sealed: ${one.case}`, async () => {
    assert.equal(await doorId(one.event_id, one.token), one.door_id);
    assert.equal(await serialId(one.event_id, one.serial), one.serial_id);
    assert.deepEqual(await unseal(one.event_id, one.token, one.door_id, one.sealed), JSON.parse(one.text));
  });
}

test("sealed: everybody, behind a passphrase", async () => {
  const { passphrase, lock, sealed_page, page } = vectors.people;
  const key = await unlockPeople(lock, passphrase);
  assert.ok(key);
  assert.deepEqual(await openPeople(key, sealed_page), page);
  assert.equal(await unlockPeople(lock, `${passphrase} `), null);
});
