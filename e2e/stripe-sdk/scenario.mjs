// The life of an organizer, a sale and its refund, driven by Stripe's official SDK from outside.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Stripe from 'stripe';
import { onboard, order, orderFor, organizer, sale, startSim } from './sim.mjs';

const { errors } = Stripe;
let sim;
let account;

before(async () => {
  sim = await startSim();
  account = await onboard(sim);
});
after(() => sim.stop());

test('an organizer is ready only after the onboarding page', async () => {
  const fresh = await sim.stripe.accounts.create(organizer);
  assert.equal(fresh.capabilities.transfers, 'inactive');
  assert.equal(fresh.type, 'express');
  const ready = await sim.stripe.accounts.retrieve(account);
  assert.equal(ready.capabilities.transfers, 'active');
  assert.equal(ready.payouts_enabled, true);
  const login = await sim.stripe.accounts.createLoginLink(account);
  assert.match(login.url, /^http:\/\/127\.0\.0\.1/);
  await assert.rejects(sim.stripe.accounts.createLoginLink(fresh.id), errors.StripeInvalidRequestError);
  await assert.rejects(sim.stripe.checkout.sessions.create(orderFor(fresh.id)), { code: 'insufficient_capabilities_for_transfer' });
});

test('a sale moves the money where it belongs', async () => {
  const session = await sale(sim, account);
  assert.equal(session.status, 'complete');
  assert.equal(session.payment_status, 'paid');
  assert.equal(session.amount_total, 10_000);
  assert.equal(session.line_items.data[0].quantity, 4);
  const charge = session.payment_intent.latest_charge;
  assert.equal(charge.balance_transaction.fee, 320);
  const transfer = await sim.stripe.transfers.retrieve(charge.transfer, { expand: ['destination_payment'] });
  assert.equal(transfer.amount, 10_000);
  assert.equal(transfer.destination_payment.object, 'charge');
  const fee = await sim.stripe.applicationFees.retrieve(charge.application_fee);
  assert.equal(fee.amount, 1_000);
  assert.equal(fee.originating_transaction, charge.id);
  const balance = await sim.stripe.balance.retrieve({}, { stripeAccount: account });
  assert.equal(balance.pending[0].amount, 9_000);
});

test('a refund in three calls leaves nobody out of pocket', async () => {
  const { payment_intent: intent } = await sale(sim, account);
  const charge = intent.latest_charge;
  const metadata = { refund_id: 'r1' };
  const refund = await sim.stripe.refunds.create({ payment_intent: intent.id, amount: 4_000, metadata }, { idempotencyKey: 'r1:r' });
  assert.equal(refund.status, 'succeeded');
  const reversal = await sim.stripe.transfers.createReversal(charge.transfer, { amount: 4_000, metadata });
  assert.equal(reversal.amount, 4_000);
  const back = await sim.stripe.applicationFees.createRefund(charge.application_fee, { amount: 400, metadata });
  assert.equal(back.fee, charge.application_fee);
  await sim.stripe.refunds.create({ charge: charge.id });
  await assert.rejects(sim.stripe.refunds.create({ charge: charge.id }), { code: 'charge_already_refunded' });
  await assert.rejects(sim.stripe.transfers.createReversal(charge.transfer, { amount: 6_001 }), errors.StripeInvalidRequestError);
  const after = await sim.stripe.charges.retrieve(charge.id, { expand: ['refunds'] });
  assert.equal(after.refunded, true);
  assert.deepEqual(after.refunds.data.map((one) => one.amount), [6_000, 4_000]);
  const updated = await sim.stripe.refunds.update(refund.id, { metadata: { note: 'seen' } });
  assert.deepEqual(updated.metadata, { refund_id: 'r1', note: 'seen' });
  const reversals = await sim.stripe.transfers.listReversals(charge.transfer);
  assert.equal(reversals.data.length, 1);
  const { body: ledger } = await sim.control('GET', '/_sim/ledger');
  assert.equal(ledger.sum, 0);
});

test('sessions expire by request and by the clock, and then take no money', async () => {
  const session = await sim.stripe.checkout.sessions.create(order());
  const expired = await sim.stripe.checkout.sessions.expire(session.id);
  assert.equal(expired.status, 'expired');
  await assert.rejects(sim.stripe.checkout.sessions.expire(session.id), errors.StripeInvalidRequestError);
  assert.equal((await sim.pay(session.id)).status, 400);
  const { body: clock } = await sim.control('GET', '/_sim/clock');
  const short = await sim.stripe.checkout.sessions.create(order({ expires_at: clock.now + 1_800 }));
  await sim.advance(1_800);
  assert.equal((await sim.stripe.checkout.sessions.retrieve(short.id)).status, 'expired');
});

test('each refusal has the class that the SDK gives to real ones', async () => {
  const { stripe, sdk } = sim;
  await assert.rejects(sdk({}, 'sk_live_no').balance.retrieve(), errors.StripeAuthenticationError);
  await assert.rejects(stripe.balance.retrieve({}, { stripeAccount: 'acct_nobody' }), errors.StripePermissionError);
  await assert.rejects(stripe.refunds.retrieve('re_none'), (error) => {
    assert.ok(error instanceof errors.StripeInvalidRequestError);
    assert.equal(error.statusCode, 404);
    assert.match(error.requestId, /^req_/);
    return true;
  });
  await assert.rejects(stripe.checkout.sessions.create(order({ ui_mode: 'hosted' })), { param: 'ui_mode' });
  const old = order({ payment_method_types: ['card'] });
  await assert.rejects(stripe.checkout.sessions.create(old), { code: 'parameter_unknown' });
  await stripe.checkout.sessions.create(order(), { idempotencyKey: 'one' });
  const other = stripe.checkout.sessions.create(order({ locale: 'en' }), { idempotencyKey: 'one' });
  await assert.rejects(other, errors.StripeIdempotencyError);
});

test('a declined card is a card error, and the session stays open', async () => {
  const session = await sim.stripe.checkout.sessions.create(order());
  const pay = sim.stripe.rawRequest('POST', `/_sim/checkout/sessions/${session.id}/pay`, { card: '4000000000000002' });
  await assert.rejects(pay, (error) => {
    assert.ok(error instanceof errors.StripeCardError);
    assert.equal(error.code, 'card_declined');
    assert.equal(error.decline_code, 'generic_decline');
    return true;
  });
  const again = await sim.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
  assert.equal(again.status, 'open');
  assert.equal(again.payment_intent.status, 'requires_payment_method');
});

test('pages are walked to the end without a gap or a repeat', async () => {
  const made = [];
  for (let index = 0; index < 23; index += 1) {
    made.unshift((await sim.stripe.checkout.sessions.create(order({ client_reference_id: 'walk' }))).id);
  }
  const all = await sim.stripe.checkout.sessions.list({ limit: 7, status: 'open' }).autoPagingToArray({ limit: 1_000 });
  const walked = all.filter((session) => session.client_reference_id === 'walk').map((session) => session.id);
  assert.deepEqual(walked, made);
});

test('events can be asked for by type and time', async () => {
  const session = await sale(sim, account);
  const types = ['checkout.session.completed', 'charge.succeeded'];
  const events = await sim.stripe.events.list({ types, created: { gte: session.created } });
  assert.deepEqual([...new Set(events.data.map((event) => event.type))].sort(), [...types].sort());
  const done = events.data.find((event) => event.data.object.id === session.id);
  assert.equal((await sim.stripe.events.retrieve(done.id)).type, 'checkout.session.completed');
});

test('disputes, payouts and balance transactions answer', async () => {
  const { payment_intent: intent } = await sale(sim, account, '4000000000000259');
  const [dispute] = (await sim.stripe.disputes.list({ payment_intent: intent.id })).data;
  assert.equal(dispute.status, 'needs_response');
  const evidence = { product_description: 'Admission', access_activity_log: 'Scanned at the door' };
  assert.equal((await sim.stripe.disputes.update(dispute.id, { evidence, submit: true })).status, 'under_review');
  assert.equal((await sim.stripe.disputes.close(dispute.id)).status, 'lost');
  await sim.advance(3 * 86_400);
  const payout = await sim.stripe.payouts.create({ amount: 5_000, currency: 'cad' }, { stripeAccount: account });
  const moved = await sim.stripe.balanceTransactions.list({ source: payout.id }, { stripeAccount: account });
  assert.equal(moved.data[0].net, -5_000);
});

test('an automatic payout lists exactly what it is made of, and one that fails is paid again', async () => {
  const seller = await onboard(sim);
  await sale(sim, seller);
  await sale(sim, seller);
  await sim.advance(2 * 86_400);
  const as = { stripeAccount: seller };
  const { body: made } = await sim.control('POST', '/_sim/payouts', { account: seller });
  assert.equal(made.automatic, true);
  await sim.advance(3_600);
  const lines = await sim.stripe.balanceTransactions.list({ payout: made.id }, as).autoPagingToArray({ limit: 100 });
  const inside = lines.filter((line) => line.type !== 'payout');
  assert.equal(inside.length, 2);
  assert.equal(inside.reduce((sum, line) => sum + line.net, 0), made.amount);
  await sim.control('POST', `/_sim/payouts/${made.id}/fail`);
  const failed = await sim.stripe.payouts.retrieve(made.id, {}, as);
  assert.equal(failed.status, 'failed');
  assert.equal((await sim.stripe.balance.retrieve({}, as)).available[0].amount, made.amount);
});

test('a refund in the dashboard is seen as one that nobody named', async () => {
  const { payment_intent: intent } = await sale(sim, account);
  const fields = { payment_intent: intent.id, amount: 1_000, reverse_transfer: true, refund_application_fee: true };
  const { body: made } = await sim.control('POST', '/_sim/refunds', fields);
  const refund = await sim.stripe.refunds.retrieve(made.id, { expand: ['transfer_reversal'] });
  assert.deepEqual(refund.metadata, {});
  assert.equal(refund.transfer_reversal.amount, 1_000);
});
