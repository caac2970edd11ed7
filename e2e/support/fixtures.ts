// The test of the journeys: a demo that they share, and a page that tells on itself.
//
// Whatever a page asks for must come from this machine, and its console must stay silent: a file that
// the security policy stops, a broken script or a stranger's address fails the journey that met it.

import { test as base, expect } from "@playwright/test";
import { Demo, type Seed, folder } from "./demo";

interface OwnDemos {
  /** Starts a demo of the test's own, with its own environment; ended with the test. */
  startDemo: (env?: { [name: string]: string }, data?: string, seed?: Seed) => Promise<Demo>;
  /** Complaints that a journey expects, such as the console's line about a 404. */
  expectedComplaints: RegExp[];
}

export const test = base.extend<OwnDemos, { demo: Demo }>({
  demo: [
    async ({}, use) => {
      const demo = await Demo.start(folder());
      await use(demo);
      await demo.end();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  startDemo: async ({}, use) => {
    const started: Demo[] = [];
    await use(async (env = {}, data = folder(), seed = "demo") => {
      const demo = await Demo.start(data, env, seed);
      started.push(demo);
      return demo;
    });
    for (const demo of started) await demo.end();
  },
  expectedComplaints: [[], { option: true }],
  context: async ({ context, expectedComplaints }, use) => {
    const complaints: string[] = [];
    context.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
    });
    context.on("weberror", (error) => complaints.push(`script: ${error.error().message}`));
    context.on("request", (request) => {
      if (!["127.0.0.1", "localhost"].includes(new URL(request.url()).hostname) && !request.url().startsWith("data:")) complaints.push(`stranger: ${request.url()}`);
    });
    await use(context);
    expect(complaints.filter((line) => !expectedComplaints.some((known) => known.test(line)))).toEqual([]);
  },
});

export { expect };
