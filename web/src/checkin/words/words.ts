// The app's words in three languages, chosen on the device: a volunteer may read another language than the
// organizer. A line that exists in one exists in all, with the same blanks; a test holds them together.

import en from "./en.json";
import fr from "./fr.json";
import pa from "./pa.json";

/** The languages, each by its own name. */
export const LANGUAGES = { en: "English", fr: "Français", pa: "ਪੰਜਾਬੀ" } as const;
/** A language. */
export type Lang = keyof typeof LANGUAGES;
/** A line's name. */
export type Key = keyof typeof en;

const LINES: { [L in Lang]: { [key: string]: string } } = { en, fr, pa };
const TAGS: { [L in Lang]: string } = { en: "en-CA", fr: "fr-CA", pa: "pa-IN" };

let lang: Lang = "en";

/** The first of a browser's languages that we have. */
export function bestOf(wanted: readonly string[]): Lang {
  for (const tag of wanted) {
    const short = tag.slice(0, 2).toLowerCase();
    if (short in LANGUAGES) return short as Lang;
  }
  return "en";
}

/** Chooses the language. */
export function speak(next: Lang): void {
  lang = next;
}

/** The language that is spoken. */
export const spoken = (): Lang => lang;

/** A line, with its blanks filled. */
export function t(key: Key, blanks: { [name: string]: string | number } = {}): string {
  const line = LINES[lang][key] ?? key;
  return line.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = blanks[name];
    return typeof value === "number" ? number(value) : (value ?? "");
  });
}

/** A line whose words depend on a number: `name.one`, `name.other`. */
export function n(name: string, count: number, blanks: { [name: string]: string | number } = {}): string {
  const form = new Intl.PluralRules(TAGS[lang]).select(count) === "one" ? "one" : "other";
  return t(`${name}.${form}` as Key, { ...blanks, count });
}

/** A number as people write it. */
export const number = (value: number): string => new Intl.NumberFormat(TAGS[lang]).format(value);

/** The hour of a moment in a time zone, on a clock of 24 hours: it is read at a glance. */
export function hour(moment: string | number, zone: string | undefined): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return "";
  return new Intl.DateTimeFormat(TAGS[lang], { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(date);
}

/** A moment as seen from another one: its hour, with its day before it unless it is the same day there. */
export function moment(at: string | number, from: string | number, zone: string | undefined): string {
  const day = new Intl.DateTimeFormat(TAGS[lang], { weekday: "short", month: "short", day: "numeric", timeZone: zone });
  const [then, now] = [new Date(at), new Date(from)];
  if (Number.isNaN(then.getTime()) || Number.isNaN(now.getTime()) || day.format(then) === day.format(now)) return hour(at, zone);
  return `${day.format(then)}, ${hour(at, zone)}`;
}
