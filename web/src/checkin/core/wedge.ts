// A hand-held reader is a keyboard that types a whole code within a blink and then presses Enter. This tells
// its keys from a person's, anywhere on the page, without a field to click into first.

/** Keys of a reader follow each other at least so fast, in milliseconds. */
const FAST_MS = 50;
/** Shorter bursts are somebody's fingers. */
const LEAST = 8;

/** Collects fast keys. */
export class Wedge {
  private typed = "";
  private last = Number.NEGATIVE_INFINITY;

  /** A key at a time in milliseconds; the whole code when Enter ends a burst, otherwise null. */
  key(key: string, now: number): string | null {
    const fast = now - this.last <= FAST_MS;
    this.last = now;
    if (key === "Enter") {
      const code = fast && this.typed.length >= LEAST ? this.typed : null;
      this.typed = "";
      return code;
    }
    if (key.length !== 1) return null;
    this.typed = fast ? this.typed + key : key;
    return null;
  }
}
