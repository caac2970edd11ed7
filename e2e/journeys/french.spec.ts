// Somebody who reads French buys in French from the first page to the ticket, and may change their mind.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "../support/fixtures";
import { shots } from "../support/shots";
import { pay } from "../support/steps";

// The browser notes on its console that a form with faults was refused.
test.use({ locale: "fr-CA", expectedComplaints: [/status of 422/] });

test("a buyer who reads French meets no English on the way", async ({ page, demo }) => {
  const event = demo.event("Jugnu Winter Mela");
  await page.goto(`${demo.record.url}/tickets`);
  await expect(page.locator("html")).toHaveAttribute("lang", "fr-CA");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("À l’affiche");
  await shots(page, "french-events");
  await page.getByRole("link", { name: "Mes billets" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mes billets");
  await expect(page.getByRole("button", { name: "M’envoyer un lien" })).toBeVisible();
  await shots(page, "french-sign-in");
  await page.goto(`${demo.record.url}/tickets/e/${event.slug}`);
  await page.getByRole("button", { name: `Un de plus\u00a0: ${event.tiers[0]?.name}` }).click();
  await expect(page.locator("output[data-sum]")).toContainText(/1 billet.*\d,\d\d\u00a0\$/);
  await shots(page, "french-event");
  await page.getByRole("button", { name: "Prendre des billets" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Vous y êtes presque");
  await page.getByRole("button", { name: /^Payer/ }).click();
  await expect(page.getByRole("alert")).toContainText("à vérifier");
  await shots(page, "french-checkout");
  await page.getByLabel("Votre nom").fill("Amélie Tremblay");
  await page.getByLabel("Adresse courriel", { exact: true }).fill("amelie@buyers.example");
  await page.getByRole("button", { name: /^Payer/ }).click();
  await page.waitForURL(`${demo.record.stripe_url}/**`);
  await pay(page, "4242 4242 4242 4242");
  await page.waitForURL(new RegExp(`^${demo.record.url}/tickets/order/ord_[^/?]+$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Votre billet est prêt");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((one) => one.id)).toEqual([]);
  await shots(page, "french-order");
  await page.getByRole("link", { name: "English" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your ticket is ready");
  await page.goto(`${demo.record.url}/tickets/events`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What’s on");
});
