// A hand-held reader is a keyboard that types a whole code within a blink and then presses Enter. This tells
// its keys from a person's, anywhere on the page, without a field to click into first.

/** A reader's keys follow each other so fast on average, in milliseconds; nobody's fingers do. */
const AVERAGE_MS = 50;
/** A reader on a bad radio link may stutter, but not for longer than this, in milliseconds. */
const GAP_MS = 200;
/** Shorter bursts are somebody's fingers. */
const LEAST = 8;

/** Collects fast keys. */
export class Wedge {
  private typed = "";
  private first = 0;
  private last = Number.NEGATIVE_INFINITY;

  /** A key at a time in milliseconds; the whole code when Enter ends a burst, otherwise null. */
  key(key: string, now: number): string | null {
    if (now - this.last > GAP_MS) this.typed = "";
    this.last = now;
    if (key === "Enter") {
      const code = this.typed;
      this.typed = "";
      return code.length >= LEAST && now - this.first <= AVERAGE_MS * code.length ? code : null;
    }
    if (key.length !== 1) return null;
    if (this.typed === "") this.first = now;
    this.typed += key;
    return null;
  }
}
