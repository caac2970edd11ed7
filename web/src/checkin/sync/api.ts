// The server as a device sees it: shapes and calls of /api/tickets/check-in. The key travels in a header,
// never in an address. What went wrong is told apart here, because the door acts on it: no network is no
// reason to stop, a withdrawn key is.

import type { Gate, Iso, Result } from "../core/decide";
import type { Record } from "../core/record";
import type { PeopleLock } from "../core/seal";

/** What a key may do. */
export type Role = "steward" | "supervisor";

/** How many are in. */
export interface Counts {
  admitted: number;
  expected: number;
  tiers: { id: string; admitted: number; expected: number }[];
}

/** Where this device stands. */
export interface Where {
  key: { id: string; name: string; role: Role };
  event: { id: string; title: string; venue: string | null; start_at: Iso; end_at: Iso; timezone: string };
  gate: Gate;
  tiers: { id: string; name: string }[];
  counts: Counts;
  server_time: Iso;
}

/** One page of the list of tickets. */
export interface SnapshotPage {
  cursor: string;
  tiers: string[];
  gate: Gate;
  records: Record[];
  next_page: string | null;
  total: number;
  people: PeopleLock | null;
}

/** What has changed since a cursor. */
export interface Changes {
  cursor: string;
  /** What the records' tier numbers mean in this answer. */
  tiers: string[];
  records: Record[];
  more: boolean;
  gate: Gate;
  counts: Counts;
  server_time: Iso;
  reset: boolean;
}

/** A ticket, as the server lets the door see it. */
export interface SeenTicket {
  id: string;
  serial: string;
  tier_id: string;
  tier: string;
  holder: string;
}

/** The answer to one scan. */
export interface ScanAnswer {
  result: Result | "undone" | "too_late" | "not_used" | "invalid";
  ticket?: SeenTicket;
  used_at?: Iso;
  used_by?: string | null;
  opens_at?: Iso;
  closed_at?: Iso;
}

/** A scan as it is handed in later. */
export interface LateScan {
  id: string;
  kind: "scan" | "undo" | "admit";
  door_id?: string;
  serial_id?: string;
  at: Iso;
  told: string | null;
}

/** And what the server says of it. */
export type LateAnswer = ScanAnswer & { id: string; conflict: boolean };

/** A person, as a supervisor finds them. */
export interface Person {
  ticket_id: string;
  /** Null for a ticket from before there were devices. */
  door_id: string | null;
  serial: string;
  name: string;
  email: string;
  tier_id: string;
  status: "valid" | "used" | "refunded" | "canceled";
  used_at: Iso | null;
  used_by: string | null;
  order_id: string;
  order_name: string;
}

/** A scan on which device and server disagree. */
export interface Conflict {
  scan_id: string;
  /** Null for a code that is nobody's. */
  serial: string | null;
  tier_id: string | null;
  device: string;
  at: Iso;
  told: string;
  result: string;
  used_at: Iso | null;
  used_by: string | null;
}

/** Why there is no answer. */
export class ApiError extends Error {
  constructor(
    /** The status; 0 if nobody answered. */
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  /** Nobody answered, or nobody who could: the door goes on by itself. */
  get away(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }

  /** The organizer has withdrawn this device's key. */
  get withdrawn(): boolean {
    return this.status === 401;
  }
}

/** So long a call may take when nobody stands waiting for it, in milliseconds. */
export const PATIENT_MS = 20_000;

/** Calls with a device's key. */
export class Api {
  constructor(
    private readonly base: string,
    private readonly key: string | null,
  ) {}

  /** A call with an answer in JSON. */
  async call<T>(method: "GET" | "POST", path: string, body?: unknown, signal: AbortSignal = AbortSignal.timeout(PATIENT_MS)): Promise<T> {
    const answer = await this.open(method, path, body, signal);
    try {
      return (await answer.json()) as T;
    } catch {
      // A captive portal answers anything with a page of its own.
      throw new ApiError(0, "no-answer", "The answer was not from our server.");
    }
  }

  /** A call whose body is still to be read; throws for every refusal. */
  async open(method: "GET" | "POST", path: string, body: unknown, signal: AbortSignal): Promise<Response> {
    const headers: { [name: string]: string } = { accept: "application/json" };
    if (this.key) headers.authorization = `Bearer ${this.key}`;
    if (body !== undefined) headers["content-type"] = "application/json";
    let answer: Response;
    try {
      answer = await fetch(`${this.base}${path}`, {
        method,
        headers,
        signal,
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    } catch {
      throw new ApiError(0, "no-answer", "Nobody answered.");
    }
    if (answer.ok) return answer;
    const problem = (await answer.json().catch(() => null)) as { code?: string; detail?: string } | null;
    // A refusal that is not in our words comes from something in between, and says nothing about our key.
    if (!problem?.code) throw new ApiError(answer.status >= 500 ? answer.status : 0, "no-answer", "The answer was not from our server.");
    throw new ApiError(answer.status, problem.code, problem.detail ?? "");
  }
}
