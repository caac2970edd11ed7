// How a ticket is named on a device, and how its holder's name is sealed there.
//
// A lost phone must reveal nobody. So a record lies under a hash of its ticket's code, and the name inside
// is encrypted under a key that only the code yields: whoever shows the ticket opens its record, and nobody
// opens all of them. Search by name needs another key, which a supervisor's passphrase unwraps.

import { b64, type Bytes, textOf, unb64, utf8 } from "./bytes";

const NONCE_BYTES = 12;

async function digest(label: string, event: string, what: string): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(`${label}\0${event}\0${what}`)));
}

/** A code as it is hashed: without spaces around it, in upper case. */
const tidy = (token: string): string => token.trim().toUpperCase();

/** The name of a ticket on a device. */
export async function doorId(event: string, token: string): Promise<string> {
  return b64((await digest("jugnu-door-id/1", event, tidy(token))).slice(0, 16));
}

/** What a typed serial finds a record by. */
export async function serialId(event: string, serial: string): Promise<string> {
  return b64((await digest("jugnu-door-serial/1", event, serial)).slice(0, 9));
}

async function open(key: CryptoKey, sealed: string, additional?: string): Promise<string> {
  const bytes = unb64(sealed);
  const how = { name: "AES-GCM", iv: bytes.slice(0, NONCE_BYTES), ...(additional !== undefined && { additionalData: utf8(additional) }) };
  return textOf(await crypto.subtle.decrypt(how, key, bytes.slice(NONCE_BYTES)));
}

/** What a record tells whoever holds its code. */
export interface Holder {
  name: string;
  serial: string;
  order: string;
}

/** Opens the record of a name with its ticket's code; null if it is damaged or another ticket's. */
export async function unseal(event: string, token: string, door: string, sealed: string): Promise<Holder | null> {
  try {
    const raw = await digest("jugnu-door-key/1", event, tidy(token));
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
    return JSON.parse(await open(key, sealed, door)) as Holder;
  } catch {
    return null;
  }
}

/** What wraps the key of the people's list. */
export interface PeopleLock {
  generation: number;
  salt: string;
  iterations: number;
  wrapped: string;
}

/** The key of the people's list, if the passphrase is right; null if it is not. */
export async function unlockPeople(lock: PeopleLock, passphrase: string): Promise<CryptoKey | null> {
  try {
    const base = await crypto.subtle.importKey("raw", utf8(passphrase), "PBKDF2", false, ["deriveKey"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt: unb64(lock.salt), iterations: lock.iterations };
    const wrapping = await crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    const bytes = unb64(lock.wrapped);
    const raw = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes.slice(0, NONCE_BYTES) }, wrapping, bytes.slice(NONCE_BYTES));
    return await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
  } catch {
    return null;
  }
}

/** A person on the people's list: whose ticket, by which names it is found. */
export type SealedPerson = [doorId: string, name: string, email: string, serial: string, tierIndex: number];

/** Opens one page of the people's list. */
export async function openPeople(key: CryptoKey, sealed: string): Promise<SealedPerson[]> {
  return JSON.parse(await open(key, sealed)) as SealedPerson[];
}
