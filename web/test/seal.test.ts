// The seals, against what node:crypto makes of the same words independently of WebCrypto.

import assert from "node:assert/strict";
import { createCipheriv, createHash, pbkdf2Sync, randomBytes } from "node:crypto";
import { test } from "node:test";
import { doorId, openPeople, serialId, unlockPeople, unseal } from "../src/checkin/core/seal";

const EVENT = "evt_01kb4t00000000000000000001";
const TOKEN = "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U";
const hash = (label: string, what: string) => createHash("sha256").update(label).update("\0").update(EVENT).update("\0").update(what).digest();

function seal(key: Buffer, text: string, additional?: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  if (additional !== undefined) cipher.setAAD(Buffer.from(additional));
  return Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64url");
}

test("a ticket is named by sixteen bytes of its hash, however its code was written", async () => {
  const expected = hash("jugnu-door-id/1", TOKEN).subarray(0, 16).toString("base64url");
  assert.equal(await doorId(EVENT, TOKEN), expected);
  assert.equal(await doorId(EVENT, ` ${TOKEN.toLowerCase()}\n`), expected);
  assert.notEqual(await doorId("evt_01kb4t00000000000000000002", TOKEN), expected);
});

test("a serial is found by nine bytes of its hash", async () => {
  assert.equal(await serialId(EVENT, "K7Q4M-9XMPT-3"), hash("jugnu-door-serial/1", "K7Q4M-9XMPT-3").subarray(0, 9).toString("base64url"));
});

test("a record opens with its own code and with no other", async () => {
  const holder = { name: "ਹਰਪ੍ਰੀਤ ਕੌਰ 李", serial: "K7Q4M-9XMPT-3", order: "9XMPT" };
  const door = await doorId(EVENT, TOKEN);
  const sealed = seal(hash("jugnu-door-key/1", TOKEN), JSON.stringify(holder), door);
  assert.deepEqual(await unseal(EVENT, TOKEN, door, sealed), holder);
  assert.equal(await unseal(EVENT, TOKEN.replace("M", "N"), door, sealed), null);
  assert.equal(await unseal("evt_01kb4t00000000000000000002", TOKEN, door, sealed), null);
  assert.equal(await unseal(EVENT, TOKEN, door, sealed.slice(0, -4)), null);
  const moved = seal(hash("jugnu-door-key/1", TOKEN), JSON.stringify(holder), "another-record");
  assert.equal(await unseal(EVENT, TOKEN, door, moved), null);
});

test("the people's list opens with the passphrase and with no other", async () => {
  const key = randomBytes(32);
  const salt = randomBytes(16);
  const wrapping = pbkdf2Sync("marigold lantern", salt, 1000, 32, "sha256");
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", wrapping, nonce);
  const sealedKey = Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  const lock = { generation: 1, salt: salt.toString("base64url"), iterations: 1000, wrapped: sealedKey.toString("base64url") };
  assert.equal(await unlockPeople(lock, "marigold lanterns"), null);
  const people = await unlockPeople(lock, "marigold lantern");
  assert.ok(people);
  const page = [["id", "Amélie Ouédraogo", "amelie@example.ca", "K7Q4M-9XMPT-3", 0]];
  assert.deepEqual(await openPeople(people, seal(key, JSON.stringify(page))), page);
});
