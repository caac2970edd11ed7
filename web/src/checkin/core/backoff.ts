// How long to wait before the network is tried again: soon at first, later less often, never longer than a
// door can bear to be behind. The jitter keeps ten gates from knocking at once when the hall's network is back.

const FIRST_MS = 1_000;
const LONGEST_MS = 15_000;

/** The pause after so many failures in a row, in milliseconds; `random` is from 0 to 1. */
export function pause(failures: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(full * (0.75 + random * 0.5));
}
