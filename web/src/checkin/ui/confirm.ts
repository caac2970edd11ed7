// The question before a paired device is paired anew: what it holds would be lost.

import type { Door } from "../door";
import { n, t } from "../words/words";
import { h } from "./dom";
import { openSheet } from "./sheet";

/** Asks; calls if the answer is yes. */
export function askToPairAnew(door: Door, yes: () => void): void {
  const { event, key } = door.where.value;
  const waiting = door.network.status.value.waiting;
  const sheet = openSheet(t("pair.again"), "again");
  const not = h("button", { type: "button", class: "key key--line", onclick: sheet.close }, t("unpair.not"));
  const go = h("button", { type: "button", class: "key key--bad" }, t("pair.again.go"));
  go.addEventListener("click", () => {
    sheet.close();
    yes();
  });
  sheet.body.append(h("p", {}, t("pair.again.words", { event: event.title, name: key.name })));
  if (waiting > 0) sheet.body.append(h("p", { class: "fault" }, n("unpair.waiting", waiting)));
  sheet.body.append(h("div", { class: "sure" }, go, not));
  not.focus();
}
