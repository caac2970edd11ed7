// Somebody who has never been here sells a first ticket and gives its money back, on an empty database, by
// nothing but what the screen says: each step is a label, a button or a link that the page before led to.

import type { Page } from "@playwright/test";
import type { Demo } from "../support/demo";
import { expect, test } from "../support/fixtures";
import { mailTo } from "../support/mail";
import { buyer, expectTickets, fillIn, pay } from "../support/steps";

const SELLER = "sukhi@sellers.example";

/** What the field of a day and a time wants, so many days ahead. */
function evening(days: number): string {
  return `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T19:00`;
}

async function signsIn(page: Page, demo: Demo): Promise<void> {
  await page.goto(`${demo.record.url}/tickets`);
  await expect(page.getByRole("heading", { name: "No events just yet" })).toBeVisible();
  await page.getByRole("link", { name: "Put on an event of your own" }).click();
  await page.getByLabel("Your e-mail address").fill(SELLER);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your mail");
  const mail = await mailTo(demo, SELLER);
  await page.goto(/https?:\S+/.exec(mail.text)?.[0] ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function introducesThemselves(page: Page): Promise<void> {
  await page.getByLabel("Name of the organization").fill("Newton Bhangra Club");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome");
  await page.getByRole("link", { name: /^Fill them in/ }).click();
  await page.getByLabel("Legal name").fill("Newton Bhangra Club Society");
  await page.getByLabel("Mailing address").fill("7120 136 Street, Surrey, BC V3W 4J2");
  await page.getByLabel("GST/HST number").fill("12345 6789 RT0001");
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByRole("status")).toHaveText("Your settings are saved.");
}

async function connectsStripe(page: Page, demo: Demo): Promise<void> {
  await expect(page.getByText("Next: Connect Stripe.")).toBeInViewport();
  await page.getByRole("link", { name: "Get paid" }).click();
  await page.getByRole("button", { name: "Connect Stripe" }).click();
  await page.waitForURL(`${demo.record.stripe_url}/**`);
  await page.getByRole("button", { name: "Complete", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Thank you, that is all for now");
  await page.getByRole("link", { name: "Go on to your pages" }).click();
}

async function makesTheEvent(page: Page): Promise<void> {
  await page.getByRole("link", { name: /^Make an event/ }).click();
  await page.getByLabel("Title").fill("Spring giddha night");
  await page.getByLabel("Starts").fill(evening(60));
  await page.getByLabel("Venue").fill("Newton Hall");
  await page.getByLabel("City").fill("Surrey");
  await page.getByRole("button", { name: "Make the draft" }).click();
  await expect(page.getByRole("heading", { name: "One thing is missing before it can go on sale" })).toBeInViewport();
  await page.getByRole("link", { name: /^Add tickets/ }).click();
  await page.getByLabel("Name", { exact: true }).fill("General admission");
  await page.getByLabel("Price").fill("25");
  await page.getByLabel("How many there are").fill("40");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("status")).toHaveText("The tickets are added.");
}

/** Looks at the event as a buyer, publishes it and says where it is. */
async function publishes(page: Page): Promise<string> {
  await expect(page.getByText("Nothing is missing: it is ready to go on sale.")).toBeInViewport();
  await page.getByRole("link", { name: "Look and publish" }).click();
  const last = page.getByRole("region", { name: "Ready to go on sale" });
  await last.getByRole("link", { name: "Preview as a buyer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Spring giddha night");
  await page.getByRole("link", { name: /back/i }).click();
  await last.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("status")).toHaveText("It is on sale now. Share its page.");
  const link = page.getByRole("region", { name: "Share it" }).getByRole("link");
  return (await link.getAttribute("href")) ?? "";
}

for (const width of [360, 1280]) {
  test.describe(`at ${width} pixels`, () => {
    test.use({ viewport: { width, height: width < 700 ? 740 : 900 } });

    test("a stranger sells a first ticket and refunds it, led by the screen alone", async ({ page, startDemo, browser }) => {
      const demo = await startDemo({}, undefined, "none");
      await signsIn(page, demo);
      await introducesThemselves(page);
      await connectsStripe(page, demo);
      await makesTheEvent(page);
      const shared = await publishes(page);

      const context = await browser.newContext({ viewport: page.viewportSize() });
      const theirs = await context.newPage();
      const who = buyer("Jasmine Gill-Żółkiewska", "first-ticket");
      await theirs.goto(shared);
      await theirs.getByRole("spinbutton", { name: "How many: General admission" }).fill("1");
      await theirs.getByRole("button", { name: "Get tickets" }).click();
      await expect(theirs.getByRole("button", { name: "Pay $27.79" })).toBeVisible();
      await fillIn(theirs, who);
      await theirs.waitForURL(`${demo.record.stripe_url}/**`);
      await pay(theirs, "4242 4242 4242 4242");
      await expectTickets(theirs, demo, 1);
      expect((await mailTo(demo, who.email)).attachments.map((file) => file.mime)).toContain("application/pdf");

      await page.getByRole("navigation", { name: "Organizer" }).getByRole("link", { name: "Orders" }).click();
      await page.getByRole("link", { name: who.name }).click();
      await page.getByRole("link", { name: /^Refund/ }).click();
      await page.getByRole("button", { name: "Show what goes back" }).click();
      // The price and its tax go back; the service fee is kept, as the preview says before anything happens.
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Give $26.25 back?");
      await expect(page.getByText("Our service fee is not given back.")).toBeVisible();
      await page.getByRole("button", { name: "Give $26.25 back" }).click();
      await expect(page.getByRole("status")).toBeVisible();

      const mail = await mailTo(demo, who.email, /refund/i);
      expect(mail.subject).toContain("Spring giddha night");
      expect(mail.text).toContain("$26.25");
      await theirs.reload();
      await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("Order refunded");
      await expect(theirs.locator(".ticket__code svg")).toHaveCount(0);
      await context.close();
      await page.getByRole("navigation", { name: "Organizer" }).getByRole("link", { name: "Home" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Home");
    });
  });
}
