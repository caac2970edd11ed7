// The door's decision: what a scan of a ticket is answered. The same rules as crates/model/src/checkin.rs,
// word for word, because it runs twice: there, and here without a network. vectors/checkin.json holds the
// cases that both must answer alike. Nothing here reads a clock, a disk or a page.

/** A moment as the server writes it: ISO 8601 with an offset. */
export type Iso = string;

/** For so many seconds after it an admission can be undone. */
export const UNDO_SECONDS = 60;

/** Where a ticket stands, as far as the door is concerned. */
export type TicketState =
  | { status: "valid" }
  | { status: "used"; used_at: Iso; used_by: string | null }
  | { status: "refunded" }
  | { status: "canceled" };

/** A ticket as the decision needs it. */
export type ScannedTicket = TicketState & { event_id: string; tier_id: string };

/** What one door admits. */
export interface Gate {
  event_id: string;
  /** From this time on, itself included; null is always. */
  opens: Iso | null;
  /** Until this time, itself excluded; null is for ever. */
  closes: Iso | null;
  /** The tiers that may come in here; null is all, an empty list is none. */
  tiers: string[] | null;
  /** Whether a used ticket lets its holder in again. */
  reentry: boolean;
}

/** What the door is told. */
export type Answer =
  | { result: "valid" }
  | { result: "already_used"; used_at: Iso; used_by: string | null }
  | { result: "refunded" }
  | { result: "canceled" }
  | { result: "wrong_event" }
  | { result: "not_yet"; opens_at: Iso }
  | { result: "too_late"; closed_at: Iso }
  | { result: "not_found" };

/** The name of an answer. */
export type Result = Answer["result"];

/**
 * Microseconds since 1970. `Date` keeps milliseconds only, and a door opens to the microsecond, as the
 * server's does; a number holds microseconds exactly until the year 2255. NaN for what is no time.
 */
export function micros(iso: Iso): number {
  const found = /^(.*?:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?$/i.exec(iso);
  if (!found) return Number.NaN;
  const [, whole, fraction = "", zone = "Z"] = found;
  return Date.parse(`${whole}${zone}`) * 1000 + Number(fraction.slice(0, 6).padEnd(6, "0"));
}

/**
 * Decides a scan at `at`; `ticket` is what the scanned code found.
 *
 * What waiting cannot change is answered before what it can. A ticket of another event reveals nothing
 * but that. A recorded use counts even if it lies after `at`, as happens when scans arrive late.
 */
export function decide(gate: Gate, ticket: ScannedTicket | null, at: Iso): Answer {
  if (!ticket) return { result: "not_found" };
  const admitted = gate.tiers === null || gate.tiers.includes(ticket.tier_id);
  if (ticket.event_id !== gate.event_id || !admitted) return { result: "wrong_event" };
  switch (ticket.status) {
    case "refunded":
    case "canceled":
      return { result: ticket.status };
    case "used":
      if (gate.reentry) return hours(gate, at);
      return { result: "already_used", used_at: ticket.used_at, used_by: ticket.used_by };
    case "valid":
      return hours(gate, at);
  }
}

function hours(gate: Gate, at: Iso): Answer {
  const now = micros(at);
  if (gate.opens !== null && now < micros(gate.opens)) return { result: "not_yet", opens_at: gate.opens };
  if (gate.closes !== null && now >= micros(gate.closes)) return { result: "too_late", closed_at: gate.closes };
  return { result: "valid" };
}

/**
 * Whether an admission of `usedAt` can still be undone at `now`. The two clocks may differ by the same
 * minute in either direction.
 */
export function mayUndo(usedAt: Iso, now: Iso): boolean {
  return Math.abs(micros(now) - micros(usedAt)) <= UNDO_SECONDS * 1_000_000;
}
