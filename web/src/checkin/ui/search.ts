// Finding people by name, and letting those of an order in together. For supervisors.

import type { Door } from "../door";
import type { Shown } from "../shown";
import type { Person } from "../sync/api";
import type { Found } from "../sync/people";
import { n, t, type Key } from "../words/words";
import { h, say } from "./dom";
import { usedBy } from "./face";
import { icon } from "./icons";
import { openSheet } from "./sheet";

/** After the last key it waits so long before it searches, in milliseconds. */
const PAUSE_MS = 250;

/** Opens the sheet. */
export function openSearch(door: Door, show: (shown: Shown) => void): void {
  new Search(door, show);
}

class Search {
  private readonly input = h("input", {
    id: "who",
    class: "field__input",
    type: "search",
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "search",
    maxlength: 80,
    "aria-describedby": "who-hint",
  });
  private readonly told = h("p", { class: "hint", role: "status" });
  private readonly list = h("div", { class: "people" });
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;

  constructor(
    private readonly door: Door,
    private readonly show: (shown: Shown) => void,
  ) {
    const sheet = openSheet(t("search.title"), "search", () => clearTimeout(this.timer));
    if (door.where.value.key.role !== "supervisor") {
      sheet.body.append(h("p", { class: "empty" }, icon("lock"), t("search.steward")));
      return;
    }
    const form = h("form", { class: "field", role: "search" }, h("label", { for: "who" }, t("search.label")), this.input, h("p", { class: "hint", id: "who-hint" }, t("search.hint")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.soon(0);
    });
    this.input.addEventListener("input", () => this.soon(PAUSE_MS));
    sheet.body.append(form, this.told, this.list);
    this.input.focus();
  }

  private soon(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.search(), pause);
  }

  private async search(): Promise<void> {
    const query = this.input.value.trim();
    const turn = ++this.turn;
    if ([...query].length < 2) {
      say(this.told, "");
      this.list.replaceChildren();
      return;
    }
    say(this.told, t("search.busy"));
    const found = await this.door.people.search(query);
    // A slow answer to an older question is nobody's any more.
    if (turn === this.turn) this.found(found);
  }

  private found(found: Found): void {
    if (!("people" in found)) {
      say(this.told, t(found.where === "locked" ? "search.locked" : "search.nowhere"));
      this.list.replaceChildren(...(found.where === "locked" ? [this.unlocking()] : []));
      return;
    }
    say(this.told, found.people.length === 0 ? t("search.none") : found.where === "here" ? t("search.here") : "");
    const orders = new Map<string, Person[]>();
    for (const person of found.people) orders.set(person.order_id, [...(orders.get(person.order_id) ?? []), person]);
    this.list.replaceChildren(...[...orders.values()].map((people) => this.order(people)));
  }

  private unlocking(): HTMLElement {
    const input = h("input", { id: "pass", class: "field__input", type: "password", autocomplete: "off", "aria-describedby": "pass-fault" });
    const fault = h("p", { class: "fault", id: "pass-fault", role: "alert" });
    const key = h("button", { class: "key", type: "submit" }, t("unlock.go"));
    const form = h("form", { class: "field" }, h("label", { for: "pass" }, t("unlock.label")), input, fault, key);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      say(fault, "");
      say(key, t("unlock.busy"));
      void this.door.people.unlock(input.value).then((fine) => {
        say(key, t("unlock.go"));
        if (fine) return void this.search();
        say(fault, t("unlock.bad"));
        input.select();
      });
    });
    return form;
  }

  /** The tickets of one order, those that are not in yet to be chosen. */
  private order(people: Person[]): HTMLElement {
    const form = h("form", { class: "order" });
    const key = h("button", { class: "key", type: "submit" });
    const boxes = people.map((person, i) => this.person(form, person, i));
    const chosen = () => people.filter((_, i) => boxes[i]?.checked);
    const count = () => {
      const many = chosen().length;
      say(key, many > 0 ? n("admit", many) : t("admit.none"));
      key.disabled = many === 0;
    };
    form.addEventListener("change", count);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      key.disabled = true;
      void this.door.admit(chosen()).then((shown) => {
        this.show(together(shown));
        void this.search();
      });
    });
    if (boxes.some(Boolean)) form.append(key);
    count();
    return form;
  }

  private person(form: HTMLElement, person: Person, at: number): HTMLInputElement | null {
    const { key, event, tiers } = this.door.where.value;
    const tier = tiers.find(({ id }) => id === person.tier_id)?.name ?? "";
    const used = person.status === "used" ? usedBy(person.used_at, person.used_by, key.name, event.timezone) : null;
    const words = h(
      "span",
      { class: "person__words" },
      h("b", {}, h("bdi", {}, person.name)),
      h("span", {}, h("bdi", {}, tier)),
      h("span", {}, h("span", { class: "person__serial" }, person.serial), " ", h("bdi", {}, person.email)),
      h("span", { class: "person__status", "data-status": person.status }, used ? `${t("status.used")}: ${used}` : t(`status.${person.status}` as Key)),
    );
    if (person.status !== "valid") {
      form.append(h("div", { class: "person person--not" }, words));
      return null;
    }
    const box = h("input", { type: "checkbox", id: `person-${person.door_id || person.ticket_id}-${at}` });
    form.append(h("label", { class: "person" }, box, words));
    return box;
  }
}

/** Several answers as one: refused if one of them was. */
function together(all: Shown[]): Shown {
  const [first] = all;
  if (!first) throw new Error("Nobody was chosen.");
  if (all.length === 1) return first;
  const refused = all.filter((one) => one.word !== "valid");
  const shown = refused[0] ?? first;
  return { ...shown, tier: null, serial: null, used_at: null, undo: null, group: { in: all.length - refused.length, out: refused.length } };
}
