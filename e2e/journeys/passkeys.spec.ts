// Passkeys with a device that Chromium plays by itself: it has a lock, it knows who holds it, and it keeps keys.

import type { BrowserContext, CDPSession, Page } from "@playwright/test";
import type { Demo } from "../support/demo";
import { expect, test } from "../support/fixtures";
import { judge } from "../support/judge";
import { mailTo } from "../support/mail";

// The browser notes on its console that a passkey was refused.
test.use({ expectedComplaints: [/status of 422/] });

/** A device at hand of a page: it answers at once, also where a page only offers passkeys in a field. */
async function device(context: BrowserContext, page: Page): Promise<void> {
  const cdp: CDPSession = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true } as const;
  await cdp.send("WebAuthn.addVirtualAuthenticator", { options: { ...options, automaticPresenceSimulation: true } });
}

async function signInByMail(page: Page, demo: Demo, email: string): Promise<void> {
  await page.goto(`${demo.record.url}/tickets/sign-in?next=/tickets/account`);
  await page.getByLabel("Your e-mail address").fill(email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your mail");
  const mail = await mailTo(demo, email);
  await page.goto(/https?:\S+/.exec(mail.text)?.[0] ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your account");
}

async function add(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByRole("status")).toHaveText("Your passkey is added. From now on it signs you in.");
}

test("a passkey signs in whoever holds the device, without an address, until it is removed", async ({ page, context, startDemo }) => {
  const demo = await startDemo({ DEMO_HOST: "localhost" });
  const url = demo.record.url;
  await device(context, page);
  await signInByMail(page, demo, "keys@sellers.example");
  await add(page);
  const passkeys = page.getByRole("region", { name: "Passkeys" });
  await expect(passkeys.getByText("Not used yet")).toBeVisible();
  await judge(page, "account with a passkey");
  await context.clearCookies();
  await page.goto(`${url}/tickets/sign-in?next=/tickets/account`);
  await page.waitForURL(`${url}/tickets/account`);
  await expect(page.getByText("Signed in with a passkey")).toBeVisible();
  await page.getByRole("button", { name: "Remove the passkey" }).click();
  await expect(page.getByRole("status")).toContainText("signs nobody in any more");
  await context.clearCookies();
  const refused = page.waitForResponse((answer) => answer.url() === `${url}/tickets/sign-in/passkey`);
  await page.goto(`${url}/tickets/sign-in`);
  expect((await refused).status()).toBe(422);
  await page.goto(`${url}/tickets/account`);
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Your account");
});

test("an admin's passkey is both factors", async ({ page, context, startDemo }) => {
  const demo = await startDemo({ DEMO_HOST: "localhost" });
  const url = demo.record.url;
  await device(context, page);
  await page.goto(`${url}/_demo/sign-in/admin`);
  await page.goto(`${url}/tickets/account`);
  await add(page);
  await context.clearCookies();
  await page.goto(`${url}/tickets/sign-in?next=/tickets/admin`);
  await page.waitForURL(`${url}/tickets/admin`);
});
