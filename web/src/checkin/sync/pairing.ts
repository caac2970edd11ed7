// Becoming a device of a door: a short code, scanned, followed as a link or typed, is exchanged for a key.

import { normalize } from "../core/serial";
import { Api, type Role } from "./api";
import type { Store } from "./store";

/** What the server gives for a code. */
interface Paired {
  key: string;
  role: Role;
  name: string;
  event: { id: string; title: string };
}

/** The pairing code in a link, in what a camera saw, or in what somebody typed; null if there is none. */
export function pairingCode(text: string): string | null {
  const inLink = /#pair=([^&\s]+)/.exec(text)?.[1];
  let code = inLink ?? text;
  try {
    code = decodeURIComponent(code);
  } catch {
    return null;
  }
  const plain = normalize(code);
  return plain?.length === 11 ? plain : null;
}

/** What this browser calls itself on the organizer's page: never more than its kind and its system. */
export function deviceName(agent: string): string {
  const has = (words: [RegExp, string][]) => words.find(([pattern]) => pattern.test(agent))?.[1];
  const browser = has([[/Edg/, "Edge"], [/Firefox|FxiOS/, "Firefox"], [/Chrome|CriOS/, "Chrome"], [/Safari/, "Safari"]]);
  const system = has([[/iPhone/, "iPhone"], [/iPad/, "iPad"], [/Android/, "Android"], [/Windows/, "Windows"], [/Mac OS/, "Mac"], [/CrOS/, "ChromeOS"], [/Linux/, "Linux"]]);
  return [browser ?? "Browser", system && `on ${system}`].filter(Boolean).join(" ");
}

/** Exchanges a code for a key and keeps it; throws what the server refuses with. */
export async function pair(base: string, store: Store, code: string): Promise<void> {
  const paired = await new Api(base, null).call<Paired>("POST", "/check-in/pair", { code, device: deviceName(navigator.userAgent) });
  await store.saveKey(paired.key);
  // Until the server has told more, this is what the screen can say.
  const epoch = new Date(0).toISOString();
  await store.put("where", {
    key: { id: "", name: paired.name, role: paired.role },
    event: { ...paired.event, venue: null, start_at: epoch, end_at: epoch, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone },
    gate: { event_id: paired.event.id, opens: null, closes: null, tiers: null, reentry: false },
    tiers: [],
    counts: { admitted: 0, expected: 0, tiers: [] },
    server_time: new Date().toISOString(),
  });
}
