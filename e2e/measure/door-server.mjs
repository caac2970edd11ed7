// A stand-in for the server's side of the door, as much as the measurement needs: the app's files, a list of
// so many tickets sealed as the server seals them, and nothing that decides anything.

import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const dist = fileURLToPath(new URL("../../web/dist/", import.meta.url));
const EVENT = "evt_01kb4t00000000000000000001";
const TIER = "tier_01kb4t00000000000000000011";
const PAGE = 5_000;
const TYPES = { js: "text/javascript", css: "text/css", svg: "image/svg+xml", png: "image/png", wasm: "application/wasm", woff2: "font/woff2" };

const hash = (label, what) => createHash("sha256").update(`${label}\0${EVENT}\0${what}`).digest();

/** The code of the ticket with a number. */
export function tokenOf(n) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return [...createHash("sha256").update(`ticket ${n}`).digest()].map((byte) => letters[byte & 31]).join("");
}

function record(n) {
  const token = tokenOf(n);
  const door = hash("jugnu-door-id/1", token).subarray(0, 16).toString("base64url");
  const serial = `${String(n).padStart(5, "0")}-00000-1`;
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", hash("jugnu-door-key/1", token), nonce);
  cipher.setAAD(Buffer.from(door));
  const text = JSON.stringify({ name: `Harpreet Kaur the ${n}th`, serial, order: "00000" });
  const sealed = Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString("base64url");
  return [door, hash("jugnu-door-serial/1", serial).subarray(0, 9).toString("base64url"), 0, "v", null, null, sealed];
}

function shell() {
  const { file, css } = JSON.parse(readFileSync(`${dist}manifest.json`, "utf8"))["src/checkin/main.ts"];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Check-in</title><meta name="viewport" content="width=device-width"><link rel="icon" href="/tickets/assets/mark.svg"><link rel="stylesheet" href="/tickets/assets/${css[0]}"><script type="module" src="/tickets/assets/${file}"></script></head><body data-api="/api/tickets" data-scope="/tickets/checkin" data-worker="/tickets/checkin/sw.js"><div id="door"></div></body></html>`;
}

/** Serves so many tickets; says how large the list is. */
export async function serve(count) {
  const records = Array.from({ length: count }, (_, n) => record(n));
  const gate = { event_id: EVENT, opens: null, closes: null, tiers: null, reentry: false };
  const counts = { admitted: 0, expected: count, tiers: [{ id: TIER, admitted: 0, expected: count }] };
  const now = () => new Date().toISOString();
  const where = { key: { id: "key_1", name: "Gate B", role: "steward" }, event: { id: EVENT, title: "A large evening", venue: "Hall", start_at: now(), end_at: now(), timezone: "America/Vancouver" }, gate, tiers: [{ id: TIER, name: "General" }], counts };
  const page = (from) => ({ cursor: "1", tiers: [TIER], gate, records: records.slice(from, from + PAGE), next_page: from + PAGE < count ? String(from + PAGE) : null, total: count, people: null });
  const changes = () => ({ cursor: "1", tiers: [TIER], records: [], more: false, gate, counts, server_time: now(), reset: false });
  const routes = {
    "/check-in/pair": () => ({ key: "a key that is only measured with", role: "steward", name: "Gate B", event: { id: EVENT, title: "A large evening" } }),
    "/check-in": () => ({ ...where, server_time: now() }),
    "/check-in/snapshot": (url) => page(Number(url.searchParams.get("page") ?? 0)),
    "/check-in/changes": changes,
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const send = (type, body, more = {}) => response.writeHead(200, { "content-type": type, ...more }).end(body);
    const { pathname } = url;
    if (pathname === "/tickets/checkin") return send("text/html", shell());
    if (pathname === "/tickets/checkin/sw.js") return send("text/javascript", readFileSync(`${dist}door-sw.js`), { "service-worker-allowed": "/tickets/checkin" });
    if (pathname === "/tickets/checkin/app.webmanifest") return send("application/manifest+json", "{}");
    if (pathname.startsWith("/tickets/assets/")) return send(TYPES[pathname.split(".").pop()] ?? "text/plain", readFileSync(dist + pathname.split("/").pop()));
    if (pathname === "/api/tickets/check-in/feed") return response.writeHead(200, { "content-type": "text/event-stream" }).write(`event: changes\ndata: ${JSON.stringify(changes())}\n\n`);
    const route = routes[pathname.replace("/api/tickets", "")];
    if (!route) return response.writeHead(404).end();
    const body = gzipSync(JSON.stringify(route(url)));
    return send("application/json", body, { "content-encoding": "gzip" });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const pages = Array.from({ length: Math.ceil(count / PAGE) }, (_, n) => JSON.stringify(page(n * PAGE)));
  const bytes = pages.reduce((sum, text) => sum + text.length, 0);
  const packed = pages.reduce((sum, text) => sum + gzipSync(text).length, 0);
  return { url: `http://127.0.0.1:${server.address().port}`, bytes, packed, end: () => server.close() };
}
