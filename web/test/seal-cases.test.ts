// The seals, over the same cases as the server's.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { doorId, openPeople, type PeopleLock, serialId, unlockPeople, unseal } from "../src/checkin/core/seal";

interface Ticket {
  case: string;
  event_id: string;
  token: string;
  serial: string;
  door_id: string;
  serial_id: string;
  text: string;
  sealed: string;
}
interface Vectors {
  tickets: Ticket[];
  people: { passphrase: string; lock: PeopleLock; sealed_page: string; page: unknown };
}

const vectors = JSON.parse(readFileSync(`${process.env.ROOT}/vectors/door.json`, "utf8")) as Vectors;

for (const ticket of vectors.tickets) {
  test(`named and opened: ${ticket.case}`, async () => {
    assert.equal(await doorId(ticket.event_id, ticket.token), ticket.door_id);
    assert.equal(await serialId(ticket.event_id, ticket.serial), ticket.serial_id);
    const holder = await unseal(ticket.event_id, ticket.token, ticket.door_id, ticket.sealed);
    assert.deepEqual(holder, JSON.parse(ticket.text));
  });
}

test("the passphrase opens the list of people, and another one does not", async () => {
  const { lock, passphrase, sealed_page, page } = vectors.people;
  const key = await unlockPeople(lock, passphrase);
  assert.ok(key);
  assert.deepEqual(await openPeople(key, sealed_page), page);
  assert.equal(await unlockPeople(lock, `${passphrase}.`), null);
});
