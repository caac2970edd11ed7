// Finding people by name, for supervisors: at the server when it answers, otherwise in the sealed list that
// lies on the device and that only the passphrase opens. What it opens to stays in memory.

import { openPeople, type SealedPerson, unlockPeople } from "../core/seal";
import type { Api, Person } from "./api";
import type { Network } from "./network";
import type { Store } from "./store";

/** What a search found, and where it looked. */
export type Found =
  | { where: "server" | "here"; people: Person[] }
  /** Nobody answers, and the list on the device is locked, or there is none to unlock. */
  | { where: "locked" | "nowhere" };

/** So many people are shown. */
const MOST = 50;
/** So long a search waits for the server, in milliseconds. */
const SEARCH_MS = 4_000;

/** Folds what people write differently: case, accents, signs between words. */
export const fold = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}@]+/gu, " ")
    .trim();

/** The people of an event. */
export class People {
  private open: (SealedPerson & { folded?: string })[] | null = null;

  constructor(
    private readonly api: Api,
    private readonly store: Store,
    private readonly network: Network,
  ) {}

  /** Fetches the sealed list if the passphrase has changed or there is none yet. */
  async refresh(): Promise<void> {
    const lock = await this.store.get("lock");
    if (!lock || (await this.store.get("people"))?.generation === lock.generation) return;
    const pages: string[] = [];
    let next: string | null = null;
    do {
      const page: { sealed: string; next_page: string | null } = await this.api.call("GET", `/check-in/people/sealed${next ? `?page=${encodeURIComponent(next)}` : ""}`);
      if (page.sealed) pages.push(page.sealed);
      next = page.next_page;
    } while (next);
    await this.store.putPeople(pages, lock.generation);
    this.open = null;
  }

  /** Opens the list on the device. */
  async unlock(passphrase: string): Promise<boolean> {
    const lock = await this.store.get("lock");
    const key = lock && (await unlockPeople(lock, passphrase));
    if (!key) return false;
    try {
      this.open = (await Promise.all((await this.store.people()).map((page) => openPeople(key, page)))).flat();
    } catch {
      return false;
    }
    return true;
  }

  /** Closes it again. */
  lock(): void {
    this.open = null;
  }

  /** Finds people by a part of their name, e-mail or serial. */
  async search(query: string): Promise<Found> {
    if (this.network.asks) {
      try {
        const found = await this.api.call<{ people: Person[] }>("GET", `/check-in/people?q=${encodeURIComponent(query)}`, undefined, AbortSignal.timeout(SEARCH_MS));
        return { where: "server", people: found.people };
      } catch {
        // The list on the device is the next best.
      }
    }
    if (this.open) return { where: "here", people: await this.searchHere(query, this.open) };
    return { where: (await this.store.get("lock")) && (await this.store.get("people")) ? "locked" : "nowhere" };
  }

  private async searchHere(query: string, all: (SealedPerson & { folded?: string })[]): Promise<Person[]> {
    const words = fold(query).split(" ");
    const serial = query.toUpperCase().replace(/[\s-]/g, "");
    const tiers = (await this.store.get("list"))?.tiers ?? [];
    const people: Person[] = [];
    for (const one of all) {
      one.folded ??= fold(`${one[1]} ${one[2]}`);
      const folded = one.folded;
      if (!words.every((word) => folded.includes(word)) && !(serial.length > 3 && one[3].replaceAll("-", "").startsWith(serial))) continue;
      people.push(await this.person(one, tiers));
      if (people.length === MOST) break;
    }
    return people;
  }

  private async person([door_id, name, email, serial, tier]: SealedPerson, tiers: string[]): Promise<Person> {
    const record = await this.store.record({ door: door_id });
    const own = (await this.store.standing({ door: door_id, serial: null }))?.own ?? [];
    const admitted = own.findLast((one) => one.kind === "undo" || one.told === "valid")?.told === "valid";
    const states = { v: "valid", u: "used", r: "refunded", c: "canceled" } as const;
    const status = admitted ? "used" : states[record?.[3] ?? "c"];
    const order = serial.slice(0, 11);
    return {
      ticket_id: "",
      door_id,
      serial,
      name,
      email,
      tier_id: tiers[tier] ?? "",
      status,
      used_at: record?.[4] ? new Date(record[4]).toISOString() : null,
      used_by: record?.[5] ?? null,
      order_id: order,
      order_name: name,
    };
  }
}
