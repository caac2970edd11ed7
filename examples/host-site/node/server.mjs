// The site in another language, with tickets behind its own door: nothing but Node's own modules.
//
//   TICKETS=http://127.0.0.1:8080 PUBLIC_URL=http://127.0.0.1:3000 SSO_SECRET=… node server.mjs
//
// Without TICKETS it is the site as it was before. HOST_SECRET seals its own sessions.
import { createServer } from "node:http";
import { isTickets, proxy } from "./proxy.mjs";
import { Site } from "./site.mjs";

const { HOST_ADDR = "127.0.0.1:3000", HOST_SECRET, TICKETS, PUBLIC_URL, SSO_SECRET } = process.env;
if (!HOST_SECRET) throw new Error("HOST_SECRET is needed: it seals the site's sessions");
const lodger = TICKETS ? { address: new URL(TICKETS), audience: PUBLIC_URL, secret: SSO_SECRET } : undefined;
const site = new Site(HOST_SECRET, lodger);

const server = createServer((request, response) => {
  if (lodger && isTickets(request.url)) return proxy(lodger.address, request, response, () => site.away(response));
  site.answer(request, response).catch((error) => {
    console.error(`a page failed: ${error.message}`);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});
const [host, port] = HOST_ADDR.split(":");
server.listen(Number(port), host, () => console.log(`Jugnu is on http://${host}:${server.address().port}`));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
