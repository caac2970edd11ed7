// The site itself: what is on, its sponsors, and a portal with its own sign-in.
import { pbkdf2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { button, farewell, handOver, portalLink } from "./lodger.mjs";
import { escaped, file, fill, fillEscaped, page } from "./pages.mjs";
import { opened, sealed } from "./seal.mjs";

const derive = promisify(pbkdf2);
/** OWASP's Password Storage Cheat Sheet asks for 600,000 rounds (read in November 2026). */
const hashed = (password, salt) => derive(password, salt, 600_000, 32, "sha256");
/** The most that a form of the site may have, in bytes. */
const FORM_MOST = 10_000;

async function formOf(request) {
  let text = "";
  for await (const piece of request) {
    text += piece;
    if (text.length > FORM_MOST) throw new Error("the form is too large");
  }
  return new URLSearchParams(text);
}

export class Site {
  #secret;
  #lodger;
  #data = JSON.parse(file("site.json"));
  #passwords;

  constructor(secret, lodger) {
    this.#secret = secret;
    this.#lodger = lodger;
    this.#passwords = this.#data.people.map(async ({ password }) => {
      const salt = randomBytes(16);
      return { salt, hash: await hashed(password, salt) };
    });
  }

  /** Answers a request for one of the site's own addresses. */
  async answer(request, response) {
    const path = new URL(request.url, "http://host").pathname;
    const route = `${request.method === "HEAD" ? "GET" : request.method} ${path}`;
    const own = {
      "GET /": () => this.#listing(response),
      "GET /sponsors": () => this.#sponsors(response),
      "GET /host.css": () => this.#send(response, 200, file("host.css"), { "content-type": "text/css; charset=utf-8" }),
      "GET /portal": () => this.#portal(request, response),
      "GET /portal/sign-in": () => this.#signInForm(response, 200, ""),
      "POST /portal/sign-in": () => this.#signIn(request, response),
      "POST /portal/sign-out": () => this.#signOut(request, response),
      "GET /portal/tickets": () => this.#toTickets(request, response),
    }[route];
    if (own) return own();
    const event = route.startsWith("GET /events/") && this.#data.events.find(({ slug }) => path === `/events/${slug}`);
    return event ? this.#event(event, response) : this.#missing(response);
  }

  /** What is told to whoever waited for a page of the tickets that did not come. */
  away(response) {
    const main = "<h1>Tickets are away for a moment</h1>\n<p>Please try again in a minute. <a href=\"/\">See what is on</a></p>";
    this.#html(response, "Tickets are away", main, 502);
  }

  #send(response, status, body, headers) {
    response.writeHead(status, { "content-length": Buffer.byteLength(body), ...headers });
    response.end(body);
  }

  #html(response, title, main, status = 200) {
    this.#send(response, status, page(title, main), { "content-type": "text/html; charset=utf-8" });
  }

  #see(response, address, cookie) {
    response.writeHead(303, { location: address, "cache-control": "no-store", ...(cookie ? { "set-cookie": cookie } : {}) });
    response.end();
  }

  #missing(response) {
    this.#html(response, "Not found", fill("missing", {}), 404);
  }

  #rows() {
    return this.#data.events.map((event) => fillEscaped("listing-row", event)).join("");
  }

  /** The sponsor whose turn it is on a page. */
  #sponsor(turn) {
    const { name, words } = this.#data.sponsors[turn % this.#data.sponsors.length];
    return { sponsor: escaped(name), sponsor_words: escaped(words) };
  }

  #listing(response) {
    this.#html(response, "Jugnu: what is on in British Columbia", fill("listing", { rows: this.#rows(), ...this.#sponsor(0) }));
  }

  #event(event, response) {
    const tickets = this.#lodger ? button(event.slug) : "";
    this.#html(response, event.title, fillEscaped("event", event, { tickets, ...this.#sponsor(event.slug.length) }));
  }

  #sponsors(response) {
    const rows = this.#data.sponsors.map((sponsor) => fillEscaped("sponsor-row", sponsor)).join("");
    this.#html(response, "Sponsors of Jugnu", fill("sponsors", { rows }));
  }

  /** Who has signed in here. */
  #person(request) {
    const cookie = /(?:^|;\s*)host_session=([^;]+)/.exec(request.headers.cookie ?? "")?.[1];
    const id = cookie && opened(this.#secret, cookie);
    return this.#data.people.find((person) => person.id === id);
  }

  #portal(request, response) {
    const person = this.#person(request);
    if (!person) return this.#see(response, "/portal/sign-in");
    const tickets = this.#lodger ? portalLink(this.#lodger) : "";
    this.#html(response, "Portal", fill("portal", { name: escaped(person.name), tickets, rows: this.#rows() }));
  }

  #signInForm(response, status, wrong) {
    this.#html(response, "Sign in", fill("sign-in", { wrong }), status);
  }

  async #signIn(request, response) {
    const form = await formOf(request);
    const at = this.#data.people.findIndex(({ email }) => email === form.get("email")?.trim());
    const kept = await this.#passwords[at];
    const fits = kept && timingSafeEqual(kept.hash, await hashed(form.get("password") ?? "", kept.salt));
    if (!fits) return this.#signInForm(response, 401, '<p class="wrong" role="alert">Address and password do not fit.</p>\n');
    const cookie = `host_session=${sealed(this.#secret, this.#data.people[at].id)}; Path=/; HttpOnly; SameSite=Lax`;
    this.#see(response, "/portal", cookie);
  }

  /** The site's own cookie goes at once; the lodger is told while the answer is on its way. */
  #signOut(request, response) {
    const person = this.#person(request);
    if (person && this.#lodger) farewell(this.#lodger, person);
    this.#see(response, "/", "host_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
  }

  #toTickets(request, response) {
    if (!this.#lodger?.secret) return this.#missing(response);
    const person = this.#person(request);
    this.#see(response, person ? handOver(this.#lodger, person) : "/portal/sign-in");
  }
}
