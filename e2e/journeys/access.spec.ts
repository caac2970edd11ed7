// The pages of a purchase, judged by axe-core: no violation, in either colour, small and large.

import { expect, test } from "../support/fixtures";
import { judge } from "../support/judge";
import { buyer, choose, expectTickets, fillIn, pay } from "../support/steps";

// The browser notes on its console that a form with faults was refused.
test.use({ expectedComplaints: [/status of 422/] });

test("no page of a purchase breaks a rule of accessibility", async ({ page, demo }) => {
  const event = demo.event("Jugnu Winter Mela");
  await page.goto(`${demo.record.url}/tickets`);
  await judge(page, "events");
  await page.goto(`${demo.record.url}/tickets/e/${demo.event("ਵਿਸਾਖੀ").slug}`);
  await judge(page, "an event with a long title");
  await choose(page, demo, event, 2);
  await judge(page, "checkout");
  await page.getByRole("button", { name: /^Pay/ }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await judge(page, "checkout with faults");
  await fillIn(page, buyer("Amélie", "access"));
  await page.waitForURL(`${demo.record.stripe_url}/**`);
  await page.getByTestId("back").click();
  await judge(page, "a held order");
  await page.getByRole("button", { name: "Continue to payment" }).click();
  await pay(page, "4242 4242 4242 4242");
  await expectTickets(page, demo, 2);
  await judge(page, "a paid order");
  for (const paper of ["terms", "privacy", "refund-policy"]) {
    await page.goto(`${demo.record.url}/tickets/${paper}`);
    await judge(page, paper);
  }
});
