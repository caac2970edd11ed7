// What people read aloud and type, and what the reader sees: the same rules as crates/model/src/serial.rs.

const LETTERS = /^[0-9A-HJKMNP-TV-Z]{10}$/;

/**
 * A code or serial as people type it: any case, spaces, missing dashes, O for 0, I or L for 1. Null if it
 * cannot be one.
 */
export function normalize(typed: string): string | null {
  const plain = typed
    .replace(/[\s-]/g, "")
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  const code = plain.slice(0, 10);
  const number = plain.slice(10);
  if (!LETTERS.test(code)) return null;
  const dashed = `${code.slice(0, 5)}-${code.slice(5)}`;
  if (number === "") return dashed;
  if (!/^\+?\d+$/.test(number)) return null;
  const value = Number(number);
  return value >= 1 && value <= 9999 ? `${dashed}-${value}` : null;
}

/** What a scanned or typed text is. */
export type Seen = { kind: "token"; token: string } | { kind: "serial"; serial: string } | { kind: "foreign" };

/**
 * Reads what a camera, a hand-held reader or a person brought. A ticket's code is 32 letters and digits.
 * Anything else (a poster's address, a bottle's barcode) is foreign: answered at once, and asked of nobody.
 */
export function readCode(text: string): Seen {
  const token = text.trim().toUpperCase();
  if (/^[0-9A-Z]{32}$/.test(token)) return { kind: "token", token };
  const serial = normalize(text);
  if (serial && serial.length > 11) return { kind: "serial", serial };
  return { kind: "foreign" };
}
