// The site's pages: templates with names in double braces, filled with texts.
import { readFileSync } from "node:fs";

const MARKS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A file of the site. */
export const file = (name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");

/** A text as it may stand in a page. */
export const escaped = (text) => text.replace(/[&<>"']/g, (mark) => MARKS[mark]);

/** A template with its names filled in by texts that are escaped already. */
export function fill(name, values) {
  return file(`pages/${name}.html`).replace(/\{\{(\w+)\}\}/g, (_, key) => values[key] ?? "");
}

/** The same with every text of a record escaped. */
export const fillEscaped = (name, record, more = {}) =>
  fill(name, { ...Object.fromEntries(Object.entries(record).map(([key, text]) => [key, escaped(text)])), ...more });

/** A whole page. */
export const page = (title, main) => fill("layout", { title: escaped(title), main });
