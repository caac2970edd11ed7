// The door without a network: fifty scans, a reload, a tab that is killed while it hands them in. What the
// server holds afterwards is read from its database by another program.

import { call } from "../support/api";
import { expectOnline, keptScans, next, pairPage, rehearsal, show, tickets } from "../support/door";
import { expect, test } from "../support/fixtures";

// The browser notes on its console each call that found no network.
test.use({ expectedComplaints: [/net::/] });

test("fifty scans without a network reach the server exactly once, and what was wrong is told on both sides", async ({ context, page, demo }) => {
  const { url, organizer_token } = demo.record;
  const event = await rehearsal(demo, "Offline rehearsal");
  const mine = await tickets(demo, event, 30, "Harpreet Kaur");
  const elsewhere = await tickets(demo, await rehearsal(demo, "Another evening"), 5, "Ravi Menon");
  await pairPage(page, demo, event, "Gate B");
  await context.setOffline(true);
  // A feed that is open would go on: the browser cuts only what begins. So the page begins anew.
  await page.reload();
  await expect(page.getByTestId("net")).toContainText("Offline since");

  // After the list was loaded, three are refunded and two go in at another gate.
  const refunded = mine.tickets.slice(0, 3);
  const gone = await call("POST", `${url}/api/tickets/orders/${mine.order}/refund`, organizer_token, { tickets: refunded.map(({ id }) => id), reason: "Asked for" });
  expect(gone.status, JSON.stringify(gone.body)).toBe(201);
  const gateA = await call("POST", `${url}/api/tickets/events/${event.id}/scanner-keys`, organizer_token, { name: "Gate A" });
  const inAtA = mine.tickets.slice(3, 5);
  for (const { qr_token } of inAtA) {
    const { body } = await call("POST", `${url}/api/tickets/tickets/validate`, gateA.body.secret ?? gateA.body.key, { token: qr_token });
    expect(body.result).toBe("valid");
  }

  const unknown = Array.from({ length: 5 }, (_, i) => `${"ABCDE"[i]}`.repeat(32));
  const codes = [
    ...mine.tickets.slice(0, 15).map(({ qr_token }) => [qr_token, "valid"]),
    ...unknown.map((code) => [code, "not_found"]),
    ...mine.tickets.slice(10, 13).map(({ qr_token }) => [qr_token, "already_used"]),
    ...mine.tickets.slice(15).map(({ qr_token }) => [qr_token, "valid"]),
    ...elsewhere.tickets.map(({ qr_token }) => [qr_token, "not_found"]),
    ...mine.tickets.slice(20, 27).map(({ qr_token }) => [qr_token, "already_used"]),
  ] as [string, string][];
  expect(codes).toHaveLength(50);
  const began = Date.now();
  for (const [at, [code, word]] of codes.entries()) {
    if (at === 27) {
      await page.reload();
      await expect(page.getByTestId("net")).toContainText("27 scans waiting");
    }
    const answer = await show(page, code);
    expect(answer.word, `scan ${at}`).toBe(word);
    if (word === "valid") expect(answer.text).toContain("Harpreet Kaur");
  }
  const ended = Date.now();
  await next(page);
  await expect(page.getByTestId("net")).toContainText("Offline since");
  await expect(page.getByTestId("net")).toContainText(`${codes.length} scans waiting, list from`);
  await expect(page.getByTestId("count")).toContainText("30 of 30 in");

  // The server takes the batch, and the tab is killed before it hears so.
  let taken = 0;
  const killed = new Promise<void>((resolve) => {
    void context.route("**/api/tickets/check-in/scans", async (route) => {
      taken += 1;
      if (taken > 1) return route.continue();
      const answer = await route.fetch();
      expect(answer.status()).toBe(200);
      await page.close();
      resolve();
    });
  });
  await context.setOffline(false);
  await killed;
  expect(keptScans(demo, event).filter(({ device }) => device === "Gate B")).toHaveLength(codes.length);

  const again = await context.newPage();
  await again.goto(`${url}/tickets/checkin`);
  await expectOnline(again);
  expect(taken).toBeGreaterThan(1);

  const kept = keptScans(demo, event).filter(({ device }) => device === "Gate B");
  expect(kept).toHaveLength(codes.length);
  expect(new Set(kept.map(({ client_id }) => client_id)).size).toBe(codes.length);
  expect(kept.map(({ told }) => told)).toEqual(codes.map(([, word]) => word));
  for (const { scanned_at } of kept) {
    expect(scanned_at / 1000).toBeGreaterThanOrEqual(began - 1);
    expect(scanned_at / 1000).toBeLessThanOrEqual(ended + 1);
  }
  expect(kept.filter(({ result }) => result === "valid")).toHaveLength(25);
  expect(kept.filter(({ conflict }) => conflict)).toHaveLength(5);

  // The organizer's side, and the device's.
  const { body: told } = await call("GET", `${url}/api/tickets/events/${event.id}/check-in/conflicts`, organizer_token);
  const serials = [...refunded, ...inAtA].map(({ serial }) => serial).sort();
  expect((told as { serial: string }[]).map(({ serial }) => serial).sort()).toEqual(serials);
  await again.getByRole("button", { name: "History" }).click();
  const sheet = again.getByTestId("sheet-history");
  await expect(sheet.getByRole("heading", { name: "5 conflicts" })).toBeVisible();
  for (const serial of serials) await expect(sheet.getByText(serial)).toBeVisible();
  await expect(sheet.getByText(/Also let in: Gate A, \d\d:\d\d/)).toHaveCount(2);
  await expect(sheet.getByText("Refunded")).toHaveCount(3);
});
