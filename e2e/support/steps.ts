// What a buyer does, step by step, by the words that stand on the pages.

import { type Page, expect } from "@playwright/test";
import type { Demo, EventRecord } from "./demo";

/** Who buys. */
export interface Buyer {
  name: string;
  email: string;
}

/** A buyer whose address no other journey uses. */
export function buyer(name: string, of: string): Buyer {
  return { name, email: `${of}@buyers.example` };
}

/** From the event's page to the checkout, with so many tickets of a tier. */
export async function choose(page: Page, demo: Demo, event: EventRecord, qty: number, tier = 0): Promise<void> {
  await page.goto(`${demo.record.url}/tickets/e/${event.slug}`);
  await page.getByRole("spinbutton", { name: `How many: ${event.tiers[tier]?.name}` }).fill(String(qty));
  await page.getByRole("button", { name: "Get tickets" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Almost yours");
}

/** From the checkout to wherever it leads: the payment page, or the order of a free event. */
export async function fillIn(page: Page, who: Buyer): Promise<void> {
  await page.getByLabel("Your name").fill(who.name);
  await page.getByLabel("E-mail", { exact: true }).fill(who.email);
  await page.getByRole("button", { name: /^(Pay|Get tickets)/ }).click();
}

/** From the event's page to Stripe's payment page. */
export async function toPayment(page: Page, demo: Demo, event: EventRecord, qty: number, who: Buyer, tier = 0): Promise<void> {
  await choose(page, demo, event, qty, tier);
  await fillIn(page, who);
  await page.waitForURL(`${demo.record.stripe_url}/**`);
}

/** Types a card on the stand-in's page and presses pay. */
export async function pay(page: Page, card: string): Promise<void> {
  await page.getByLabel("Card number").fill(card);
  await page.getByLabel("Expiry").fill("12 / 34");
  await page.getByLabel("CVC").fill("123");
  await page.getByTestId("pay").click();
}

/** The confirmation page is there. */
export async function expectTickets(page: Page, demo: Demo, count: number): Promise<void> {
  await page.waitForURL(new RegExp(`^${demo.record.url}/tickets/order/ord_[^/?]+$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(count === 1 ? "Your ticket is ready" : "Your tickets are ready");
  await expect(page.locator(".ticket__code svg")).toHaveCount(count);
}
