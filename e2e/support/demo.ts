// The demo as a program of its own: on free ports, in a folder of its own, ended when the test ends.
//
// It is ready when it says so on its output, so nothing here waits by the clock. JUGNU_BIN names the
// program; without it the one that `cargo build` made is taken.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.JUGNU_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/jugnu-tickets");

/** What the demo writes down about itself. */
export interface Written {
  url: string;
  stripe_url: string;
  mail_url: string;
  organizer_token: string;
  admin_token: string;
  events: EventRecord[];
}

/** An event of the demo. */
export interface EventRecord {
  id: string;
  slug: string;
  title: string;
  scanner_key: string;
  tiers: { id: string; name: string }[];
}

/** What an empty database is filled with: our events, or none. */
export type Seed = "demo" | "none";

/** A folder for a demo's data. */
export function folder(): string {
  return mkdtempSync(join(tmpdir(), "jugnu-journey-"));
}

/** A running demo. */
export class Demo {
  private constructor(
    readonly data: string,
    readonly record: Written,
    private readonly child: ChildProcess,
    private readonly said: string[],
  ) {}

  /** Starts a demo in a folder, with more environment, and resolves when it serves. */
  static async start(data: string, env: { [name: string]: string } = {}, seed: Seed = "demo"): Promise<Demo> {
    const args = ["demo", "--addr", "127.0.0.1:0", "--stripe-addr", "127.0.0.1:0", "--data", data, "--seed", seed];
    const { DATABASE_URL: _anothers, ...own } = process.env;
    const child = spawn(program, args, { env: { ...own, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    const said: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => said.push(line));
    await new Promise<void>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`the demo ended with ${code}: ${said.join("\n")}`)));
      createInterface({ input: child.stdout }).on("line", (line) => line.includes("is ready") && resolve());
    });
    child.removeAllListeners("exit");
    const record = JSON.parse(readFileSync(join(data, "demo.json"), "utf8")) as Written;
    return new Demo(data, record, child, said);
  }

  /** What it has logged so far. */
  get log(): string {
    return this.said.join("\n");
  }

  /** The event whose title begins so. */
  event(title: string): EventRecord {
    const found = this.record.events.find((event) => event.title.startsWith(title));
    if (!found) throw new Error(`the demo has no event “${title}”`);
    return found;
  }

  /** Ends it as Ctrl-C does; its data stay. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGINT");
    await ended;
  }

  /** Ends it and removes its data. */
  async end(): Promise<void> {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }
}
