// An answer, as the screen shows it and as the history keeps it.

import type { Answer } from "./core/decide";
import type { Seen } from "./core/serial";
import type { Line, Waiting } from "./sync/store";

/** What the screen says: the server's words, and those for what never was a question to it. */
export type Word = Answer["result"] | "foreign" | "withdrawn" | "no_list" | "failed" | "undone" | "undo_late" | "undo_none";

/** An answer as it is shown. */
export interface Shown {
  id: string;
  at: string;
  word: Word;
  tier: string | null;
  name: string | null;
  serial: string | null;
  used_at: string | null;
  used_by: string | null;
  /** When the door opens or closed, for those two words. */
  turns_at: string | null;
  /** Decided here, without the server. */
  here: boolean;
  /** Whether it can be taken back, and what is then named. */
  undo: { door_id: string | null; ticket_id: string | null; serial_id: string | null } | null;
  /** Several were admitted together: how many are in, and how many are not. */
  group?: { in: number; out: number };
}

/** What was asked, under the names that its ticket has on this device. */
export interface Asked {
  seen: Exclude<Seen, { kind: "foreign" }>;
  id: string;
  at: string;
  door: string | null;
  serial: string | null;
}

/** An answer about which nothing more is known. */
export function blank(id: string, at: string, word: Word): Shown {
  return { id, at, word, tier: null, name: null, serial: null, used_at: null, used_by: null, turns_at: null, here: false, undo: null };
}

/** A question as it waits for the server. */
export function waitingOf({ id, at, door, serial }: Asked, kind: Waiting["kind"], told: Waiting["told"], tier: string | null = null): Waiting {
  return { id, kind, door_id: door, serial_id: serial, at, told, tier };
}

/** An answer as a line of history, which names nobody. */
export function lineOf({ id, at, word, tier, here, used_at, used_by }: Shown, kind: Line["kind"], door_id: string | null): Line {
  return { id, at, kind, result: word, tier, door_id, used_at, used_by, here, conflict: null };
}
