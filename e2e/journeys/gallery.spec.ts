// Every page in every state that we have a sample of, judged by axe-core in both colours; none may scroll
// sideways, on a telephone or on a desk. Mails are judged as well: they are pages that somebody reads.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import { type Browser, type Page, expect, test } from "@playwright/test";
import { Gallery } from "../support/gallery";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Each colour is judged at one of the sizes, and measured at the other: between them they see everything. */
const LOOKS = [
  { scheme: "light", judged: 1280, measured: 360 },
  { scheme: "dark", judged: 360, measured: 1280 },
] as const;
/** A mail is shown within its reader's own page, which has the landmarks; its own would be in their way. */
const WITHIN_A_PAGE = { region: { enabled: false }, "landmark-one-main": { enabled: false } };
/** How many pages are looked at side by side; a small machine has no more hands than that. */
const HANDS = 3;

async function resize(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: width < 700 ? 740 : 900 });
}

async function wider(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** What is wrong with the page that is open. */
async function faults(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const { scheme, judged, measured } of LOOKS) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await resize(page, measured);
    const over = await wider(page);
    if (over > 0) found.push(`${name} at ${measured} scrolls sideways by ${over}`);
    await resize(page, judged);
    const { violations } = await page.evaluate(
      (rules) => (window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run({ rules }),
      name.startsWith("mail-") ? WITHIN_A_PAGE : {},
    );
    for (const one of violations) {
      const where = one.nodes.map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`).join("; ");
      found.push(`${name} at ${judged} in ${scheme}: ${one.id}: ${where}`);
    }
  }
  return found;
}

async function hand(browser: Browser, gallery: Gallery, left: string[], found: string[]): Promise<void> {
  const context = await browser.newContext();
  await context.addInitScript(axe);
  const page = await context.newPage();
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    await page.goto(gallery.url(name));
    found.push(...(await faults(page, name)));
  }
  await context.close();
}

test("no page or mail in any state breaks a rule of accessibility or scrolls sideways", async ({ browser }) => {
  const gallery = await Gallery.open();
  const left = gallery.names;
  expect(left.length).toBeGreaterThan(120);
  const found: string[] = [];
  await Promise.all(Array.from({ length: HANDS }, () => hand(browser, gallery, left, found)));
  gallery.close();
  expect(found).toEqual([]);
});

test("the judge of the gallery sees what is wrong", async ({ page }) => {
  await page.addInitScript(axe);
  await page.goto("about:blank");
  await page.setContent('<html lang="en"><title>Wrong</title><main><h1>Wrong</h1><img src="x"><p style="color:#aaa;background:#fff;width:2000px">Faint and wide</p></main></html>');
  await page.evaluate(axe);
  const found = (await faults(page, "wrong")).join("\n");
  for (const rule of ["image-alt", "color-contrast", "wrong at 360 scrolls sideways"]) expect(found).toContain(rule);
});
