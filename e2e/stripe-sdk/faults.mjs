// What the official SDK does when the stand-in breaks: it retries with its own key, and one object is made.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import Stripe from 'stripe';
import { order, startSim } from './sim.mjs';

const { errors } = Stripe;
const PATH = '/v1/checkout/sessions';
let sim;

before(async () => {
  sim = await startSim();
});
after(() => sim.stop());
afterEach(() => sim.control('POST', '/_sim/reset'));

const count = async () => (await sim.stripe.checkout.sessions.list({ limit: 100 })).data.length;
const fault = (kind, more = {}) => sim.arm({ kind, method: 'POST', path: PATH, ...more });

for (const kind of ['error_before', 'reset_before', 'reset_after']) {
  test(`after ${kind} the SDK tries again by itself and one session exists`, async () => {
    await fault(kind);
    const session = await sim.sdk({ maxNetworkRetries: 2 }).checkout.sessions.create(order());
    assert.match(session.id, /^cs_test_/);
    assert.equal(await count(), 1);
    assert.deepEqual(await sim.fired(), [kind]);
    const { body: requests } = await sim.control('GET', '/_sim/requests');
    const keys = requests.filter((request) => request.method === 'POST').map((request) => request.idempotency_key);
    assert.equal(keys.length, 2);
    assert.equal(new Set(keys).size, 1);
  });
}

test('while a key is running a second request waits out its 409 and gets the same session', async () => {
  await fault('latency', { ms: 400 });
  const patient = sim.sdk({ maxNetworkRetries: 5 });
  const both = await Promise.all([1, 2].map(() => patient.checkout.sessions.create(order(), { idempotencyKey: 'same' })));
  assert.equal(both[0].id, both[1].id);
  assert.equal(await count(), 1);
});

test('an error after the commit is saved for the key, and the session exists', async () => {
  await fault('error_after');
  const create = sim.sdk({ maxNetworkRetries: 1 }).checkout.sessions.create(order());
  await assert.rejects(create, errors.StripeAPIError);
  assert.equal(await count(), 1);
});

test('a cut body and a cut connection are connection errors', async () => {
  for (const kind of ['reset_mid_body', 'reset_before']) {
    // The SDK retries a closed socket once even when retries are off.
    await fault(kind, { times: 2 });
    await assert.rejects(sim.sdk({ maxNetworkRetries: 0 }).checkout.sessions.create(order()), errors.StripeConnectionError);
  }
});

test('an answer that is not JSON is an API error', async () => {
  await fault('malformed_json');
  await assert.rejects(sim.sdk({ maxNetworkRetries: 0 }).checkout.sessions.create(order()), errors.StripeAPIError);
});

for (const kind of ['rate_limit', 'lock_timeout']) {
  test(`${kind} is not retried unless the header says so`, async () => {
    await fault(kind);
    const refused = sim.sdk({ maxNetworkRetries: 2 }).checkout.sessions.create(order());
    await assert.rejects(refused, (error) => error instanceof errors.StripeRateLimitError && error.code === kind);
    assert.equal(await count(), 0);
    await fault(kind, { should_retry: true });
    await sim.sdk({ maxNetworkRetries: 2 }).checkout.sessions.create(order());
    assert.equal(await count(), 1);
  });
}
