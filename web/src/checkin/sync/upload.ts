// Handing in what was done without the server: in order, in batches, each with its id, so that a batch which
// was sent and not answered is sent again without harm. A scan leaves the queue only in the same step that
// keeps its answer.

import type { Record } from "../core/record";
import type { Api, LateAnswer, LateScan } from "./api";
import type { Line, Store, Waiting } from "./store";

const BATCH = 500;

/** What happened to the scans of a batch. */
export interface Delivered {
  /** Lines whose answer the server contradicts. */
  conflicts: Line[];
  /** How many were handed in. */
  count: number;
}

/** Hands in everything that waits; `hold` are the ids whose own call is still under way. */
export async function upload(api: Api, store: Store, device: string, hold: ReadonlySet<string>): Promise<Delivered> {
  const all: Delivered = { conflicts: [], count: 0 };
  for (;;) {
    const queue = await store.queue(BATCH);
    // Order counts, so nothing overtakes a scan that is being asked about just now.
    const stop = queue.findIndex((one) => hold.has(one.id));
    const batch = stop < 0 ? queue : queue.slice(0, stop);
    if (batch.length === 0) return all;
    const { answers } = await api.call<{ answers: LateAnswer[] }>("POST", "/check-in/scans", { device, scans: batch.map(late) });
    const conflicts = await keep(store, batch, answers);
    all.conflicts.push(...conflicts);
    all.count += batch.length;
  }
}

function late({ id, kind, door_id, serial_id, at, told }: Waiting): LateScan {
  return { id, kind, at, told, ...(door_id && { door_id }), ...(serial_id && { serial_id }) };
}

async function keep(store: Store, batch: Waiting[], answers: LateAnswer[]): Promise<Line[]> {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  const conflicts: Line[] = [];
  const lines: Line[] = [];
  const done: number[] = [];
  const records = new Map<string, Record>();
  for (const waiting of batch) {
    const answer = byId.get(waiting.id);
    if (!answer || waiting.seq === undefined) continue;
    done.push(waiting.seq);
    const line = (await store.line(waiting.id)) ?? blank(waiting);
    if (answer.conflict) {
      line.conflict = { result: answer.result, used_at: answer.used_at ?? null, used_by: answer.used_by ?? null };
      conflicts.push(line);
    } else if (waiting.told === null) {
      line.result = answer.result;
      line.used_at = answer.used_at ?? null;
      line.used_by = answer.used_by ?? null;
    }
    line.tier ??= answer.ticket?.tier_id ?? null;
    lines.push(line);
    const record = await known(store, records, waiting);
    if (record) records.set(record[0], after(record, waiting, answer));
  }
  // An answer for nobody would go round for ever.
  if (done.length === 0) throw new Error("The server answered none of the scans that were handed in.");
  await store.settle(done, lines, [...records.values()]);
  return conflicts;
}

function blank({ id, at, kind, door_id, told }: Waiting): Line {
  return { id, at, kind, result: told ?? "", tier: null, door_id, used_at: null, used_by: null, here: told !== null, conflict: null };
}

async function known(store: Store, records: Map<string, Record>, waiting: Waiting): Promise<Record | undefined> {
  const kept = waiting.door_id ? records.get(waiting.door_id) : undefined;
  return kept ?? (await store.record({ door: waiting.door_id, serial: waiting.serial_id }));
}

/** The record as it stands after an answer, until the server's changes say it again. */
export function after(record: Record, waiting: { kind: string; at: string }, answer: { result: string; used_at?: string; used_by?: string | null }, me: string | null = null): Record {
  const [door, serial, tier, state, usedAt, usedBy, sealed] = record;
  switch (answer.result) {
    case "valid":
      return [door, serial, tier, "u", Date.parse(waiting.at), me ?? usedBy, sealed];
    case "already_used":
      return [door, serial, tier, "u", answer.used_at ? Date.parse(answer.used_at) : usedAt, answer.used_by ?? usedBy, sealed];
    case "undone":
      return [door, serial, tier, "v", null, null, sealed];
    case "refunded":
      return [door, serial, tier, "r", null, null, sealed];
    case "canceled":
      return [door, serial, tier, "c", null, null, sealed];
    default:
      return [door, serial, tier, state, usedAt, usedBy, sealed];
  }
}
