// A form that comes back with faults: the first field that is wrong gets the focus, and with it comes into
// sight, wherever it stands. What it says is read aloud, because its sentence describes it.

/** Goes to the first field of a document that is wrong, if there is one. */
export function faults(within: Document): void {
  within.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus();
}
