// A page of somebody else's, with its own policy and its own styles, and a road to us that can be blocked.

import { type Server, createServer, request as ask } from "node:http";
import type { AddressInfo } from "node:net";

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closed(server: Server): Promise<void> {
  const done = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await done;
}

/** What a page of the host has. */
export interface HostPage {
  body: string;
  lang?: string;
  style?: string;
}

/** Another site: it allows its own files and one lodger's, and nothing inline. */
export class Host {
  private page: HostPage = { body: "" };
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(lodger: string): Promise<Host> {
    const server = createServer((request, response) => {
      const { page } = host;
      if (request.url === "/host.css") return response.writeHead(200, { "content-type": "text/css" }).end(page.style ?? "");
      response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": `default-src 'self' ${lodger}` });
      response.end(`<!doctype html><html lang="${page.lang ?? "en-CA"}"><head><meta charset="utf-8"><title>A host</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/host.css"><link rel="stylesheet" href="/host.css"></head>
<body><main><h1>What is on</h1><p>Before it.</p>${page.body}<p id="after">After it.</p></main></body></html>`);
    });
    const host: Host = new Host(server, await listening(server));
    return host;
  }

  /** From now on the page is this. */
  shows(page: HostPage): void {
    this.page = page;
  }

  end(): Promise<void> {
    return closed(this.server);
  }
}

/** A road to us: what comes for the widget's question can be held up. */
export class Road {
  private held: (() => void)[] | undefined;
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(target: string): Promise<Road> {
    const server = createServer((request, response) => {
      const pass = () => {
        const there = ask(new URL(request.url ?? "/", target), { method: request.method }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        });
        there.on("error", () => response.destroy());
        there.end();
      };
      if (road.held && request.url?.startsWith("/api/")) road.held.push(pass);
      else pass();
    });
    const road: Road = new Road(server, await listening(server));
    return road;
  }

  /** Questions are taken, and not answered. */
  block(): void {
    this.held = [];
  }

  /** What was held up goes on. */
  open(): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const pass of held) pass();
  }

  end(): Promise<void> {
    return closed(this.server);
  }
}
