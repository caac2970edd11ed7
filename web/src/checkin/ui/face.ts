// The face of an answer: what it is said, shown, heard and felt as. One table, so that no answer is forgotten.

import type { Shown, Word } from "../shown";
import { moment, n, t, type Key } from "../words/words";
import type { Icon } from "./icons";
import type { Tone } from "./sounds";

const FACES: { [W in Word]: { tone: Tone; icon: Icon } } = {
  valid: { tone: "good", icon: "valid" },
  already_used: { tone: "bad", icon: "used" },
  refunded: { tone: "bad", icon: "stop" },
  canceled: { tone: "bad", icon: "stop" },
  withdrawn: { tone: "bad", icon: "stop" },
  wrong_event: { tone: "look", icon: "door" },
  not_yet: { tone: "look", icon: "clock" },
  too_late: { tone: "look", icon: "clock" },
  not_found: { tone: "look", icon: "unknown" },
  foreign: { tone: "look", icon: "unknown" },
  no_list: { tone: "look", icon: "unknown" },
  failed: { tone: "look", icon: "unknown" },
  undone: { tone: "look", icon: "undone" },
  undo_late: { tone: "bad", icon: "clock" },
  undo_none: { tone: "look", icon: "unknown" },
};

/** An answer in words. */
export interface Face {
  tone: Tone;
  icon: Icon;
  word: string;
  /** When and by whom the ticket was used, in large letters; null for other answers. */
  used: string | null;
  line: string;
}

/** A use younger than this is told in seconds as well: mostly the same people, still standing there. */
const JUST_NOW_S = 90;

/** Whether an answer that is not ours to know has a face. */
export const isWord = (result: string): result is Word => result in FACES;

/** The tone and sign of an answer. */
export const signOf = (word: Word): { tone: Tone; icon: Icon } => FACES[word];

/** When and where a ticket was used, as people say it. */
export function usedBy(at: string | null, by: string | null, me: string, zone: string): string | null {
  if (!at) return null;
  // An event of several days has tickets that were used yesterday.
  const time = moment(at, Date.now(), zone);
  if (by === me) return t("used.me", { time });
  return by ? t("used.by", { by, time }) : t("used.some", { time });
}

/** An answer's face. */
export function faceOf(shown: Shown, me: string, zone: string): Face {
  const { tone, icon } = FACES[shown.word];
  const time = shown.turns_at ? moment(shown.turns_at, shown.at, zone) : "";
  let used = shown.word === "already_used" ? usedBy(shown.used_at, shown.used_by, me, zone) : null;
  const ago = shown.used_at ? Math.round((Date.parse(shown.at) - Date.parse(shown.used_at)) / 1000) : Number.NaN;
  if (used && ago >= 0 && ago < JUST_NOW_S) used = `${used} (${n("used.ago", ago)})`;
  return { tone, icon, word: t(`word.${shown.word}` as Key), used, line: t(`line.${shown.word}` as Key, { time }) };
}
