// The door's app in a browser: pairing, scanning, undoing, finding people, and what it keeps of them.

import type { Page } from "@playwright/test";
import { call, scan } from "../support/api";
import { everythingKept, expectOnline, keptScans, next, pairingCode, pairPage, rehearsal, show, tickets } from "../support/door";
import { expect, test } from "../support/fixtures";
import { judge } from "../support/judge";

// The browser notes on its console what the journeys provoke: a code that is refused, a network that is gone.
test.use({ expectedComplaints: [/status of 40[14]|net::/], permissions: ["camera"] });

const PASSPHRASE = "marigold lantern 12";

test("a device is paired by a typed code, follows the other gates and undoes within a minute", async ({ page, demo }) => {
  const { url } = demo.record;
  const event = await rehearsal(demo, "Typed rehearsal");
  const { tickets: mine } = await tickets(demo, event, 4, "ਹਰਪ੍ਰੀਤ ਕੌਰ");
  const [one, two, three] = mine.map(({ qr_token }) => qr_token) as [string, string, string];
  await page.goto(`${url}/tickets/checkin`);
  const code = page.getByLabel("Pairing code");
  await code.fill("K7Q4M-9XMP");
  await page.getByRole("button", { name: "Pair", exact: true }).click();
  await expect(page.getByText("A pairing code has ten letters and digits")).toBeVisible();
  await code.fill("K7Q4M-9XMPT");
  await page.getByRole("button", { name: "Pair", exact: true }).click();
  await expect(page.getByText("This code is wrong, used or too old")).toBeVisible();
  await code.fill((await pairingCode(demo, event, "Gate B")).toLowerCase().replace("-", " "));
  await page.getByRole("button", { name: "Pair", exact: true }).click();
  await expectOnline(page);
  await expect(page.getByTestId("count")).toContainText("0 of 4 in");

  expect((await show(page, one)).word).toBe("valid");
  expect((await show(page, one)).text).toContain("Here, ");
  // Another gate lets somebody in; nobody has asked this one.
  const gateA = await call("POST", `${url}/api/tickets/events/${event.id}/scanner-keys`, demo.record.organizer_token, { name: "Gate A" });
  expect(await scan(demo, { ...event, slug: "", scanner_key: gateA.body.key }, two)).toBe("valid");
  await next(page);
  await expect(page.getByTestId("count")).toContainText("2 of 4 in");
  expect((await show(page, two)).text).toMatch(/Gate A, \d\d:\d\d/);

  expect((await show(page, three)).word).toBe("valid");
  await page.getByTestId("answer").getByRole("button", { name: /^Undo/ }).click();
  await expect(page.getByTestId("answer")).toHaveAttribute("data-word", "undone");
  await next(page);
  await expect(page.getByTestId("count")).toContainText("2 of 4 in");
  expect((await show(page, three)).word).toBe("valid");
  expect((await show(page, "https://example.ca/menu")).word).toBe("foreign");
  await next(page);
  await page.getByRole("button", { name: "Type" }).click();
  await page.getByLabel("Serial, below the code").fill((mine[3]?.serial ?? "").toLowerCase().replaceAll("-", " "));
  await page.getByRole("button", { name: "Check" }).click();
  await expect(page.getByTestId("answer")).toHaveAttribute("data-word", "valid");
  expect(keptScans(demo, event).filter(({ result }) => result === "undone")).toHaveLength(1);
});

test("a slow answer does not hold up the door, and is compared when it comes", async ({ page, context, demo }) => {
  const event = await rehearsal(demo, "Slow rehearsal");
  const { tickets: mine } = await tickets(demo, event, 2, "Harpreet Kaur");
  await pairPage(page, demo, event, "Gate B");
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  await context.route("**/api/tickets/tickets/validate", async (route) => {
    await opened;
    await route.continue();
  });
  const answer = await show(page, mine[0]?.qr_token ?? "");
  expect(answer.word).toBe("valid");
  expect(answer.text).toContain("Decided on this device");
  open();
  await next(page);
  await expectOnline(page);
  const kept = keptScans(demo, event);
  expect(kept).toHaveLength(1);
  expect(kept[0]).toMatchObject({ result: "valid", told: "valid", conflict: 0 });
});

test("a lost phone reveals nobody, and a supervisor's passphrase opens the list of names", async ({ page, context, demo }) => {
  const { url, organizer_token } = demo.record;
  const event = await rehearsal(demo, "Sealed rehearsal", ["General admission", "Elders"]);
  const family = await tickets(demo, event, 3, "Amélie Ouédraogo", 1);
  const other = await tickets(demo, event, 2, "Ravi Menon");
  const set = await call("PUT", `${url}/api/tickets/events/${event.id}/check-in/passphrase`, organizer_token, { passphrase: PASSPHRASE });
  expect(set.status, JSON.stringify(set.body)).toBeLessThan(300);
  let key = "";
  page.on("request", (request) => (key = request.headers().authorization?.replace("Bearer ", "") ?? key));
  await pairPage(page, demo, event, "Gate B", "supervisor");
  expect((await show(page, other.tickets[0]?.qr_token ?? "")).text).toContain("Ravi Menon");
  await next(page);

  // Online, the server finds people, and those of an order go in together.
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByLabel("Name, e-mail or serial").fill("Amélie");
  const boxes = page.getByRole("checkbox");
  await expect(boxes).toHaveCount(3);
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole("button", { name: "Let 2 in" }).click();
  await expect(page.getByTestId("answer")).toContainText("2 let in");
  await next(page);
  await page.keyboard.press("Escape");

  // Offline, the list opens with the passphrase only.
  await context.setOffline(true);
  await show(page, other.tickets[1]?.qr_token ?? "");
  await next(page);
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByLabel("Name, e-mail or serial").fill("ouedraogo");
  await page.getByLabel("Passphrase").fill("something else");
  await page.getByRole("button", { name: "Unlock" }).click();
  await expect(page.getByText("That is not the passphrase.")).toBeVisible();
  await page.getByLabel("Passphrase").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Unlock" }).click();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Let 1 in" }).click();
  await expect(page.getByTestId("answer")).toHaveAttribute("data-word", "valid");
  await next(page);
  await page.reload();

  const kept = await everythingKept(page);
  expect(key.length).toBeGreaterThan(20);
  expect(kept).toContain("key that can be exported: false");
  expect(kept).toContain("Sealed rehearsal");
  const secrets = [key, "Ravi", "Menon", "Am\u00e9lie", "Ouédraogo", "AmÃ©lie", "guests.example", PASSPHRASE, ...[...family.tickets, ...other.tickets].map(({ qr_token }) => qr_token)];
  for (const secret of secrets) expect(kept.toLowerCase(), secret).not.toContain(secret.toLowerCase());

  // Back online everything arrives, and unpairing leaves nothing.
  await context.setOffline(false);
  await expectOnline(page);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "Unpair this device" }).click();
  await page.getByRole("button", { name: "Yes, unpair" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Pair this device");
  const left = await everythingKept(page);
  expect(left).not.toContain("Sealed rehearsal");
  expect(left).not.toContain(event.id);
  expect(keptScans(demo, event).filter(({ result }) => result === "valid")).toHaveLength(5);
});

test("a withdrawn device admits nobody", async ({ page, demo }) => {
  const { url, organizer_token } = demo.record;
  const event = await rehearsal(demo, "Withdrawn rehearsal");
  const { tickets: mine } = await tickets(demo, event, 1, "Harpreet Kaur");
  await pairPage(page, demo, event, "Gate B");
  const { body: keys } = await call("GET", `${url}/api/tickets/events/${event.id}/scanner-keys`, organizer_token);
  const own = (keys.keys ?? keys).find((one: { name: string }) => one.name === "Gate B");
  const ended = await call("DELETE", `${url}/api/tickets/events/${event.id}/scanner-keys/${own.id}`, organizer_token);
  expect(ended.status).toBeLessThan(300);
  await expect(page.getByTestId("net")).toContainText("This device was withdrawn");
  expect((await show(page, mine[0]?.qr_token ?? "")).word).toBe("withdrawn");
  expect(keptScans(demo, event)).toHaveLength(0);
});

/** The app is a phone's: it is judged at a phone's width, in both colours. */
const onPhone = (page: Page, name: string) => judge(page, name, [360]);

test("no state of the door's app breaks a rule of accessibility", async ({ page, context, demo }) => {
  const event = await rehearsal(demo, "Judged rehearsal", ["General admission", "Front row with supper · ਪੰਜਾਬੀ ਥਾਲੀ · 晚宴"]);
  const { tickets: mine, order } = await tickets(demo, event, 4, "Amélie Ouédraogo-Beauchamp de la Montagne", 1);
  const [one, two, refunded] = mine.map(({ qr_token }) => qr_token) as [string, string, string];
  await call("POST", `${demo.record.url}/api/tickets/orders/${order}/refund`, demo.record.organizer_token, { tickets: [mine[2]?.id], reason: "Asked for" });
  await page.goto(`${demo.record.url}/tickets/checkin`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Pair this device");
  await onPhone(page, "pairing");
  await page.getByRole("button", { name: "Pair", exact: true }).click();
  await onPhone(page, "pairing with a fault");
  await pairPage(page, demo, event, "Gate B", "supervisor");
  await onPhone(page, "the door");
  for (const code of [one, one, refunded, "A".repeat(32)]) {
    const { word } = await show(page, code);
    const answer = page.getByTestId("answer");
    // An admission closes by itself; it is opened again to be looked at for longer.
    if (word === "valid") await expect(answer).not.toHaveAttribute("open");
    await answer.evaluate((dialog: HTMLDialogElement) => dialog.open || dialog.showModal());
    await onPhone(page, `the answer ${word}`);
  }
  await next(page);
  for (const [button, sheet] of [["Type", "type"], ["Search", "search"], ["History", "history"], ["More", "more"]] as const) {
    await page.getByRole("button", { name: button, exact: true }).click();
    if (sheet === "search") {
      await page.getByLabel("Name, e-mail or serial").fill("Amélie");
      await expect(page.getByRole("checkbox").first()).toBeVisible();
    }
    await onPhone(page, sheet);
    await page.getByRole("button", { name: "Back" }).click();
  }
  await page.getByTestId("count").click();
  await onPhone(page, "counts");
  await page.getByRole("button", { name: "Back" }).click();
  await context.setOffline(true);
  await show(page, two);
  await next(page);
  await expect(page.getByTestId("net")).toContainText("1 scan waiting");
  await onPhone(page, "the door without a network");
  for (const look of ["Sunlight", "Night"]) {
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("radio", { name: look }).check();
    await page.getByRole("button", { name: "Back" }).click();
    await onPhone(page, `the door, ${look}`);
  }
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("radio", { name: "ਪੰਜਾਬੀ" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "pa");
  await onPhone(page, "the door in Punjabi");
});
