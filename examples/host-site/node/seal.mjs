// Texts that only the site can have written: its session's cookie, and its word to the lodger.
import { createHmac, timingSafeEqual } from "node:crypto";

const tag = (secret, text) => createHmac("sha256", secret).update(text).digest();

/** `text.signature`, both as they can stand in an address. */
export const sealed = (secret, text) => `${text}.${tag(secret, text).toString("base64url")}`;

/** The text, if the site has written it. */
export function opened(secret, whole) {
  const at = whole.lastIndexOf(".");
  const [text, shown] = [whole.slice(0, at), Buffer.from(whole.slice(at + 1), "base64url")];
  const right = tag(secret, text);
  return shown.length === right.length && timingSafeEqual(shown, right) ? text : undefined;
}
