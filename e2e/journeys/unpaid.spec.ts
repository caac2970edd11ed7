// Every way not to pay ends on one clear page, and the places are back on sale.

import { expectRemaining, remaining } from "../support/api";
import { expect, test } from "../support/fixtures";
import { shots } from "../support/shots";
import { buyer, expectTickets, pay, toPayment } from "../support/steps";

test.describe("a card that is refused", () => {
  // The browser notes the payment page's 402 on its console.
  test.use({ expectedComplaints: [/status of 402/] });

  test("a declined card is told so, and another one pays the same order", async ({ page, demo }) => {
    await toPayment(page, demo, demo.event("Jugnu Winter Mela"), 1, buyer("Harpreet", "declined"));
    await pay(page, "4000 0000 0000 0002");
    await expect(page.getByTestId("problem")).toHaveText(/declined/);
    await pay(page, "5555 5555 5555 4444");
    await expectTickets(page, demo, 1);
  });

  test("a buyer who comes back from a declined card reads why, and that nothing was charged", async ({ page, demo }) => {
    await toPayment(page, demo, demo.event("Jugnu Winter Mela"), 1, buyer("Harpreet", "declined-back"));
    await pay(page, "4000 0000 0000 9995");
    await expect(page.getByTestId("problem")).toHaveText(/insufficient funds/);
    await page.getByTestId("back").click();
    await expect(page.getByRole("button", { name: /payment|Try again/ })).toBeVisible();
    await shots(page, "order-after-decline");
  });

  test("a bank that asks is answered, first wrongly and then rightly", async ({ page, demo }) => {
    await toPayment(page, demo, demo.event("Jugnu Winter Mela"), 1, buyer("Harpreet", "three-d-secure"));
    await pay(page, "4000 0000 0000 3220");
    await page.getByTestId("fail").click();
    await expect(page.getByTestId("problem")).toBeVisible();
    await pay(page, "4000 0000 0000 3220");
    await page.getByTestId("authorise").click();
    await expectTickets(page, demo, 1);
  });
});

test.describe("a payment page that is closed", () => {
  // The stand-in answers 410 for a page that has expired.
  test.use({ expectedComplaints: [/status of 410/] });

  test("a buyer who turns back may go on paying, or let the places go at once", async ({ page, demo }) => {
    const event = demo.event("Bhangra Brunch");
    const before = await remaining(demo, event, 1);
    await toPayment(page, demo, event, 3, buyer("Harpreet", "abandoned"), 1);
    const payment = page.url();
    await expectRemaining(demo, event, before - 3, 1);
    await page.getByTestId("back").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your places are held");
    await shots(page, "order-held");
    await page.getByRole("button", { name: "I need more time" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your places are held");
    await page.getByRole("button", { name: "Continue to payment" }).click();
    await page.waitForURL(payment);
    await page.getByTestId("back").click();
    await page.getByRole("button", { name: "Cancel and release my places" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Order canceled");
    await shots(page, "order-canceled");
    await expectRemaining(demo, event, before, 1);
    await page.goto(payment);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page has expired");
  });

  test("a hold that lapses ends on a clear page, and its places are back on sale", async ({ page, startDemo }) => {
    const demo = await startDemo({ HOLD_SECONDS: "10" });
    const event = demo.event("Bhangra Brunch");
    const before = await remaining(demo, event);
    await toPayment(page, demo, event, 2, buyer("Harpreet", "lapsed"));
    const payment = page.url();
    await page.getByTestId("back").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your places are held");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your hold has ended", { timeout: 60_000 });
    await shots(page, "order-lapsed");
    await expectRemaining(demo, event, before);
    await page.goto(payment);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page has expired");
  });
});
