// Signing in at a provider of identities, in a real browser: our cookie goes out and comes back over two
// sites, which no test without a browser can show.

import { expect, test } from "../support/fixtures";
import { judge } from "../support/judge";
import { IdentityProvider } from "../support/provider";

const harpreet = { sub: "h-1", name: "Harpreet Kaur ਕੌਰ", email: "Harpreet@sellers.example" };

// A sign-in that was refused says so by its status, which the browser notes on its console.
test.use({ expectedComplaints: [/status of 403/, /status of 410/] });

test("a provider signs a seller in, by one press there and back, and a no is told kindly", async ({ page, context, startDemo }) => {
  const provider = await IdentityProvider.open([harpreet]);
  const demo = await startDemo(provider.env);
  const url = demo.record.url;

  await page.goto(`${url}/tickets/sign-in?next=/tickets/account`);
  await page.getByRole("link", { name: "Continue with Maple Login" }).click();
  await page.getByRole("link", { name: "Nobody" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You did not sign in");
  await judge(page, "turned back from the provider");
  const spent = page.url();
  await page.getByRole("link", { name: "Try again" }).click();
  await page.getByRole("link", { name: `I am ${harpreet.name}` }).click();
  await page.waitForURL(`${url}/tickets/account`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your account");
  await expect(page.getByText(harpreet.email).first()).toBeVisible();
  await expect(page.getByText("Signed in with an account elsewhere")).toBeVisible();
  await judge(page, "account of somebody from the provider");

  // The answer that was used opens nothing for whoever finds it, neither here nor in another browser.
  expect((await page.goto(spent))?.status()).toBe(410);
  const stranger = await context.browser()?.newContext();
  if (!stranger) throw new Error("there is no browser");
  const theirs = await stranger.newPage();
  expect((await theirs.goto(spent))?.status()).toBeGreaterThanOrEqual(400);
  await theirs.goto(`${url}/tickets/account`);
  await expect(theirs.getByRole("heading", { level: 1 })).not.toHaveText("Your account");
  await stranger.close();

  // With the provider gone, people sign in by mail.
  await context.clearCookies();
  await provider.close();
  await page.goto(`${url}/tickets/sign-in`);
  await expect(page.getByRole("button", { name: "Send me a link" })).toBeVisible();
});
