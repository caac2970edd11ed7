// The truth about freshness: whether the server decides, since when it does not, what it has not heard of, and
// how old the list is that decides instead.

import type { Door } from "../door";
import type { Status } from "../sync/network";
import { hour, n, t } from "../words/words";
import { h, say } from "./dom";

/** The first line: who decides. */
export function netWords(status: Status, zone: string): string {
  if (status.withdrawn) return t("net.withdrawn");
  if (status.off) return t("net.off");
  return status.net === "offline" ? t("net.offline", { time: hour(status.since, zone) }) : t(`net.${status.net}`);
}

/** The second line: what waits, and from when the list is. */
export function detailWords(status: Status, zone: string): string {
  if (status.loading) return t("list.loading", { done: status.loading.done, total: status.loading.total });
  const alone = status.net !== "online" || status.off || status.withdrawn;
  const list = status.fresh === null ? t("list.none") : t("list.from", { time: hour(status.fresh, zone) });
  return [status.waiting > 0 && n("wait", status.waiting), alone && status.net !== "starting" && list].filter(Boolean).join(", ");
}

/** The banner. */
export function banner(door: Door): HTMLElement {
  const first = h("b", { role: "status" });
  const second = h("span", {});
  const element = h("div", { class: "net", "data-testid": "net" }, h("i", { class: "net__dot", "aria-hidden": "true" }), h("p", {}, first, second));
  door.network.status.watch((status) => {
    const zone = door.where.value.event.timezone;
    element.dataset.net = status.withdrawn || status.off ? "offline" : status.net;
    say(first, netWords(status, zone));
    say(second, detailWords(status, zone));
  });
  return element;
}
