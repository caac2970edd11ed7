// Two paths are sent on to the tickets; every other one stays the site's.
//
// The lodger may be slow, gone or stopped in mid-air: then whoever waits for one of its own pages is told
// so, and nobody else notices, because nothing of the site waits here.
import { Agent, request as ask } from "node:http";

/** After so long without a byte the lodger is taken for gone, in milliseconds. */
const PATIENCE_MS = 30_000;
/** What is between two machines only (RFC 9110, 7.6.1), and is not sent on. */
const HOP_BY_HOP = ["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"];

const agent = new Agent({ keepAlive: true, maxSockets: 128 });

/** Whether an address is the lodger's. */
export function isTickets(url) {
  return /^\/(api\/)?tickets(\/|\?|$)/.test(url);
}

function sentOn(headers) {
  const named = String(headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase());
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name) && !named.includes(name)));
}

/** Sends a request on, and its answer back; `away` answers if there is none. */
export function proxy(address, request, response, away) {
  const { url: path, method, headers, socket } = request;
  const chain = [headers["x-forwarded-for"], socket.remoteAddress].filter(Boolean).join(", ");
  const there = ask({
    agent,
    method,
    path,
    host: address.hostname,
    port: address.port,
    timeout: PATIENCE_MS,
    headers: { ...sentOn(headers), "x-forwarded-for": chain, "x-forwarded-host": headers.host ?? "", "x-forwarded-proto": "http" },
  });
  there.on("timeout", () => there.destroy(new Error("no answer")));
  there.on("error", () => (response.headersSent ? response.destroy() : away()));
  there.on("response", (answer) => {
    response.writeHead(answer.statusCode, sentOn(answer.headers));
    answer.pipe(response);
    answer.on("error", () => response.destroy());
  });
  // Whoever goes away before the answer leaves nothing behind.
  response.on("close", () => there.destroy());
  request.pipe(there);
}
