// The rest: how it looks and sounds on this phone, which camera, who it is, and the way out.

import type { Camera } from "../camera/camera";
import type { Door } from "../door";
import { LANGUAGES, n, t, type Key, type Lang } from "../words/words";
import { h } from "./dom";
import type { Look } from "./look";
import { openSheet, type Sheet } from "./sheet";

/** What this sheet may change. */
export interface Settings {
  look: Look;
  change: (part: Partial<Look>) => void;
  camera: Camera | null;
  unpair: () => Promise<void>;
  /** Takes a newer version that waits; null if none does. */
  update: (() => void) | null;
}

/** Some choices of which one holds. */
function choices<T extends string>(legend: string, name: string, all: [T, string][], now: T, choose: (value: T) => void): HTMLElement {
  const set = h("fieldset", { class: "choices" }, h("legend", {}, legend));
  const row = h("div", { class: "choices__row" });
  for (const [value, words] of all) {
    const input = h("input", { type: "radio", name, value, checked: value === now, onchange: () => choose(value) });
    row.append(h("label", { class: "choice", lang: name === "lang" ? value : undefined }, input, h("span", {}, words)));
  }
  set.append(row);
  return set;
}

const onOff = (legend: string, name: string, now: boolean, choose: (on: boolean) => void) =>
  choices<"on" | "off">(legend, name, [["on", t("on")], ["off", t("off")]], now ? "on" : "off", (value) => choose(value === "on"));

/** The choice of language, which the pairing page has as well. */
export const languages = (now: Lang, choose: (lang: Lang) => void): HTMLElement => choices(t("lang"), "lang", Object.entries(LANGUAGES) as [Lang, string][], now, choose);

/** Opens the sheet. */
export function openMore(door: Door, settings: Settings): void {
  const sheet = openSheet(t("more"), "more");
  const { look, change, update } = settings;
  const looks: [Look["look"], string][] = [["auto", t("look.auto")], ["sun", t("look.sun")], ["night", t("look.night")]];
  if (update) sheet.body.append(h("div", { class: "notice" }, h("p", {}, t("update")), h("button", { type: "button", class: "key key--small", onclick: update }, t("update.go"))));
  sheet.body.append(
    choices(t("look"), "look", looks, look.look, (value) => change({ look: value })),
    languages(look.lang, (lang) => {
      change({ lang });
      sheet.close();
    }),
    onOff(t("sound"), "sound", look.sound, (sound) => change({ sound })),
  );
  if ("vibrate" in navigator) sheet.body.append(onOff(t("vibration"), "vibration", look.vibration, (vibration) => change({ vibration })));
  void cameras(sheet, settings).then(() => sheet.body.append(about(door, settings, sheet)));
}

async function cameras(sheet: Sheet, { camera, change }: Settings): Promise<void> {
  const all = (await camera?.all()) ?? [];
  if (all.length < 2) return;
  const names = all.map(({ id, name }, i): [string, string] => [id, name || t("camera.which", { n: i + 1 })]);
  sheet.body.append(choices(t("camera"), "camera", names, camera?.id ?? "", (id) => change({ camera: id })));
}

function about(door: Door, settings: Settings, sheet: Sheet): HTMLElement {
  const { key, event } = door.where.value;
  const section = h(
    "section",
    { class: "block" },
    h("h3", {}, t("device")),
    h("p", {}, h("bdi", {}, event.title)),
    h("p", { class: "hint" }, h("bdi", {}, t("device.of", { name: key.name, role: t(`device.role.${key.role}` as Key) }))),
    !matchMedia("(display-mode: standalone)").matches && h("p", { class: "hint" }, t("install")),
  );
  const ask = h("button", { type: "button", class: "key key--line key--bad" }, t("unpair"));
  ask.addEventListener("click", () => {
    const waiting = door.network.status.value.waiting;
    const sure = h("button", { type: "button", class: "key key--bad", onclick: () => void settings.unpair().then(sheet.close) }, t("unpair.sure"));
    const not = h("button", { type: "button", class: "key key--line", onclick: () => box.replaceWith(ask) }, t("unpair.not"));
    const box = h("div", { class: "sure", role: "group", "aria-label": t("unpair") }, h("p", {}, t("unpair.words")), waiting > 0 && h("p", { class: "fault" }, n("unpair.waiting", waiting)), sure, not);
    ask.replaceWith(box);
    not.focus();
    box.scrollIntoView({ block: "end" });
  });
  section.append(ask);
  return section;
}
