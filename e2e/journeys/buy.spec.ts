// A ticket is bought, mailed, printed and shown at the door: the whole path of one sale.

import { call, scan } from "../support/api";
import { expect, test } from "../support/fixtures";
import { codesIn, codesInPdf, mailTo } from "../support/mail";
import { shots } from "../support/shots";
import { buyer, choose, expectTickets, fillIn, pay, toPayment } from "../support/steps";

test("two tickets are bought by card, mailed as a PDF, and each opens the door once", async ({ page, demo }) => {
  const event = demo.event("Jugnu Winter Mela");
  const who = buyer("ਹਰਪ੍ਰੀਤ ਕੌਰ", "two-tickets");
  await page.goto(`${demo.record.url}/tickets`);
  await shots(page, "events");
  await page.getByRole("link", { name: event.title }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(event.title);
  await shots(page, "event");
  await choose(page, demo, event, 2);
  await shots(page, "checkout");
  await fillIn(page, who);
  await page.waitForURL(`${demo.record.stripe_url}/**`);
  await shots(page, "stripe-checkout");
  await pay(page, "4242 4242 4242 4242");
  await expectTickets(page, demo, 2);
  await shots(page, "order-paid");
  const onPage = codesIn(await page.locator(".ticket__code svg").first().screenshot({ scale: "css" }));

  const mail = await mailTo(demo, who.email);
  expect(mail.subject).toContain("Jugnu Winter Mela");
  const pdf = mail.attachments.find((file) => file.mime === "application/pdf");
  expect(mail.attachments.map((file) => file.mime).sort()).toEqual(["application/pdf", "text/calendar"]);
  const tokens = codesInPdf(Buffer.from(pdf?.base64 ?? "", "base64"));
  expect(new Set(tokens).size).toBe(2);
  expect(tokens).toContain(onPage[0]);

  for (const token of tokens) {
    expect(await scan(demo, event, token)).toBe("valid");
    expect(await scan(demo, event, token)).toBe("already_used");
  }
  expect(await scan(demo, demo.event("Bhangra Brunch"), tokens[0] ?? "")).toBe("wrong_event");

  await page.reload();
  await expect(page.getByText("Used", { exact: true })).toHaveCount(2);
  await shots(page, "order-used");
});

test("the link in the mail opens the order in another browser, and nothing else does", async ({ page, demo, browser }) => {
  const event = demo.event("Bhangra Brunch");
  const who = buyer("Amélie Tremblay", "another-browser");
  await toPayment(page, demo, event, 1, who);
  await pay(page, "4242 4242 4242 4242");
  await expectTickets(page, demo, 1);
  const order = page.url();
  const stranger = await browser.newContext();
  const other = await stranger.newPage();
  const refused = await other.goto(order);
  expect([401, 403, 404]).toContain(refused?.status());
  await expect(other.locator(".ticket__code")).toHaveCount(0);
  await shots(other, "order-stranger");
  const mail = await mailTo(demo, who.email);
  const link = mail.text.match(/http\S+\/tickets\/order\/\S+key=\S+/)?.[0];
  await other.goto(link ?? "");
  // The secret is not left in the address bar, where a screenshot or a history would keep it.
  await expectTickets(other, demo, 1);
  await stranger.close();
});

test("a free ticket needs no payment page", async ({ page, demo }) => {
  const event = demo.event("Community tea");
  const who = buyer("陳大文", "free-seat");
  await choose(page, demo, event, 1);
  await shots(page, "checkout-free");
  await fillIn(page, who);
  await expectTickets(page, demo, 1);
  await shots(page, "order-free");
  expect((await mailTo(demo, who.email)).attachments).toHaveLength(2);
});

test.describe("what the browser notes", () => {
  // It notes on its console that a form was refused.
  test.use({ expectedComplaints: [/status of 422/] });

  test("a checkout with nothing filled in says what is missing and keeps what was typed", async ({ page, demo }) => {
    await choose(page, demo, demo.event("Jugnu Winter Mela"), 1);
    await page.getByLabel("E-mail", { exact: true }).fill("not an address");
    await page.getByRole("button", { name: /^Pay/ }).click();
    await expect(page.getByRole("alert")).toHaveText("Two things need another look.");
    await expect(page.getByLabel("E-mail", { exact: true })).toHaveValue("not an address");
    await expect(page.getByLabel("Your name")).toBeFocused();
    await shots(page, "checkout-errors");
  });
});

test("the order's PDF and calendar file can be fetched from its page", async ({ page, demo }) => {
  await choose(page, demo, demo.event("Community tea"), 1);
  await fillIn(page, buyer("Sam", "files"));
  await expectTickets(page, demo, 1);
  const fetched = async (name: string) => {
    const href = await page.getByRole("link", { name }).first().getAttribute("href");
    return page.request.get(new URL(href ?? "", page.url()).href);
  };
  const pdf = await fetched("Download PDF");
  expect(pdf.headers()["content-type"]).toBe("application/pdf");
  expect(codesInPdf(await pdf.body())).toHaveLength(1);
  expect(await (await fetched("Add to calendar")).text()).toContain("BEGIN:VEVENT");
  expect((await call("GET", `${demo.record.url}/api/tickets/health`)).status).toBe(200);
});
