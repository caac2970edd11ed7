// Stripe's own types as the judge: every object of the stand-in and every request of our client must be one of theirs.
//
// Each object and request is written as a typed literal and the compiler reads them all. A misspelt field, a missing one or
// a value that Stripe does not take is an error there. Fields that the SDK turns into Decimal are exempt.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onboard, openInbox, order, orderFor, organizer, sale, startSim } from './sim.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

const TYPES = {
  account: 'Account',
  account_link: 'AccountLink',
  application_fee: 'ApplicationFee',
  balance: 'Balance',
  balance_transaction: 'BalanceTransaction',
  capability: 'Capability',
  charge: 'Charge',
  'checkout.session': 'Checkout.Session',
  dispute: 'Dispute',
  event: 'Event',
  fee_refund: 'FeeRefund',
  item: 'LineItem',
  login_link: 'LoginLink',
  payment_intent: 'PaymentIntent',
  payout: 'Payout',
  refund: 'Refund',
  'tax.location': 'Tax.Location',
  transfer: 'Transfer',
  transfer_reversal: 'TransferReversal',
  webhook_endpoint: 'WebhookEndpoint',
  'radar.early_fraud_warning': 'Radar.EarlyFraudWarning',
};

// The SDK hands these out as Decimal; on the wire they are text.
const DECIMALS = /"(unit_amount_decimal)": ("[^"]*")/g;

async function objects() {
  const inbox = await openInbox();
  const sim = await startSim('--webhook', `${inbox.url}=whsec_a`, '--connect-webhook', `${inbox.url}=whsec_b`);
  const seen = [];
  const call = async (method, path, params, account) => {
    const headers = { authorization: 'Bearer sk_test_types', ...(account && { 'stripe-account': account }) };
    const body = params && new URLSearchParams(params);
    const answer = await fetch(sim.url + path, { method, headers, body });
    const object = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(object)}`);
    seen.push(object);
    return object;
  };
  try {
    await play(sim, call);
    await sim.deliver();
    for (const { body } of inbox.take()) seen.push(JSON.parse(body));
  } finally {
    sim.stop();
    inbox.close();
  }
  return distinct(seen.flatMap((object) => (object.object === 'list' ? object.data : [object])));
}

// One of everything that the stand-in can answer.
async function play(sim, call) {
  const account = await onboard(sim);
  const fresh = await sim.stripe.accounts.create(organizer);
  await call('GET', `/v1/accounts/${fresh.id}`);
  await call('GET', `/v1/accounts/${account}`);
  const urls = { refresh_url: 'http://127.0.0.1:1/a', return_url: 'http://127.0.0.1:1/b' };
  await call('POST', '/v1/account_links', { account, type: 'account_onboarding', ...urls });
  await call('POST', `/v1/accounts/${account}/login_links`, {});
  await call('POST', '/v1/webhook_endpoints', { url: 'http://127.0.0.1:1/hook', 'enabled_events[0]': 'payout.paid' });

  const open = await sim.stripe.checkout.sessions.create(order({ customer_email: 'a@example.com', consent_collection: { terms_of_service: 'required' } }));
  await call('GET', `/v1/checkout/sessions/${open.id}`);
  await sim.pay(open.id, '4000000000000002');
  await sim.pay(open.id, '4000000000003220');
  await call('GET', '/v1/payment_intents');
  await call('GET', '/v1/charges');
  await sim.pay(open.id, '4000000000003220', { three_ds: 'pass' });
  const framed = { ui_mode: 'embedded_page', return_url: 'http://127.0.0.1:1/r', success_url: undefined, cancel_url: undefined };
  const embedded = await sim.stripe.checkout.sessions.create(orderFor(account, framed));
  await call('GET', `/v1/checkout/sessions/${embedded.id}`);
  await sim.stripe.checkout.sessions.expire(embedded.id);
  const cards = ['4242424242424242', 'async_success', '4000000000000259', '4000000000001976', '4000000000005423', '4000000000007726', '4000000000005126'];
  for (const card of cards) {
    const { payment_intent: intent } = await sale(sim, account, card);
    if (intent.latest_charge && !intent.latest_charge.disputed) {
      const refund = await sim.stripe.refunds.create({ payment_intent: intent.id, amount: 3_000, reason: 'requested_by_customer' });
      await call('GET', `/v1/refunds/${refund.id}`);
      await sim.stripe.transfers.createReversal(intent.latest_charge.transfer, { amount: 3_000 });
      await sim.stripe.applicationFees.createRefund(intent.latest_charge.application_fee, { amount: 300 });
    }
  }
  const expand = 'expand[]=data.payment_intent.latest_charge.balance_transaction&expand[]=data.line_items';
  await call('GET', `/v1/checkout/sessions?${expand}`);
  await sim.advance(4 * 86_400);
  await sim.stripe.payouts.create({ amount: 1_000, currency: 'cad' }, { stripeAccount: account });
  const { body: automatic } = await sim.control('POST', '/_sim/payouts', { account });
  await call('GET', `/v1/payouts/${automatic.id}`, undefined, account);
  await sim.advance(3_600);
  await call('GET', `/v1/balance_transactions?payout=${automatic.id}&expand[]=data.source`, undefined, account);
  await sim.control('POST', `/_sim/payouts/${automatic.id}/fail`);
  await call('GET', `/v1/payouts/${automatic.id}`, undefined, account);
  await sim.advance(4 * 86_400);
  await taxed(sim, call, account);
  await lists(sim, call, account);
}

// A session that Stripe Tax computes, its venue, and its lines with their taxes.
async function taxed(sim, call, account) {
  await fetch(`${sim.url}/_sim/tax/registrations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, places: ['CA', 'QC'] }),
  });
  const address = { country: 'CA', state: 'QC', city: 'Gatineau' };
  const venue = await sim.stripe.tax.locations.create({ type: 'performance', address });
  await call('GET', `/v1/tax/locations/${venue.id}`);
  const tax = { tax_code: 'txcd_50010001', tax_details: { performance_location: venue.id } };
  const product_data = { name: 'Adult', ...tax };
  const price_data = { currency: 'cad', unit_amount: 2_500, tax_behavior: 'exclusive', product_data };
  const automatic_tax = { enabled: true, liability: { type: 'account', account } };
  const session = await sim.stripe.checkout.sessions.create(orderFor(account, { automatic_tax, line_items: [{ quantity: 2, price_data }], payment_intent_data: { transfer_data: { destination: account } } }));
  await sim.pay(session.id, '4242424242424242');
  await call('GET', `/v1/checkout/sessions/${session.id}`);
  await call('GET', `/v1/checkout/sessions/${session.id}/line_items?expand[]=data.taxes`);
}

async function lists(sim, call, account) {
  const paths = ['accounts', 'checkout/sessions', 'payment_intents', 'charges?expand[]=data.refunds', 'refunds', 'transfers', 'application_fees', 'balance', 'balance_transactions', 'disputes', 'webhook_endpoints', 'events'];
  for (const path of paths) {
    await call('GET', `/v1/${path}${path.includes('?') ? '&' : '?'}${path === 'balance' ? '' : 'limit=100'}`);
  }
  for (const path of ['balance', 'balance_transactions?limit=100', 'charges?limit=100', 'refunds', 'payouts', 'events?limit=100']) {
    await call('GET', `/v1/${path}`, undefined, account);
  }
  const { data: [transfer] } = await sim.stripe.transfers.list({ limit: 1 });
  await call('GET', `/v1/transfers/${transfer.id}/reversals`);
  const { data: [fee] } = await sim.stripe.applicationFees.list({ limit: 1 });
  await call('GET', `/v1/application_fees/${fee.id}/refunds`);
}

// Objects that differ only in ids, times and amounts are the same to a type checker.
function distinct(all) {
  const shape = (value) => {
    if (Array.isArray(value)) return value.slice(0, 1).map(shape);
    if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shape(inner)]));
    if (typeof value === 'number') return 0;
    return typeof value === 'string' && /[_:/]|^\d/.test(value) && !/^[a-z_.]+$/.test(value) ? '' : value;
  };
  return [...new Map(all.map((object) => [JSON.stringify(shape(object)), object])).values()];
}

function requests() {
  const example = `${root}crates/stripe/examples/print_requests.rs`;
  if (!existsSync(example)) {
    console.log('requests: crates/stripe has no example print_requests yet, so only the objects are checked');
    return [];
  }
  // One that is built already spares another build with other features.
  const built = process.env.PRINT_REQUESTS_BIN;
  const [program, ...args] = built ? [built] : ['cargo', 'run', '-q', '-p', 'stripe', '--example', 'print_requests'];
  const printed = execFileSync(program, args, { cwd: root, encoding: 'utf8' });
  const lines = printed.trim().split('\n').map((line) => JSON.parse(line));
  if (lines.length === 0) throw new Error('print_requests printed nothing');
  return lines;
}

function literal(name, type, value) {
  const text = JSON.stringify(value, null, 1).replace(DECIMALS, '"$1": $2 as any');
  return `export const ${name}: Stripe.${type} = ${text};`;
}

const found = await objects();
const unknown = found.filter((object) => !TYPES[object.object]);
if (unknown.length > 0) throw new Error(`no type for ${[...new Set(unknown.map((object) => object.object))]}`);
const sent = requests();
const lines = [
  "import type { Stripe } from 'stripe';",
  ...found.map((object, index) => literal(`object${index}`, TYPES[object.object], object)),
  ...sent.map(({ type, params }, index) => literal(`request${index}`, type, params)),
];

const folder = mkdtempSync(`${here}.types-`);
writeFileSync(`${folder}/literals.ts`, lines.join('\n'));
const options = ['--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', '--types', '', '--module', 'nodenext', '--target', 'es2023'];
const checked = spawnSync(`${here}node_modules/.bin/tsc`, [...options, `${folder}/literals.ts`], { cwd: here, encoding: 'utf8' });
if (process.env.KEEP_LITERALS) console.log(`kept ${folder}`);
else rmSync(folder, { recursive: true });

const kinds = new Set(found.map((object) => object.object));
console.log(`${found.length} distinct objects of ${kinds.size} kinds and ${sent.length} requests against the types of stripe 23.1.0`);
if (checked.status !== 0) {
  console.error(checked.stdout + checked.stderr);
  console.error('types: FAILED');
  process.exit(1);
}
console.log('types: ok');
