// A real browser against the real program: the demo, with its stand-in and its mail catcher. Nothing
// is downloaded: the browser is the system's own. Two workers, each with a demo that its journeys share.

import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "journeys",
  outputDir: "test-results",
  workers: 2,
  // Walks over all pages in both themes take minutes on a small machine; no journey is judged by its speed.
  timeout: 600_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  forbidOnly: true,
  use: {
    browserName: "chromium",
    locale: "en-CA",
    timezoneId: "America/Vancouver",
    // What never appears ends a journey sooner than its whole time, and says so by its name.
    actionTimeout: 120_000,
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium" },
  },
});
