// Which sighting of a code is a scan. A camera sees the same code thirty times a second; a person holds it
// there for as long as they like. It is answered once, and again only after it has left the picture.

/** So long a code must be out of the picture before it counts as shown again, in milliseconds. */
const GONE_MS = 1_200;
/** And so long after its last answer, because a hand shakes, in milliseconds. */
const AGAIN_MS = 3_000;

/** Remembers what is in the picture. */
export class Sightings {
  private readonly seen = new Map<string, { last: number; answered: number }>();

  /** Whether this sighting, at a time in milliseconds that only grows, is to be answered. */
  isScan(code: string, now: number): boolean {
    const known = this.seen.get(code);
    this.seen.set(code, { last: now, answered: known?.answered ?? now });
    for (const [other, { last }] of this.seen) if (now - last > 60_000) this.seen.delete(other);
    if (!known) return true;
    const shownAgain = now - known.last > GONE_MS && now - known.answered > AGAIN_MS;
    if (shownAgain) this.seen.set(code, { last: now, answered: now });
    return shownAgain;
  }
}
