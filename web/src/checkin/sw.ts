// The service worker: the app opens without a network. It keeps exactly the files of one version, all or none,
// and answers with them first, because a hall's network is slower than a phone's disk. It never keeps what the
// API says. A new version is loaded beside the old one and waits until it is told to take over, so that an
// app in use keeps its own files to the end. The server writes FILES and VERSION in front of this script.

declare const FILES: string[];
declare const VERSION: string;

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  location: Location;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: "install" | "activate", on: (event: Extendable) => void): void;
  addEventListener(name: "fetch", on: (event: Fetching) => void): void;
  addEventListener(name: "message", on: (event: MessageEvent) => void): void;
}

const worker = self as unknown as Worker;
const PREFIX = "jugnu-door-";
const NAME = `${PREFIX}${VERSION}`;
/** The page itself, the first of the files, whatever stands behind its address. */
const PAGE = new URL(FILES[0] ?? "", worker.location.href).pathname;
const PATHS = new Set(FILES.map((file) => new URL(file, worker.location.href).pathname));

async function keep(): Promise<void> {
  const cache = await caches.open(NAME);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "reload", credentials: "same-origin" })));
}

async function forgetOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== NAME).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  // Files are what their names say, whatever headers they were asked for with.
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(request);
}

worker.addEventListener("install", (event) => event.waitUntil(keep()));
worker.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
worker.addEventListener("message", ({ data }) => {
  if (data === "take over") void worker.skipWaiting();
});
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin) return;
  const path = request.mode === "navigate" && pathname === PAGE ? PAGE : pathname;
  if (PATHS.has(path)) event.respondWith(kept(path, request));
});

export {};
