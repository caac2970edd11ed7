// The widget on another site's page: under a strict policy, among hostile styles, and with us on, off, slow
// and gone. It shows something to buy, or nothing at all, and never says a word.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { call } from "../support/api";
import type { Demo } from "../support/demo";
import { expect, test as base } from "../support/fixtures";
import { Host, Road } from "../support/host";
import { judge } from "../support/judge";
import { everySize, shots } from "../support/shots";

const test = base.extend<{ hosted: (lodger: string) => Promise<Host> }>({
  hosted: async ({}, use) => {
    const started: Host[] = [];
    await use(async (lodger) => {
      const host = await Host.start(lodger);
      started.push(host);
      return host;
    });
    for (const host of started) await host.end();
  },
});

const MELA = "Jugnu Winter Mela";
const script = (lodger: string) => `<script async src="${lodger}/tickets/widget.js"></script>`;
const button = (slug: string, more = "") => `<jugnu-tickets event="${slug}"${more}></jugnu-tickets>`;

/** Styles of a page that means no good: everything that it can reach, it spoils. */
const HOSTILE = `
  * { all: unset !important; display: block !important; font: italic 4px/0.5 fantasy !important; letter-spacing: 1em !important;
      text-transform: uppercase !important; text-align: right !important; white-space: nowrap !important; word-spacing: 2em !important; }
  head, style, script, link, title, meta { display: none !important; }
  html { font-size: 62.5% !important; color: #333 !important; background: #fff !important; }
  a { pointer-events: none !important; opacity: 0 !important; color: white !important; }
  [part], .box, ul, li, span, small { visibility: hidden !important; position: fixed !important; }`;
const FRIENDLY = "body { font: 1rem/1.5 Georgia, serif; margin: 1rem auto; max-width: 44rem; padding: 0 1rem; color: #26211b; background: #fbf9f4; }";

/** How much of the page the widget takes. */
async function room(page: Page, element = "jugnu-tickets"): Promise<number> {
  return page.evaluate((name) => {
    const box = document.querySelector(name)?.getBoundingClientRect();
    return (box?.width ?? 0) * (box?.height ?? 0);
  }, element);
}

/** An answer to the widget's question, or its failure. */
const asked = (page: Page) =>
  Promise.race([
    page.waitForEvent("requestfinished", (request) => request.url().includes("/api/tickets/widget")),
    page.waitForEvent("requestfailed", (request) => request.url().includes("/api/tickets/widget")),
  ]);

async function open(page: Page, host: Host): Promise<void> {
  const answer = asked(page);
  await page.goto(host.url);
  await answer;
}

const slugOf = (demo: Demo, title: string) => demo.event(title).slug;

test("an event that is on sale has its button, with every fee in its price, and leads to its page", async ({ page, demo, hosted }) => {
  const lodger = demo.record.url;
  const host = await hosted(lodger);
  host.shows({ style: FRIENDLY, body: `${script(lodger)}${button(slugOf(demo, MELA), ' source="poster"')}` });
  await open(page, host);
  const { body } = await call("GET", `${lodger}/api/tickets/events/${demo.event(MELA).id}`);
  const cents = Math.min(...body.tiers.filter((tier: any) => tier.on_sale).map((tier: any) => tier.display_price_cents));
  const price = `From $${(cents / 100).toFixed(2)}`;
  const link = page.getByRole("link", { name: new RegExp(`^Buy tickets ${price.replace(/[$.]/g, "\\$&")} plus tax ${MELA}`) });
  await expect(link).toBeVisible();
  for (let tabs = 0; tabs < 3 && !(await link.evaluate((one) => one.matches(":focus"))); tabs += 1) await page.keyboard.press("Tab");
  await expect(link).toBeFocused();
  expect(await page.context().cookies()).toEqual([]);
  await judge(page, "the button on another site");
  await shots(page, "widget-button");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${lodger}/tickets/e/${slugOf(demo, MELA)}?src=poster`);
  expect(readFileSync(fileURLToPath(new URL("../../web/dist/widget.js", import.meta.url))).length).toBeLessThan(10_000);
});

test("a list has what is on sale in a city, each row as one link, in the page's language", async ({ page, startDemo, hosted }) => {
  // A demo of its own: what other journeys have put on sale is not in the list.
  const demo = await startDemo();
  const lodger = demo.record.url;
  const host = await hosted(lodger);
  host.shows({ style: FRIENDLY, lang: "fr-CA", body: `${script(lodger)}<jugnu-tickets-list city="Surrey"></jugnu-tickets-list>` });
  await open(page, host);
  const rows = page.getByRole("listitem");
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText("Community tea");
  await expect(rows.first()).toContainText("Gratuit");
  await expect(rows.nth(1)).toContainText(/À partir de \d+,\d\d.\$/);
  await expect(page.locator("jugnu-tickets-list .box")).toHaveAttribute("lang", "fr-CA");
  await judge(page, "the list on another site");
  await shots(page, "widget-list");
  await page.evaluate(() => document.querySelector("jugnu-tickets-list")?.setAttribute("city", "Burnaby"));
  await expect(rows).toHaveCount(0);
  await page.evaluate(() => document.querySelector("jugnu-tickets-list")?.removeAttribute("city"));
  await expect(rows).toHaveCount(4);
});

test("a page's own styles do not reach inside, however hostile they are", async ({ page, demo, hosted }) => {
  const lodger = demo.record.url;
  const host = await hosted(lodger);
  host.shows({ style: HOSTILE, body: `${script(lodger)}${button(slugOf(demo, MELA))}<jugnu-tickets-list></jugnu-tickets-list>` });
  await open(page, host);
  const link = page.locator("jugnu-tickets a");
  await expect(link).toBeVisible();
  await everySize(page, [360, 1280], async (width) => {
    const seen = await link.evaluate((one) => {
      const { fontSize, letterSpacing, textTransform, opacity, visibility, position, pointerEvents, fontStyle } = getComputedStyle(one);
      const { height, width } = one.getBoundingClientRect();
      return { fontSize, letterSpacing, textTransform, opacity, visibility, position, pointerEvents, fontStyle, tall: height >= 44, wide: width };
    });
    expect(seen).toMatchObject({
      fontSize: "16px",
      letterSpacing: "normal",
      textTransform: "none",
      opacity: "1",
      visibility: "visible",
      position: "static",
      pointerEvents: "auto",
      fontStyle: "normal",
      tall: true,
    });
    expect(seen.wide, `at ${width}`).toBeLessThanOrEqual(width);
  });
  await shots(page, "widget-hostile");
  await link.click();
  await page.waitForURL(`${lodger}/tickets/e/${slugOf(demo, MELA)}`);
});

test("a host's own colours and parts are taken on", async ({ page, demo, hosted }) => {
  const lodger = demo.record.url;
  const host = await hosted(lodger);
  const style = `${FRIENDLY} jugnu-tickets { --jugnu-accent: #1f5f5b; --jugnu-on-accent: #fff; --jugnu-radius: 0; } jugnu-tickets::part(action) { font-style: italic; }`;
  host.shows({ style, body: `${script(lodger)}${button(slugOf(demo, MELA))}` });
  await open(page, host);
  const link = page.locator("jugnu-tickets a");
  await expect(link).toHaveCSS("background-color", "rgb(31, 95, 91)");
  await expect(link).toHaveCSS("border-radius", "0px");
  await expect(page.locator("jugnu-tickets [part=action]")).toHaveCSS("font-style", "italic");
  await judge(page, "the button in a host's colours");
});

test("what cannot be bought shows nothing: sold out, unknown, not yet on sale, a draft, nameless", async ({ page, demo, hosted }) => {
  const lodger = demo.record.url;
  const host = await hosted(lodger);
  for (const slug of [slugOf(demo, "Qawwali"), "never-heard-of-it", slugOf(demo, "Volunteers"), "../../x?y"]) {
    host.shows({ style: FRIENDLY, body: `${script(lodger)}${button(slug)}` });
    await open(page, host);
    expect(await room(page), slug).toBe(0);
  }
  host.shows({ style: FRIENDLY, body: `${script(lodger)}<jugnu-tickets></jugnu-tickets>` });
  await page.goto(host.url, { waitUntil: "networkidle" });
  expect(await room(page)).toBe(0);
});

test("when we are slow nothing is shown, also when the answer comes after all", async ({ page, demo, hosted }) => {
  const road = await Road.to(demo.record.url);
  const host = await hosted(road.url);
  host.shows({ style: FRIENDLY, body: `${script(road.url)}${button(slugOf(demo, MELA))}` });
  road.block();
  const gaveUp = page.waitForEvent("requestfailed", (request) => request.url().includes("/api/tickets/widget"));
  await page.goto(host.url);
  expect((await gaveUp).failure()?.errorText).toContain("ABORTED");
  expect(await room(page)).toBe(0);
  road.open();
  await expect(page.locator("#after")).toBeVisible();
  expect(await room(page)).toBe(0);
  // The next question is answered as ever.
  await page.evaluate(() => document.querySelector("jugnu-tickets")?.setAttribute("lang", "fr"));
  await expect(page.locator("jugnu-tickets a")).toContainText("Acheter des billets");
  await road.end();
});

test.describe("with us away", () => {
  test.use({ expectedComplaints: [/Failed to load resource|blocked by CORS policy/] });

  test("when we are gone or off nothing is shown and nothing is thrown", async ({ page, startDemo, hosted }) => {
    const demo = await startDemo();
    const slug = slugOf(demo, MELA);
    const road = await Road.to(demo.record.url);
    const host = await hosted(road.url);
    host.shows({ style: FRIENDLY, body: `${script(road.url)}${button(slug)}` });
    await open(page, host);
    await expect(page.locator("jugnu-tickets a")).toBeVisible();

    // Switched off while a page is open: what is asked next shows nothing.
    const off = await call("PUT", `${demo.record.url}/api/tickets/admin/flags/ticketing`, demo.record.admin_token, { off: true });
    expect(off.status).toBe(200);
    await page.evaluate(() => document.querySelector("jugnu-tickets")?.setAttribute("lang", "fr"));
    await expect(page.locator("jugnu-tickets a")).toHaveCount(0);
    // An answer may be kept for five seconds; another question is asked anew.
    host.shows({ style: FRIENDLY, body: `${script(road.url)}${button(slug, ' lang="en-1"')}` });
    await page.goto(host.url, { waitUntil: "networkidle" });
    expect(await room(page)).toBe(0);
    await expect(page.locator("#after")).toBeVisible();

    // Gone: the script is in the browser's memory, or not even that.
    await road.end();
    host.shows({ style: FRIENDLY, body: `${script(road.url)}${button(slug, ' lang="en-2"')}` });
    await page.goto(host.url, { waitUntil: "networkidle" });
    expect(await room(page)).toBe(0);
    await expect(page.locator("#after")).toBeVisible();
  });

  test("with buying alone switched off the button goes, and comes back", async ({ page, startDemo, hosted }) => {
    const demo = await startDemo();
    const host = await hosted(demo.record.url);
    host.shows({ style: FRIENDLY, body: `${script(demo.record.url)}${button(slugOf(demo, MELA))}` });
    for (const [off, shown] of [
      [true, 0],
      [false, 1],
    ] as const) {
      await call("PUT", `${demo.record.url}/api/tickets/admin/flags/checkout`, demo.record.admin_token, { off });
      await page.goto(`${host.url}/?${off}`);
      await page.evaluate((lang) => document.querySelector("jugnu-tickets")?.setAttribute("lang", lang), `en-${off}`);
      await expect(page.locator("jugnu-tickets a")).toHaveCount(shown);
    }
  });
});
