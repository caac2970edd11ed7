// A page over the door: full, with one way back, always at the same place. Escape and the phone's own "back"
// close it, and the focus returns to where it was.

import { t } from "../words/words";
import { h } from "./dom";
import { icon } from "./icons";

/** An open sheet. */
export interface Sheet {
  element: HTMLDialogElement;
  body: HTMLElement;
  close: () => void;
}

/** Opens a sheet with a title. */
export function openSheet(title: string, name: string, closed: () => void = () => undefined): Sheet {
  const body = h("div", { class: "sheet__body" });
  const close = () => element.open && element.close();
  const element = h(
    "dialog",
    { class: "sheet", "aria-labelledby": `sheet-${name}`, "data-testid": `sheet-${name}` },
    h(
      "div",
      { class: "sheet__head" },
      h("button", { type: "button", class: "round", "aria-label": t("back"), onclick: close }, icon("back")),
      h("h2", { id: `sheet-${name}`, tabindex: -1 }, title),
    ),
    body,
  );
  element.addEventListener("close", () => {
    element.remove();
    closed();
  });
  document.body.append(element);
  element.showModal();
  return { element, body, close };
}
