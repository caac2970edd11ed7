// A ticket as the server hands it to a device, and what of it the decision needs.

import type { Iso, ScannedTicket } from "./decide";

/** One ticket, compact: 25,000 of them travel and are kept. The name lies in `sealed`. */
export type Record = [
  doorId: string,
  serialId: string,
  tierIndex: number,
  state: "v" | "u" | "r" | "c",
  usedAtMs: number | null,
  usedBy: string | null,
  sealed: string,
];

/** This device's own word about a ticket that the server has not answered yet. */
export interface OwnWord {
  kind: "scan" | "admit" | "undo";
  at: Iso;
  told: string | null;
}

/**
 * A record as the decision takes it: what the server said last, and on top of it what this device has done
 * since. An admission of ours that still waits counts as a use, so that the same ticket is not let in twice
 * here while the network is away.
 */
export function scanned(event: string, tiers: string[], record: Record, own: OwnWord[], me: string): ScannedTicket {
  const [, , tier, state, usedAtMs, usedBy] = record;
  const base = { event_id: event, tier_id: tiers[tier] ?? "" };
  let ticket: ScannedTicket;
  if (state === "u") ticket = { ...base, status: "used", used_at: new Date(usedAtMs ?? 0).toISOString(), used_by: usedBy };
  else ticket = { ...base, status: state === "v" ? "valid" : state === "r" ? "refunded" : "canceled" };
  for (const word of own) {
    if (word.kind === "undo" && ticket.status === "used") ticket = { ...base, status: "valid" };
    else if (word.told === "valid" && ticket.status === "valid") ticket = { ...base, status: "used", used_at: word.at, used_by: me };
  }
  return ticket;
}
