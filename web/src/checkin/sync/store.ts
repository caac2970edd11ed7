// What a device keeps, in IndexedDB: the list of tickets, what it has done, and who it is.
//
// The list lies in one of two stores; a new one is loaded beside the one in use and they change places in
// one step, so that a door is never without a list because its network went while loading. What the device
// has done is written `strict`: once the door has been told "valid", a dead battery does not forget it. The
// key lies encrypted under a WebCrypto key that cannot be exported. No name, no address and no ticket's code
// is kept in clear.

import { deleteDB, type DBSchema, type IDBPDatabase, openDB } from "idb";
import { type Bytes, textOf, utf8 } from "../core/bytes";
import type { Gate, Result } from "../core/decide";
import type { Record } from "../core/record";
import type { PeopleLock } from "../core/seal";
import type { Counts, Where } from "./api";

/** Which of the two lists. */
export type Side = "a" | "b";

/** Something done at this door that the server has not answered yet. */
export interface Waiting {
  seq?: number;
  id: string;
  kind: "scan" | "undo" | "admit";
  door_id: string | null;
  serial_id: string | null;
  at: string;
  told: Result | null;
  /** The tier, where the device knew it, so that counts are right before the server has heard. */
  tier: string | null;
}

/** A line of this device's history; it names nobody. */
export interface Line {
  id: string;
  at: string;
  kind: "scan" | "undo" | "admit";
  result: string;
  tier: string | null;
  door_id: string | null;
  used_at: string | null;
  used_by: string | null;
  /** Decided here, without the server. */
  here: boolean;
  /** What the server said differently, and when and by whom the ticket was used. */
  conflict: { result: string; used_at: string | null; used_by: string | null } | null;
}

/** Where the list stands. */
export interface ListState {
  side: Side;
  cursor: string;
  tiers: string[];
  total: number;
  /** When the list was last known to be right, in milliseconds. */
  fresh: number;
}

/** A list that is being loaded. */
export interface Loading {
  side: Side;
  cursor: string;
  next: string | null;
  tiers: string[];
  done: number;
  total: number;
}

/** Single things. */
export interface Meta {
  key: { wrap: CryptoKey; nonce: Bytes; sealed: ArrayBuffer };
  where: Where;
  gate: Gate;
  counts: Counts;
  list: ListState;
  loading: Loading;
  lock: PeopleLock | null;
  people: { generation: number; pages: number };
  skew: number;
}

/** A record as it lies in a store; its parts have names, because an index needs them. */
interface Kept {
  door: string;
  serial: string;
  rest: [tierIndex: number, state: Record[3], usedAtMs: number | null, usedBy: string | null, sealed: string];
}

const kept = ([door, serial, ...rest]: Record): Kept => ({ door, serial, rest });
const record = (one: Kept | undefined): Record | undefined => one && [one.door, one.serial, ...one.rest];

interface Schema extends DBSchema {
  meta: { key: string; value: unknown };
  a: { key: string; value: Kept; indexes: { serial: string } };
  b: { key: string; value: Kept; indexes: { serial: string } };
  queue: { key: number; value: Waiting; indexes: { door: string; serial: string } };
  history: { key: string; value: Line; indexes: { at: string } };
  people: { key: number; value: string };
}

/** So many lines of history are shown and kept. */
const HISTORY = 300;
const STRICT = { durability: "strict" } as const;

/** The kept things of one device. */
export class Store {
  private constructor(
    private readonly db: IDBPDatabase<Schema>,
    private readonly name: string,
  ) {}

  static async open(name: string): Promise<Store> {
    const db = await openDB<Schema>(name, 1, {
      upgrade(fresh) {
        fresh.createObjectStore("meta");
        for (const side of ["a", "b"] as const) fresh.createObjectStore(side, { keyPath: "door" }).createIndex("serial", "serial");
        const queue = fresh.createObjectStore("queue", { keyPath: "seq", autoIncrement: true });
        queue.createIndex("door", "door_id");
        queue.createIndex("serial", "serial_id");
        fresh.createObjectStore("history", { keyPath: "id" }).createIndex("at", "at");
        fresh.createObjectStore("people");
      },
    });
    return new Store(db, name);
  }

  async get<K extends keyof Meta>(name: K): Promise<Meta[K] | undefined> {
    return (await this.db.get("meta", name)) as Meta[K] | undefined;
  }

  async put<K extends keyof Meta>(name: K, value: Meta[K]): Promise<void> {
    await this.db.put("meta", value, name);
  }

  /** Keeps the device's key so that a copy of the database does not hold it. */
  async saveKey(key: string): Promise<void> {
    const wrap = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, wrap, utf8(key));
    await this.put("key", { wrap, nonce, sealed });
  }

  /** The device's key; null if it is not paired. */
  async readKey(): Promise<string | null> {
    const key = await this.get("key");
    if (!key) return null;
    return textOf(await crypto.subtle.decrypt({ name: "AES-GCM", iv: key.nonce }, key.wrap, key.sealed));
  }

  /** A record of the list in use. */
  async record(by: { door?: string | null; serial?: string | null }): Promise<Record | undefined> {
    const side = (await this.get("list"))?.side;
    if (!side) return undefined;
    if (by.door) return record(await this.db.get(side, by.door));
    return by.serial ? record(await this.db.getFromIndex(side, "serial", by.serial)) : undefined;
  }

  /** Empties the list that is not in use, to load a new one into it. */
  async beginList(loading: Loading): Promise<void> {
    const tx = this.db.transaction([loading.side, "meta"], "readwrite");
    await Promise.all([tx.objectStore(loading.side).clear(), tx.objectStore("meta").put(loading, "loading"), tx.done]);
  }

  /** Writes a page of the list that is being loaded, and how far it is, in one step. */
  async addPage(loading: Loading, records: Record[]): Promise<void> {
    const tx = this.db.transaction([loading.side, "meta"], "readwrite", { durability: "relaxed" });
    const list = tx.objectStore(loading.side);
    for (const one of records) void list.put(kept(one));
    void tx.objectStore("meta").put(loading, "loading");
    await tx.done;
  }

  /** Puts the loaded list into use and forgets the one before. */
  async useList(state: ListState): Promise<void> {
    const tx = this.db.transaction(["a", "b", "meta"], "readwrite");
    const meta = tx.objectStore("meta");
    void meta.put(state, "list");
    void meta.delete("loading");
    void tx.objectStore(state.side === "a" ? "b" : "a").clear();
    await tx.done;
  }

  /** Gives up a list that is being loaded. */
  async dropLoading(): Promise<void> {
    await this.db.delete("meta", "loading");
  }

  /** Applies changes to the list in use and, if another is being loaded, nothing to that one: it comes later. */
  async apply(state: ListState, records: Record[], gate: Gate, counts: Counts): Promise<void> {
    const tx = this.db.transaction([state.side, "meta"], "readwrite");
    const list = tx.objectStore(state.side);
    for (const one of records) void list.put(kept(one));
    const meta = tx.objectStore("meta");
    void meta.put(state, "list");
    void meta.put(gate, "gate");
    void meta.put(counts, "counts");
    await tx.done;
  }

  /**
   * All that a decision needs, read in one go because somebody stands waiting: what the door admits, the
   * ticket's record, and what this device has done with it that the server has not answered, in order.
   */
  async standing(by: { door: string | null; serial: string | null }): Promise<{ gate: Gate; list: ListState; record: Record | undefined; own: Waiting[] } | null> {
    const tx = this.db.transaction(["meta", "a", "b", "queue"]);
    const meta = tx.objectStore("meta");
    const [gate, list] = (await Promise.all([meta.get("gate"), meta.get("list")])) as [Gate | undefined, ListState | undefined];
    if (!gate || !list) return null;
    const records = tx.objectStore(list.side);
    const found = record(await (by.door ? records.get(by.door) : records.index("serial").get(by.serial ?? "")));
    const door = by.door ?? found?.[0];
    const serial = by.serial ?? found?.[1];
    const queue = tx.objectStore("queue");
    const byDoor = door ? queue.index("door").getAll(door) : [];
    const bySerial = serial ? queue.index("serial").getAll(serial) : [];
    const once = new Map([...(await byDoor), ...(await bySerial)].map((one) => [one.seq, one]));
    return { gate, list, record: found, own: [...once.values()].sort((one, other) => (one.seq ?? 0) - (other.seq ?? 0)) };
  }

  /** Whether something that was done with a ticket still waits. */
  async stillWaits(by: { door: string | null; serial: string | null }): Promise<boolean> {
    return ((await this.standing(by))?.own.length ?? 0) > 0;
  }

  /** Keeps something done at the door, for good, with its line of history; resolves when it is on the disk. */
  async enqueue(waiting: Waiting, line?: Line): Promise<number> {
    const tx = this.db.transaction(["queue", "history"], "readwrite", STRICT);
    const kept = tx.objectStore("queue").put(waiting);
    if (line) void tx.objectStore("history").put(line);
    const [seq] = await Promise.all([kept, tx.done]);
    return seq;
  }

  /** How many wait. */
  async waiting(): Promise<number> {
    return this.db.count("queue");
  }

  /** How many more are in than the server knows, by tier: what waits and was told "valid", less what was undone. */
  async ownAdmissions(): Promise<Map<string, number>> {
    const more = new Map<string, number>();
    for (const { kind, told, tier } of await this.db.getAll("queue")) {
      const by = kind === "undo" ? -1 : told === "valid" ? 1 : 0;
      if (tier && by !== 0) more.set(tier, (more.get(tier) ?? 0) + by);
    }
    return more;
  }

  /** The first that wait, in order. */
  async queue(most: number): Promise<Waiting[]> {
    return this.db.getAll("queue", undefined, most);
  }

  /** Takes back what was kept and never said to anybody. */
  async forget(seq: number): Promise<void> {
    await this.db.delete("queue", seq);
  }

  /** The server has answered: they wait no longer, and what it said is kept in the same step. */
  async settle(done: number[], lines: Line[], records: Record[] = []): Promise<void> {
    const side = (await this.get("list"))?.side ?? "a";
    const tx = this.db.transaction(["queue", "history", side], "readwrite", STRICT);
    for (const seq of done) void tx.objectStore("queue").delete(seq);
    for (const line of lines) void tx.objectStore("history").put(line);
    for (const one of records) void tx.objectStore(side).put(kept(one));
    await tx.done;
  }

  /** A line of history. */
  async line(id: string): Promise<Line | undefined> {
    return this.db.get("history", id);
  }

  /** The latest lines, newest first; older ones than we keep are forgotten. */
  async history(): Promise<Line[]> {
    const tx = this.db.transaction("history", "readwrite");
    const lines: Line[] = [];
    for (let at = await tx.store.index("at").openCursor(null, "prev"); at; at = await at.continue()) {
      if (lines.length < HISTORY) lines.push(at.value);
      else void at.delete();
    }
    await tx.done;
    return lines;
  }

  /** Keeps the sealed list of people, page by page. */
  async putPeople(pages: string[], generation: number): Promise<void> {
    const tx = this.db.transaction(["people", "meta"], "readwrite");
    void tx.objectStore("people").clear();
    pages.forEach((page, at) => void tx.objectStore("people").put(page, at));
    void tx.objectStore("meta").put({ generation, pages: pages.length }, "people");
    await tx.done;
  }

  /** The sealed list of people. */
  async people(): Promise<string[]> {
    return this.db.getAll("people");
  }

  /** Forgets everything. */
  async wipe(): Promise<void> {
    this.db.close();
    await deleteDB(this.name);
  }
}
