// The contract for outside tools, as far as the journeys use it.

import { expect } from "@playwright/test";
import type { Demo, EventRecord } from "./demo";

/** An answer: its status and its JSON. */
export interface Answer {
  status: number;
  // The journeys look at a field here and there; the shapes are checked against the OpenAPI document elsewhere.
  body: any;
}

/** A request with JSON and, where there is one, a bearer key. */
export async function call(method: string, url: string, key?: string, body?: unknown): Promise<Answer> {
  const headers: { [name: string]: string } = { accept: "application/json" };
  if (key) headers.authorization = `Bearer ${key}`;
  if (body !== undefined) headers["content-type"] = "application/json";
  const answer = await fetch(url, { method, headers, redirect: "manual", ...(body !== undefined && { body: JSON.stringify(body) }) });
  const text = await answer.text();
  const json = (answer.headers.get("content-type") ?? "").includes("json");
  return { status: answer.status, body: json && text ? JSON.parse(text) : text };
}

/** How many places of a tier are left, as the public list says. */
export async function remaining(demo: Demo, event: EventRecord, tier = 0): Promise<number> {
  const { body } = await call("GET", `${demo.record.url}/api/tickets/events/${event.id}`, demo.record.organizer_token);
  const found = body.tiers.find((one: { id: string }) => one.id === event.tiers[tier]?.id);
  return found.remaining as number;
}

/** Waits until so many places are left. */
export async function expectRemaining(demo: Demo, event: EventRecord, places: number, tier = 0): Promise<void> {
  await expect.poll(() => remaining(demo, event, tier), { timeout: 45_000 }).toBe(places);
}

/** Shows a token at an event's door. */
export async function scan(demo: Demo, event: EventRecord, token: string): Promise<string> {
  const { status, body } = await call("POST", `${demo.record.url}/api/tickets/tickets/validate`, event.scanner_key, { token });
  expect(status).toBe(200);
  return body.result as string;
}
