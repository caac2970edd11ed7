// Bytes and their text, without a library: base64url without padding, and UTF-8.

/** A plain buffer of bytes, as WebCrypto wants it. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** A text's bytes. */
export const utf8 = (text: string): Bytes => encoder.encode(text);

/** The text of bytes; throws if they are none. */
export const textOf = (bytes: BufferSource): string => decoder.decode(bytes);

/** base64url without padding. */
export function b64(bytes: Uint8Array): string {
  let out = "";
  for (const byte of bytes) out += String.fromCharCode(byte);
  return btoa(out).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes of a base64url text, padded or not; throws on other letters. */
export function unb64(text: string): Bytes {
  const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}
