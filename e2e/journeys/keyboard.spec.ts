// A buyer with a keyboard and nothing else, from the list of events to Stripe's page and back to the
// tickets: at every stop they see where they are, and nothing needs a pointer.

import { expect, test } from "../support/fixtures";
import { expectSeen, tabTo } from "../support/keys";
import { buyer, expectTickets } from "../support/steps";

for (const width of [360, 1280]) {
  test.describe(`at ${width} pixels`, () => {
    test.use({ viewport: { width, height: width < 700 ? 740 : 900 } });

    test("tickets are bought by Tab, Enter and arrows alone", async ({ page, demo }) => {
      const event = demo.event("Jugnu Winter Mela");
      const who = buyer("Keys Only", `keys-${width}`);
      await page.goto(`${demo.record.url}/tickets`);
      const skip = page.getByRole("link", { name: "Skip to content" });
      await tabTo(page, skip);
      await page.keyboard.press("Enter");
      await expect(page.getByRole("main")).toBeFocused();
      await tabTo(page, page.getByRole("link", { name: event.title }));
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(event.title);

      await tabTo(page, skip);
      await page.keyboard.press("Enter");
      const general = page.getByRole("spinbutton", { name: `How many: ${event.tiers[0]?.name}` });
      await tabTo(page, general);
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowDown");
      await expect(general).toHaveValue("1");
      const student = page.getByRole("button", { name: `One more: ${event.tiers[1]?.name}` });
      await tabTo(page, student);
      await page.keyboard.press("Enter");
      await expect(page.getByText("2 tickets")).toBeVisible();
      await tabTo(page, page.getByRole("button", { name: "Get tickets" }));
      await page.keyboard.press("Enter");

      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Almost yours");
      await tabTo(page, page.getByLabel("Your name"));
      await page.keyboard.type(who.name);
      await tabTo(page, page.getByLabel("E-mail", { exact: true }));
      await page.keyboard.type(who.email);
      // The consents are passed by, and stay as they were: not given.
      await tabTo(page, page.getByRole("button", { name: /^Pay/ }));
      for (const consent of await page.getByRole("checkbox").all()) await expect(consent).not.toBeChecked();
      await page.keyboard.press("Enter");

      await page.waitForURL(`${demo.record.stripe_url}/**`);
      for (const [label, typed] of [["Card number", "4242 4242 4242 4242"], ["Expiry", "12 / 34"], ["CVC", "123"]] as const) {
        await tabTo(page, page.getByLabel(label), false);
        await page.keyboard.type(typed);
      }
      await page.keyboard.press("Enter");

      await expectTickets(page, demo, 2);
      await tabTo(page, page.getByRole("link", { name: /^Show large/ }).first());
      await page.keyboard.press("Enter");
      await expectSeen(page);
      await page.keyboard.press("Escape");
      await tabTo(page, page.getByRole("link", { name: "Download PDF" }));
    });
  });
}
