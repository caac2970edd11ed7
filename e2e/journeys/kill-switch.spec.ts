// Off means off: with ticketing switched off the host is what it was, and nothing of ours answers
// except health and the intake of Stripe's webhooks. Switched on again, everything is still there.

import { call } from "../support/api";
import { expect, test } from "../support/fixtures";
import { buyer, choose, expectTickets, fillIn } from "../support/steps";

test("with the switch off every page is gone, and with it on again the order is there", async ({ page, startDemo }) => {
  const first = await startDemo();
  const event = first.event("Community tea");
  await choose(page, first, event, 1);
  await fillIn(page, buyer("Sam", "kill-switch"));
  await expectTickets(page, first, 1);
  const order = new URL(page.url()).pathname;
  const host = await call("GET", `${first.record.url}/`);
  await first.stop();

  const off = await startDemo({ ENABLE_TICKETING: "false" }, first.data);
  expect(await call("GET", `${off.record.url}/`)).toEqual(host);
  for (const path of ["/tickets", "/tickets/events", `/tickets/e/${event.slug}`, `/tickets/checkout/${event.id}`, order, "/tickets/terms"]) {
    expect((await call("GET", off.record.url + path)).status, path).toBe(404);
  }
  for (const [method, path] of [
    ["GET", "/events/public"],
    ["GET", `/events/${event.id}`],
    ["POST", "/checkout/session"],
    ["POST", "/tickets/validate"],
    ["GET", "/organizers/me"],
    ["GET", "/openapi.json"],
  ] as const) {
    const answer = await call(method, `${off.record.url}/api/tickets${path}`, off.record.organizer_token, method === "POST" ? {} : undefined);
    expect([answer.status, answer.body.code], path).toEqual([404, "not-found"]);
  }
  expect((await call("GET", `${off.record.url}/api/tickets/health`)).status).toBe(200);
  const unsigned = await call("POST", `${off.record.url}/api/tickets/webhooks/stripe`, undefined, {});
  expect([unsigned.status, unsigned.body.code]).toEqual([400, "bad-signature"]);
  await off.stop();

  const on = await startDemo({}, first.data);
  const mail = await call("GET", `${on.record.mail_url}/messages`);
  expect(mail.body.length).toBeGreaterThan(0);
  const seen = await call("GET", `${on.record.url}/api/tickets/orders/${order.split("/").pop()}`, on.record.organizer_token);
  expect([seen.status, seen.body.status]).toEqual([200, "paid"]);
});
