// A provider of identities in a browser: a page that asks who one is, and the two calls by which a shop learns
// it (OpenID Connect, code flow with PKCE). It signs by node's own cryptography, so that our own judge is not
// judged by our own writer.

import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Who somebody is at the provider. */
export interface Person {
  sub: string;
  name: string;
  email: string;
}

interface Code {
  person: Person;
  challenge: string;
  nonce: string;
  back: string;
}

const CLIENT = "jugnu-tickets";
const SECRET = "ours alone";

/** A provider that is being served. */
export class IdentityProvider {
  private readonly codes = new Map<string, Code>();

  private constructor(
    private readonly people: Person[],
    private readonly key: KeyObject,
    private readonly published: object,
    private readonly server: Server,
  ) {}

  /** Serves one that knows these people. */
  static async open(people: Person[]): Promise<IdentityProvider> {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const published = { ...publicKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "ES256" };
    const server = createServer();
    const provider = new IdentityProvider(people, privateKey, published, server);
    server.on("request", (request, answer) => {
      provider.answer(request).then(
        ({ status = 200, kind = "application/json", body }) => answer.writeHead(status, { "content-type": kind }).end(body),
        (error: unknown) => answer.writeHead(500).end(String(error)),
      );
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return provider;
  }

  /** Where it is, and what it calls itself. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What we must be told of it. */
  get env(): { [name: string]: string } {
    return { OIDC_ISSUER: this.url, OIDC_CLIENT_ID: CLIENT, OIDC_CLIENT_SECRET: SECRET, OIDC_NAME: "Maple Login" };
  }

  /** Ends it. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private async answer(request: IncomingMessage): Promise<{ status?: number; kind?: string; body: string }> {
    const { pathname, searchParams } = new URL(request.url ?? "/", this.url);
    if (pathname === "/.well-known/openid-configuration") return { body: JSON.stringify(this.description) };
    if (pathname === "/keys") return { body: JSON.stringify({ keys: [this.published] }) };
    if (pathname === "/authorize") return { kind: "text/html; charset=utf-8", body: this.askWho(searchParams) };
    if (pathname === "/token") return this.exchange(request, new URLSearchParams(await read(request)));
    return { status: 404, body: "{}" };
  }

  private get description(): object {
    return {
      issuer: this.url,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      jwks_uri: `${this.url}/keys`,
      authorization_response_iss_parameter_supported: true,
      id_token_signing_alg_values_supported: ["ES256"],
    };
  }

  /** The page: a link for each person, and one that says no. */
  private askWho(asked: URLSearchParams): string {
    const field = (name: string) => asked.get(name) ?? "";
    if (field("client_id") !== CLIENT || field("code_challenge_method") !== "S256" || field("response_type") !== "code") return "<h1>A wrong question</h1>";
    const back = (pairs: { [name: string]: string }) => `${field("redirect_uri")}?${new URLSearchParams({ ...pairs, state: field("state"), iss: this.url })}`.replaceAll("&", "&amp;");
    const links = this.people.map((person) => {
      const code = randomUUID();
      this.codes.set(code, { person, challenge: field("code_challenge"), nonce: field("nonce"), back: field("redirect_uri") });
      return `<p><a href="${back({ code })}">I am ${person.name}</a></p>`;
    });
    const icon = '<link rel="icon" href="data:,">';
    return `<!doctype html><html lang="en"><title>Maple Login</title>${icon}<h1>Who are you?</h1>${links.join("")}<p><a href="${back({ error: "access_denied" })}">Nobody</a></p></html>`;
  }

  /** A code for a token, once, to whoever began and knows the secret. */
  private exchange(request: IncomingMessage, form: URLSearchParams): { status?: number; body: string } {
    const [kind, basic = ""] = (request.headers.authorization ?? "").split(" ");
    const shown = Buffer.from(basic, "base64").toString().split(":").map((part) => new URLSearchParams(`x=${part}`).get("x"));
    const code = this.codes.get(form.get("code") ?? "");
    this.codes.delete(form.get("code") ?? "");
    const proof = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
    if (kind !== "Basic" || shown[0] !== CLIENT || shown[1] !== SECRET) return { status: 401, body: '{"error":"invalid_client"}' };
    if (!code || code.challenge !== proof || code.back !== form.get("redirect_uri")) return { status: 400, body: '{"error":"invalid_grant"}' };
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: this.url, aud: CLIENT, iat: now, exp: now + 300, nonce: code.nonce, email_verified: true, ...code.person };
    return { body: JSON.stringify({ id_token: this.token(claims), access_token: randomUUID(), token_type: "Bearer" }) };
  }

  private token(claims: object): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const said = `${part({ alg: "ES256", kid: "one" })}.${part(claims)}`;
    return `${said}.${sign("sha256", Buffer.from(said), { key: this.key, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}
