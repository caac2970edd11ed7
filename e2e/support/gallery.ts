// The gallery: every sample of every page and mail, as the program writes them, served as files.
//
// GALLERY_BIN names the program that writes it; without it the one that `cargo build --example gallery`
// made is taken. What is only ever printed (papers) or read as text is left out: it is no web page.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.GALLERY_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/examples/gallery");

const KINDS: { [ending: string]: string } = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** A gallery that is being served. */
export class Gallery {
  private constructor(
    private readonly folder: string,
    private readonly server: Server,
  ) {}

  /** Writes a gallery and serves it. */
  static async open(): Promise<Gallery> {
    const folder = mkdtempSync(join(tmpdir(), "jugnu-gallery-"));
    execFileSync(program, [folder]);
    const server = createServer((request, answer) => {
      const path = normalize(new URL(request.url ?? "/", "http://gallery").pathname);
      try {
        const body = readFileSync(join(folder, path));
        answer.writeHead(200, { "content-type": KINDS[extname(path)] ?? "application/octet-stream" }).end(body);
      } catch {
        answer.writeHead(404).end();
      }
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return new Gallery(folder, server);
  }

  /** The names of the web pages and of the mails in HTML. */
  get names(): string[] {
    const names = readdirSync(this.folder).filter((file) => file.endsWith(".html") && file !== "index.html");
    return names.map((file) => file.slice(0, -".html".length)).filter((name) => !name.startsWith("paper-") && !name.endsWith("-text"));
  }

  /** The address of a page. */
  url(name: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${name}.html`;
  }

  /** Ends it and removes its files. */
  close(): void {
    this.server.closeAllConnections();
    this.server.close();
    rmSync(this.folder, { recursive: true });
  }
}
