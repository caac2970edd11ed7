// Without scripts the same path leads to the same tickets.

import { expect, test } from "../support/fixtures";
import { shots } from "../support/shots";
import { buyer, expectTickets, pay, toPayment } from "../support/steps";

test.use({ javaScriptEnabled: false });

test("a ticket is bought in a browser that runs no script", async ({ page, demo }) => {
  const event = demo.event("Jugnu Winter Mela");
  await page.goto(`${demo.record.url}/tickets/e/${event.slug}`);
  await expect(page.getByRole("spinbutton")).toHaveCount(event.tiers.length);
  await shots(page, "event-no-script");
  await toPayment(page, demo, event, 1, buyer("Harpreet", "no-script"));
  await pay(page, "4242 4242 4242 4242");
  await expectTickets(page, demo, 1);
});

test("a search without scripts finds an event by its city", async ({ page, demo }) => {
  await page.goto(`${demo.record.url}/tickets/events?city=Burnaby`);
  await expect(page.locator(".card h3")).toHaveText(["Qawwali by candlelight"]);
  await page.goto(`${demo.record.url}/tickets/events?q=zzzz`);
  await expect(page.getByRole("heading", { name: "No event matches that" })).toBeVisible();
  await shots(page, "events-none");
});
