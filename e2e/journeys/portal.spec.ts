// Organizers and admins: signing in by mail, the first steps, and their pages judged by axe-core.

import { expect, test } from "../support/fixtures";
import { judge } from "../support/judge";
import { mailTo } from "../support/mail";

// The browser notes on its console that a form with faults was refused.
test.use({ expectedComplaints: [/status of 422/] });

test("whoever wants to sell signs in by mail and names an organization", async ({ page, demo }) => {
  const url = demo.record.url;
  await page.goto(`${url}/tickets/organizer`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sell tickets");
  await judge(page, "sign-in");
  await page.getByLabel("Your e-mail address").fill("nobody");
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByText("This is not an e-mail address")).toBeVisible();
  await judge(page, "sign-in with a fault");
  await page.getByLabel("Your e-mail address").fill("new@sellers.example");
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your mail");
  const mail = await mailTo(demo, "new@sellers.example");
  await page.goto(/https?:\S+/.exec(mail.text)?.[0] ?? "");
  await judge(page, "the link in the mail");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("Name of the organization").fill("Bhangra Club");
  await judge(page, "the first step");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("status")).toHaveText("Your organization is set up.");
  await judge(page, "home at the beginning");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto(`${url}/tickets/organizer`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sell tickets");
});

test("the button of a draft waits for the save that leaving a field has begun", async ({ page, demo }) => {
  const url = demo.record.url;
  await page.goto(`${url}/_demo/sign-in/organizer`);
  await page.goto(`${url}/tickets/organizer/events/new`);
  await page.getByLabel("Title").fill("Garba by the river");
  await page.getByLabel("Starts").fill("2031-10-04T19:00");
  await page.getByRole("button", { name: "Make the draft" }).click();
  await expect(page.getByRole("status")).toHaveText("Your draft is made. Add tickets next, then publish.");
  await page.goto(`${page.url().split("?")[0]}/edit`);
  // A slow network: the script's save is done, and its answer comes only after the button was pressed.
  let isKept = (): void => undefined;
  let isPressed = (): void => undefined;
  const kept = new Promise<void>((done) => (isKept = done));
  const pressed = new Promise<void>((done) => (isPressed = done));
  await page.route("**/edit", async (route) => {
    if (route.request().headers().accept !== "application/json") return route.continue();
    const answer = await route.fetch();
    isKept();
    await pressed;
    return route.fulfill({ response: answer });
  });
  await page.getByLabel("Venue").fill("Quayside Pier");
  await page.getByLabel("Street").focus();
  await kept;
  await page.getByRole("button", { name: "Save draft" }).click({ noWaitAfter: true });
  isPressed();
  await expect(page).toHaveURL(/done=saved$/);
  await expect(page.getByLabel("Venue")).toHaveValue("Quayside Pier");
});

test("no page of an organizer's or an admin's frame breaks a rule of accessibility", async ({ page, demo }) => {
  const url = demo.record.url;
  await page.goto(`${url}/_demo/sign-in/organizer`);
  await judge(page, "home");
  for (const path of ["organizer/settings", "organizer/settings/payments", "organizer/settings/keys", "account", "my-tickets", "account/second-factor"]) {
    await page.goto(`${url}/tickets/${path}`);
    await judge(page, path);
  }
  await page.goto(`${url}/_demo/sign-in/admin`);
  for (const path of ["admin", "admin/flags", "admin/dead-letters", "admin/books", "admin/disputes"]) {
    await page.goto(`${url}/tickets/${path}`);
    await judge(page, path);
  }
});
