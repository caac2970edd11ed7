// A serial, typed: for a code that is torn, wet, or on a phone whose battery is dead.

import { normalize } from "../core/serial";
import { t } from "../words/words";
import { h, mistaken, say } from "./dom";
import { openSheet } from "./sheet";

/** Opens the sheet; what was typed is scanned like a code. */
export function openType(scan: (serial: string) => Promise<void>): void {
  const sheet = openSheet(t("type.title"), "type");
  const fault = h("p", { class: "fault", id: "serial-fault", role: "alert" });
  const input = h("input", {
    id: "serial",
    class: "field__input field__input--code",
    name: "serial",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    enterkeyhint: "go",
    maxlength: 40,
    "aria-describedby": "serial-hint serial-fault",
  });
  const form = h(
    "form",
    { class: "field" },
    h("label", { for: "serial" }, t("type.label")),
    input,
    h("p", { class: "hint", id: "serial-hint" }, t("type.hint")),
    fault,
    h("button", { class: "key", type: "submit" }, t("type.go")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const serial = normalize(input.value);
    const fine = serial !== null && serial.length > 11;
    say(fault, fine ? "" : t("type.bad"));
    mistaken(input, !fine);
    if (!fine) return input.focus();
    input.value = "";
    void scan(serial);
  });
  sheet.body.append(form);
  input.focus();
}
