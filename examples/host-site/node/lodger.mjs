// All that the site knows of its lodger: two lines on its pages, and its signed word about who somebody is.
import { randomBytes } from "node:crypto";
import { request as ask } from "node:http";
import { escaped } from "./pages.mjs";
import { sealed } from "./seal.mjs";

/** How long the site's word about somebody holds, in seconds. */
const HOLDS_S = 60;
/** How long the site's word that somebody has left may take, in milliseconds. */
const FAREWELL_MS = 5_000;

/** The one line on an event's page. */
export const button = (slug) =>
  `<script async src="/tickets/widget.js"></script><jugnu-tickets event="${escaped(slug)}" source="jugnu"></jugnu-tickets>\n`;

/** The one line in the portal. */
export const portalLink = ({ secret }) => (secret ? '<p><a href="/portal/tickets">Sell tickets</a></p>\n' : "");

function token({ audience, secret }, claims) {
  const now = Math.floor(Date.now() / 1000);
  const whole = { ...claims, aud: audience, iat: now, exp: now + HOLDS_S, nonce: randomBytes(16).toString("hex") };
  return sealed(secret, Buffer.from(JSON.stringify(whole)).toString("base64url"));
}

/** Where to send somebody whom the site knows. */
export function handOver(lodger, { id, email, name }) {
  return `/tickets/sso?token=${token(lodger, { user_id: id, email, name, next: "/tickets/organizer" })}`;
}

/** Tells the lodger that somebody has signed out here; nobody waits for what it says. */
export function farewell(lodger, { id }) {
  if (!lodger.secret) return;
  const body = JSON.stringify({ token: token(lodger, { user_id: id, act: "sign-out" }) });
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  const there = ask(new URL("/api/tickets/sso/sign-out", lodger.address), { method: "POST", headers, timeout: FAREWELL_MS });
  there.on("timeout", () => there.destroy());
  there.on("error", () => console.error(`the tickets did not hear that ${id} has signed out`));
  there.on("response", (answer) => answer.resume());
  there.end(body);
}
