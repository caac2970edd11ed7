// Every webhook body that the stand-in delivers, verified by the official SDK.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onboard, openInbox, sale, START, startSim } from './sim.mjs';

const SECRET = 'whsec_platform';
const CONNECT = 'whsec_connect';
let inbox;
let connect;
let sim;

before(async () => {
  [inbox, connect] = [await openInbox(), await openInbox()];
  sim = await startSim('--webhook', `${inbox.url}=${SECRET}`, '--connect-webhook', `${connect.url}=${CONNECT}`);
});
after(() => {
  sim.stop();
  inbox.close();
  connect.close();
});

// The SDK takes its clock from the machine; the stand-in's runs on its own, so the tolerance is measured against that.
const verify = ({ body, signature }, secret, now = START) =>
  sim.stripe.webhooks.constructEvent(body, signature, secret, 300, undefined, now * 1000);

test('each delivered body is a genuine event for its own endpoint only', async () => {
  const account = await onboard(sim);
  await sale(sim, account);
  await sim.deliver();
  const [own, connected] = [inbox.take(), connect.take()];
  const types = own.map((one) => verify(one, SECRET).type);
  for (const type of ['checkout.session.completed', 'payment_intent.succeeded', 'charge.succeeded', 'transfer.created', 'application_fee.created']) {
    assert.ok(types.includes(type), type);
  }
  for (const one of connected) {
    assert.equal(verify(one, CONNECT).account, account);
    assert.throws(() => verify(one, SECRET), { type: 'StripeSignatureVerificationError' });
  }
  assert.ok(connected.some((one) => verify(one, CONNECT).type === 'account.updated'));
});

test('a body that was touched, or that is too old, is refused', async () => {
  await sale(sim, await onboard(sim));
  await sim.deliver();
  const [one] = inbox.take();
  connect.take();
  const touched = { ...one, body: Buffer.concat([one.body, Buffer.from(' ')]) };
  assert.throws(() => verify(touched, SECRET), { type: 'StripeSignatureVerificationError' });
  assert.equal(verify(one, SECRET, START + 300).id, verify(one, SECRET).id);
  assert.throws(() => verify(one, SECRET, START + 301), { type: 'StripeSignatureVerificationError' });
});

test('while a secret is being rolled both verify, and afterwards only the new one', async () => {
  const [endpoint] = (await sim.stripe.webhookEndpoints.list()).data.filter((one) => one.url === inbox.url);
  const { body } = await sim.control('POST', `/_sim/webhooks/${endpoint.id}/roll`, { keep_old_seconds: 60 });
  const account = await onboard(sim);
  await sale(sim, account);
  await sim.deliver();
  const during = inbox.take();
  assert.ok(during.length > 0);
  for (const one of during) {
    assert.equal(verify(one, SECRET).id, verify(one, body.secret).id);
  }
  await sim.advance(60);
  await sale(sim, account);
  await sim.deliver();
  const [one] = inbox.take();
  assert.throws(() => verify(one, SECRET, START + 60), { type: 'StripeSignatureVerificationError' });
  assert.equal(verify(one, body.secret, START + 60).object, 'event');
});

test('the stand-in signs exactly as the SDK signs its own test headers', async () => {
  const created = await sim.stripe.webhookEndpoints.create({ url: inbox.url.replace('/hook', '/other'), enabled_events: ['charge.succeeded'] });
  await sale(sim, await onboard(sim));
  await sim.deliver();
  const { body: clock } = await sim.control('GET', '/_sim/clock');
  const mine = inbox.take().filter((one) => {
    const payload = one.body.toString();
    const options = { payload, secret: created.secret, timestamp: clock.now };
    return sim.stripe.webhooks.generateTestHeaderString(options) === one.signature;
  });
  assert.equal(mine.length, 1);
});
