// Starts the stand-in as a program and speaks to it: with the official SDK, by the control plane, and as a webhook endpoint.
//
// The program is built by `cargo build -p stripe-sim`; STRIPE_SIM_BIN names another one.

import { spawn } from 'node:child_process';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import Stripe from 'stripe';

const built = fileURLToPath(new URL('../../target/debug/stripe-sim', import.meta.url));
export const START = 1_790_000_000;

export async function startSim(...args) {
  const program = process.env.STRIPE_SIM_BIN ?? built;
  const child = spawn(program, ['--clock', String(START), '--manual', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the stand-in ended with ${code}; was it built?`)));
    child.stdout.once('data', (data) => resolve(JSON.parse(data)));
  });
  const { hostname: host, port } = new URL(line.url);
  const sdk = (options = {}, key = 'sk_test_check') =>
    new Stripe(key, { host, port: Number(port), protocol: 'http', telemetry: false, ...options });
  return {
    url: line.url,
    sdk,
    stripe: sdk(),
    control: (method, path, body) => control(line.url, method, path, body),
    pay: (session, card = '4242424242424242', more = {}) =>
      control(line.url, 'POST', `/_sim/checkout/sessions/${session}/pay`, { card, ...more }),
    arm: (fault) => control(line.url, 'POST', '/_sim/faults', fault),
    fired: async () => (await control(line.url, 'GET', '/_sim/faults/log')).body.map((firing) => firing.kind),
    advance: (seconds) => control(line.url, 'POST', '/_sim/clock/advance', { seconds }),
    deliver: async () => (await control(line.url, 'POST', '/_sim/webhooks/deliver')).body.delivered,
    stop: () => child.kill('SIGINT'),
  };
}

async function control(url, method, path, body) {
  const init = { method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) };
  const answer = await fetch(url + path, init);
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : null };
}

export async function openInbox() {
  const inbox = { got: [], status: 200 };
  const server = http.createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      inbox.got.push({ signature: request.headers['stripe-signature'], body: Buffer.concat(parts) });
      response.writeHead(inbox.status).end();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  inbox.url = `http://127.0.0.1:${server.address().port}/hook`;
  inbox.take = () => inbox.got.splice(0);
  inbox.close = () => {
    server.close();
    server.closeAllConnections();
  };
  return inbox;
}

export const organizer = {
  country: 'CA',
  controller: { stripe_dashboard: { type: 'express' }, fees: { payer: 'application' }, losses: { payments: 'application' } },
  capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
};

// A session over CA$100.00.
export function order(more = {}) {
  return {
    mode: 'payment',
    success_url: 'http://127.0.0.1:1/done?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://127.0.0.1:1/back',
    line_items: [{ quantity: 4, price_data: { currency: 'cad', unit_amount: 2500, product_data: { name: 'Seat' } } }],
    ...more,
  };
}

// The same for an organizer, with ten dollars of fee.
export function orderFor(account, more = {}) {
  return order({ payment_intent_data: { application_fee_amount: 1000, transfer_data: { destination: account } }, ...more });
}

// A connected account that went through the onboarding page.
export async function onboard(sim) {
  const account = await sim.stripe.accounts.create(organizer);
  const link = await sim.stripe.accountLinks.create({
    account: account.id,
    type: 'account_onboarding',
    refresh_url: 'http://127.0.0.1:1/refresh',
    return_url: 'http://127.0.0.1:1/return',
  });
  await fetch(link.url);
  await fetch(link.url, { method: 'POST', body: new URLSearchParams({ step: 'complete' }), redirect: 'manual' });
  return account.id;
}

// A paid order of an organizer, with its intent and charge.
export async function sale(sim, account, card) {
  const session = await sim.stripe.checkout.sessions.create(orderFor(account));
  await sim.pay(session.id, card);
  const expand = ['payment_intent.latest_charge.balance_transaction', 'line_items'];
  return sim.stripe.checkout.sessions.retrieve(session.id, { expand });
}
