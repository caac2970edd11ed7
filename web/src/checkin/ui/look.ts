// How the app looks and sounds on this phone: kept in the phone's own storage, beside the door's data, because
// it is about the phone and its owner and stays when the device is unpaired.

import { bestOf, LANGUAGES, type Lang, speak } from "../words/words";

/** The phone's own settings. */
export interface Look {
  lang: Lang;
  look: "auto" | "sun" | "night";
  sound: boolean;
  vibration: boolean;
  camera: string | null;
}

const NAME = "jugnu-door-look";

/** What is kept, or what suits the browser. */
export function readLook(): Look {
  const usual: Look = { lang: bestOf(navigator.languages), look: "auto", sound: true, vibration: true, camera: null };
  try {
    const kept = JSON.parse(localStorage.getItem(NAME) ?? "{}") as Partial<Look>;
    const look = { ...usual, ...kept };
    return look.lang in LANGUAGES ? look : { ...look, lang: usual.lang };
  } catch {
    return usual;
  }
}

/** Keeps and applies. */
export function wear(look: Look): void {
  try {
    localStorage.setItem(NAME, JSON.stringify(look));
  } catch {
    // A full or forbidden storage only means that the next start asks the browser again.
  }
  speak(look.lang);
  document.documentElement.lang = look.lang;
  document.documentElement.dataset.look = look.look;
}
