// Passkeys with a device that Chromium plays by itself: it has a lock, it knows who holds it, and it keeps keys.

import type { BrowserContext, CDPSession, Page } from "@playwright/test";
import type { Demo } from "../support/demo";
import { expect, test } from "../support/fixtures";
import { judge } from "../support/judge";
import { mailTo } from "../support/mail";

// The browser notes on its console that a passkey was refused.
test.use({ expectedComplaints: [/status of 422/] });

/** A device at hand of a page; it answers once it is touched. */
async function device(context: BrowserContext, page: Page): Promise<{ touch(on: boolean): Promise<void> }> {
  const cdp: CDPSession = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true } as const;
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options: { ...options, automaticPresenceSimulation: false } });
  return {
    async touch(enabled) {
      await cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
    },
  };
}

async function signInByMail(page: Page, demo: Demo, email: string): Promise<void> {
  await page.goto(`${demo.record.url}/tickets/sign-in?next=/tickets/account`);
  await page.getByLabel("Your e-mail address").fill(email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look into your mail");
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
  const phone = await device(context, page);
  await signInByMail(page, demo, "keys@sellers.example");
  await judge(page, "account without passkeys");
  await phone.touch(true);
  await add(page);
  const passkeys = page.getByRole("region", { name: "Passkeys" });
  await expect(passkeys.getByText("Not used yet")).toBeVisible();
  await judge(page, "account with a passkey");
  await page.getByText("Rename").click();
  await page.getByLabel("Name", { exact: true }).fill("ਹਰਪ੍ਰੀਤ ਦਾ ਫ਼ੋਨ");
  await judge(page, "account with a passkey that gets a name");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(passkeys.getByRole("heading", { name: "ਹਰਪ੍ਰੀਤ ਦਾ ਫ਼ੋਨ" })).toBeVisible();

  await test.step("signed out everywhere, the device alone signs in", async () => {
    await phone.touch(false);
    await context.clearCookies();
    await page.goto(`${url}/tickets/organizer`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sell tickets");
    await judge(page, "sign-in with a passkey");
    await phone.touch(true);
    await page.goto(`${url}/tickets/sign-in?next=/tickets/account`);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click({ noWaitAfter: true }).catch(() => undefined);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your account");
    await expect(page.getByText("Signed in with a passkey")).toBeVisible();
  });

  await test.step("removed, it opens nothing any more, and a mail tells of it", async () => {
    await page.getByRole("button", { name: "Remove the passkey" }).click();
    await expect(page.getByRole("status")).toContainText("signs nobody in any more");
    await context.clearCookies();
    await page.goto(`${url}/tickets/sign-in`);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await expect(page.getByRole("alert")).not.toBeEmpty();
    await page.goto(`${url}/tickets/account`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("My tickets");
  });
});

test("an admin's passkey is both factors", async ({ page, context, startDemo }) => {
  const demo = await startDemo({ DEMO_HOST: "localhost" });
  const url = demo.record.url;
  const phone = await device(context, page);
  await phone.touch(true);
  await page.goto(`${url}/_demo/sign-in/admin`);
  await page.goto(`${url}/tickets/account`);
  await add(page);
  await context.clearCookies();
  await page.goto(`${url}/tickets/sign-in?next=/tickets/admin`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click({ noWaitAfter: true }).catch(() => undefined);
  await page.waitForURL(`${url}/tickets/admin`);
});
