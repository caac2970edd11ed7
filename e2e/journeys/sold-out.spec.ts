// What cannot be bought says so, and cannot be bought by another way either.

import { call } from "../support/api";
import { expect, test } from "../support/fixtures";
import { shots } from "../support/shots";
import { buyer } from "../support/steps";

test("a sold-out event offers nothing to press", async ({ page, demo }) => {
  const event = demo.event("Qawwali by candlelight");
  await page.goto(`${demo.record.url}/tickets/e/${event.slug}`);
  await expect(page.locator("#tickets")).toContainText("Sold out");
  await expect(page.getByRole("button", { name: "Get tickets" })).toHaveCount(0);
  await expect(page.getByRole("spinbutton")).toHaveCount(0);
  await shots(page, "event-sold-out");
});

test("a tier that opens in a while says when, and can be bought then", async ({ page, demo }) => {
  const event = demo.event("New Year's Eve");
  await page.goto(`${demo.record.url}/tickets/e/${event.slug}`);
  await expect(page.locator("#tickets")).toContainText("Lower deck");
  await shots(page, "event-not-yet");
  await expect
    .poll(
      async () => {
        await page.reload();
        return page.getByRole("spinbutton").count();
      },
      { timeout: 75_000, intervals: [1_000] },
    )
    .toBe(2);
});

test.describe("by the back door", () => {
  test.use({ expectedComplaints: [/status of 4(04|09|22)/] });

  test("an address made by hand sells nothing of a sold-out tier", async ({ page, demo }) => {
    const event = demo.event("Qawwali by candlelight");
    const tier = event.tiers[0]?.id;
    const who = { email: buyer("Zed", "sold-out").email, name: "Zed" };
    const refused = await call("POST", `${demo.record.url}/api/tickets/checkout/session`, undefined, { event_id: event.id, items: [{ tier_id: tier, qty: 1 }], buyer: who });
    expect([refused.status, refused.body.code, refused.body.left]).toEqual([409, "sold-out", 0]);
    await page.goto(`${demo.record.url}/tickets/checkout/${event.id}?${tier}=1`);
    await expect(page.getByRole("alert")).toContainText("“Cushion” is sold out.");
    await shots(page, "checkout-sold-out");
  });

  test("an address that leads nowhere has a page with a way out", async ({ page, demo }) => {
    const answer = await page.goto(`${demo.record.url}/tickets/e/no-such-event`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("link", { name: "See all events" })).toBeVisible();
    await shots(page, "not-found");
  });
});
