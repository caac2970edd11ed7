// Who is in, by tier: what the server knows, and what this device has let in since.

import type { Door } from "../door";
import { number, t } from "../words/words";
import { h } from "./dom";
import { openSheet } from "./sheet";

/** A share of something, drawn; the numbers beside it say the same. */
export function meter(admitted: number, expected: number): HTMLElement {
  const bar = h("span", { class: "meter", "aria-hidden": "true" }, h("span", {}));
  (bar.firstElementChild as HTMLElement).style.inlineSize = `${expected > 0 ? Math.min(100, (100 * admitted) / expected) : 0}%`;
  return bar;
}

/** Opens the sheet. */
export function openCounts(door: Door): void {
  let open = true;
  const list = h("dl", { class: "tiers" });
  const sheet = openSheet(t("counts"), "counts", () => (open = false));
  sheet.body.append(list);
  door.counts.watch(({ admitted, expected, tiers }) => {
    if (!open) return;
    const names = new Map(door.where.value.tiers.map(({ id, name }) => [id, name]));
    const row = (name: string, is: { admitted: number; expected: number }, all: boolean) =>
      h(
        "div",
        { class: all ? "tier tier--all" : "tier" },
        h("dt", {}, h("bdi", {}, name)),
        h("dd", {}, h("b", {}, number(is.admitted)), ` / ${number(is.expected)}`),
        h("dd", { class: "tier__meter" }, meter(is.admitted, is.expected)),
      );
    list.replaceChildren(row(t("counts.all"), { admitted, expected }, true), ...tiers.map((tier) => row(names.get(tier.id) ?? "", tier, false)));
  });
}
