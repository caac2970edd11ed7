// Where we were loaded from: the site of the tickets, with the path below which it is mounted.

const SCRIPT = "/tickets/widget.js";

/** The address of our site without what follows its mount; nothing if we came from somewhere else. */
export function baseOf(page: Document): string | undefined {
  const own = page.currentScript instanceof HTMLScriptElement ? [page.currentScript] : [];
  // A page that loads us as a module does not say which of its scripts we are.
  const all = own.length ? own : [...page.querySelectorAll<HTMLScriptElement>("script[src]")];
  for (const { src } of all) {
    const address = src.split(/[?#]/)[0] ?? "";
    if (address.endsWith(SCRIPT)) return address.slice(0, -SCRIPT.length);
  }
  return undefined;
}
