// What this device did, newest first, and where the server disagreed with what it said on its own. Names are
// shown for as long as the app stays open, and kept nowhere.

import { mayUndo } from "../core/decide";
import type { Door } from "../door";
import type { Shown } from "../shown";
import type { Conflict } from "../sync/api";
import type { Line } from "../sync/store";
import { hour, n, t, type Key } from "../words/words";
import { h, once } from "./dom";
import { isWord, signOf, usedBy } from "./face";
import { icon } from "./icons";
import { openSheet } from "./sheet";

/** Opens the sheet. */
export function openHistory(door: Door, show: (shown: Shown) => void): void {
  const conflicts = h("section", { class: "block", "aria-labelledby": "conflicts" });
  const lines = h("ol", { class: "lines", role: "list" });
  let open = true;
  const sheet = openSheet(t("history"), "history", () => (open = false));
  sheet.body.append(conflicts, h("h3", {}, t("history.title")), lines);
  const fill = async () => {
    if (!open) return;
    const all = await door.store.history();
    const server = await fromServer(door);
    if (!open) return;
    conflicts.replaceChildren(...(server ? told(server.map((one) => conflict(door, one))) : told(all.filter((one) => one.conflict).map((one) => own(door, one)))));
    lines.replaceChildren(...all.map((one) => line(door, one, show, () => void fill())));
    if (all.length === 0) lines.replaceChildren(h("li", { class: "empty" }, t("history.none")));
  };
  void fill();
}

async function fromServer(door: Door): Promise<Conflict[] | null> {
  if (!door.network.asks) return null;
  try {
    const answer = await door.api.call<Conflict[] | { conflicts: Conflict[] }>("GET", "/check-in/conflicts", undefined, AbortSignal.timeout(3_000));
    return Array.isArray(answer) ? answer : answer.conflicts;
  } catch {
    return null;
  }
}

function told(items: HTMLElement[]): HTMLElement[] {
  const title = h("h3", { id: "conflicts" }, items.length > 0 ? n("conflict.title", items.length) : t("conflicts"));
  if (items.length === 0) return [title, h("p", { class: "hint" }, t("conflicts.none"))];
  return [title, h("p", { class: "hint" }, t("conflict.words")), h("ul", { class: "lines", role: "list" }, ...items)];
}

interface Told {
  at: string;
  by: string | null;
  what: string;
  result: string;
  used_at: string | null;
  used_by: string | null;
}

function serverSays(door: Door, { result, used_at, used_by }: { result: string; used_at: string | null; used_by: string | null }): string {
  if (result !== "already_used" || !used_at) return isWord(result) ? t(`word.${result}` as Key) : result;
  const time = hour(used_at, door.where.value.event.timezone);
  return used_by ? t("conflict.already_used", { by: used_by, time }) : t("conflict.already_used.some", { time });
}

/** What the server says of an admission of ours that it contradicts: "Also let in: Gate B, 14:02". */
export const contradiction = (door: Door, { conflict }: Line): string => (conflict ? serverSays(door, conflict) : "");

function disagreement(door: Door, { at, by, what, result, used_at, used_by }: Told): HTMLElement {
  const { event, key } = door.where.value;
  const time = (moment: string) => hour(moment, event.timezone);
  const said = serverSays(door, { result, used_at, used_by });
  const here = by && by !== key.name ? t("conflict.told.by", { by, time: time(at) }) : t("conflict.told", { time: time(at) });
  return h(
    "li",
    { class: "line line--conflict" },
    icon("warn"),
    h("span", { class: "line__words" }, h("b", {}, said), h("span", {}, h("bdi", {}, [here, what].filter(Boolean).join(" · ")))),
  );
}

const tierName = (door: Door, id: string | null) => door.where.value.tiers.find((tier) => tier.id === id)?.name ?? "";

const conflict = (door: Door, { at, device, serial, tier_id, result, used_at, used_by }: Conflict) =>
  disagreement(door, { at, by: device, what: [tierName(door, tier_id), serial].filter(Boolean).join(" · "), result, used_at, used_by });

const own = (door: Door, { id, at, tier, conflict }: Line) =>
  disagreement(door, { at, by: null, what: door.names.get(id) ?? tierName(door, tier), result: conflict?.result ?? "", used_at: conflict?.used_at ?? null, used_by: conflict?.used_by ?? null });

function line(door: Door, one: Line, show: (shown: Shown) => void, again: () => void): HTMLElement {
  const { event, key } = door.where.value;
  const word = one.kind === "undo" && one.result === "" ? "undone" : one.result;
  const sign = isWord(word) ? signOf(word) : null;
  const used = word === "already_used" ? usedBy(one.used_at, one.used_by, key.name, event.timezone) : null;
  const what = [door.names.get(one.id), tierName(door, one.tier), used].filter(Boolean).join(" · ");
  const undo = undoOf(door, one);
  return h(
    "li",
    { class: "line", "data-tone": sign?.tone ?? "look" },
    icon(sign?.icon ?? "unknown"),
    h("span", { class: "line__words" }, h("b", {}, isWord(word) ? t(`word.${word}` as Key) : word), what && h("span", {}, h("bdi", {}, what))),
    undo
      ? h("button", { type: "button", class: "key key--small", onclick: once(() => door.undo(undo).then(show).then(again)) }, t("undo"))
      : h("time", { datetime: one.at }, hour(one.at, event.timezone)),
  );
}

/** A line as an answer that can still be taken back; null if it cannot. */
function undoOf(door: Door, one: Line): Shown | null {
  if (one.result !== "valid" || one.kind === "undo" || !one.door_id || !mayUndo(one.at, door.network.now().toISOString())) return null;
  const undo = { door_id: one.door_id, ticket_id: null, serial_id: null };
  return { id: one.id, at: one.at, word: "valid", tier: one.tier, name: door.names.get(one.id) ?? null, serial: null, used_at: null, used_by: null, turns_at: null, here: one.here, undo };
}
