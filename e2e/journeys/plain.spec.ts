// Without scripts the same path leads to the same tickets: several kinds of them, a discount code, a form
// that has to be corrected, and Stripe's page.

import { call, remaining } from "../support/api";
import { expect, test } from "../support/fixtures";
import { shots } from "../support/shots";
import { buyer, expectTickets, fillIn, pay, toPayment } from "../support/steps";

// The browser notes on its console that a form with faults was refused.
test.use({ javaScriptEnabled: false, expectedComplaints: [/status of 422/] });

test("a ticket is bought in a browser that runs no script", async ({ page, demo }) => {
  const event = demo.event("Jugnu Winter Mela");
  await page.goto(`${demo.record.url}/tickets/e/${event.slug}`);
  await expect(page.getByRole("spinbutton")).toHaveCount(event.tiers.length);
  await shots(page, "event-no-script");
  await toPayment(page, demo, event, 1, buyer("Harpreet", "no-script"));
  await pay(page, "4242 4242 4242 4242");
  await expectTickets(page, demo, 1);
});

test("several kinds of tickets and a code keep together without scripts, whatever goes wrong on the way", async ({ page, demo }) => {
  const event = demo.event("Jugnu Winter Mela");
  const made = await call("POST", `${demo.record.url}/api/tickets/events/${event.id}/discounts`, demo.record.organizer_token, {
    code: "PLAIN20",
    type: "percent",
    value: 20,
  });
  expect(made.status).toBe(201);
  const before = [await remaining(demo, event, 0), await remaining(demo, event, 1)];
  await page.goto(`${demo.record.url}/tickets/e/${event.slug}`);
  const many = (tier: number) => page.getByRole("spinbutton", { name: `How many: ${event.tiers[tier]?.name}` });
  await many(0).fill("2");
  await many(1).fill("1");
  await page.getByLabel("Discount code").fill("plain-nonsense");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByLabel("Discount code")).toHaveAttribute("aria-invalid", "true");
  await expect(many(0)).toHaveValue("2");
  await page.getByLabel("Discount code").fill("plain20");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("20% off")).toBeVisible();
  await expect(many(0)).toHaveValue("2");
  await expect(many(1)).toHaveValue("1");
  await shots(page, "event-code-no-script");
  await page.getByRole("button", { name: "Get tickets" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Almost yours");
  const total = await page.getByRole("button", { name: /^Pay/ }).textContent();
  await page.getByRole("button", { name: /^Pay/ }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByRole("row", { name: /Discount/ })).toContainText("PLAIN20");
  await expect(page.getByRole("button", { name: /^Pay/ })).toHaveText(total ?? "");
  await fillIn(page, buyer("Harpreet", "no-script-code"));
  await page.waitForURL(`${demo.record.stripe_url}/**`);
  expect(total).toContain((await page.getByTestId("total").textContent())?.match(/[\d.,]+/)?.[0] ?? "no total");
  await pay(page, "4242 4242 4242 4242");
  await expectTickets(page, demo, 3);
  expect([await remaining(demo, event, 0), await remaining(demo, event, 1)]).toEqual([(before[0] ?? 0) - 2, (before[1] ?? 0) - 1]);
});

test("a search without scripts finds an event by its city", async ({ page, demo }) => {
  await page.goto(`${demo.record.url}/tickets/events?city=Burnaby`);
  await expect(page.locator(".card h3")).toHaveText(["Qawwali by candlelight"]);
  await page.goto(`${demo.record.url}/tickets/events?q=zzzz`);
  await expect(page.getByRole("heading", { name: "No event matches that" })).toBeVisible();
  await shots(page, "events-none");
});
