// Passkeys: what the server asks is taken to the device, and what the device says is taken back. Nothing is
// decided here. Where a browser knows no passkeys, or the page was opened under another name than its own,
// the buttons go away; the link by mail is always there.

interface Asked {
  challenge: string;
  site: string;
  wait_ms: number;
}

interface Wanted extends Asked {
  site_name: string;
  person: string;
  email: string;
  have: string[];
  algorithms: number[];
}

/** What the server says no with, in words for the person. */
class Refused extends Error {
  constructor(
    words: string,
    readonly code = "",
  ) {
    super(words);
  }
}

const STALE = "stale";

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
}

function text(buffer: ArrayBuffer | null): string {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer ?? new ArrayBuffer(0))));
  return plain.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

async function post<T>(box: HTMLElement, url = "", fields: Record<string, string> = {}): Promise<T> {
  const sent = fetch(url, { method: "POST", body: new URLSearchParams(fields) });
  const answer = await sent.catch(() => undefined);
  const json = answer?.headers.get("content-type")?.startsWith("application/json");
  const body = json ? await answer?.json() : {};
  if (answer?.ok && json) return body as T;
  const { often, away } = box.dataset;
  throw new Refused(body.words ?? (answer?.status === 429 ? often : away) ?? "", body.code);
}

/** Says what went wrong; somebody who changes their mind is told how to go on. */
function say(box: HTMLElement, error: unknown): void {
  const out = box.querySelector<HTMLElement>("[role=alert]");
  if (!out) return;
  const name = error instanceof DOMException ? error.name : "";
  const { stopped, there, cannot } = box.dataset;
  if (error instanceof Refused) out.textContent = error.message;
  else if (name === "NotAllowedError" || name === "AbortError") out.textContent = stopped ?? "";
  else if (name === "InvalidStateError") out.textContent = there ?? cannot ?? "";
  else out.textContent = cannot ?? "";
}

/** Signs in with a passkey; with a signal, in the field for the address and not in a window. */
async function show(box: HTMLElement, signal?: AbortSignal): Promise<void> {
  const { begin, finish, next = "" } = box.dataset;
  const asked = await post<Asked>(box, begin);
  const found = await navigator.credentials.get({
    ...(signal && { mediation: "conditional" as const, signal }),
    publicKey: { challenge: bytes(asked.challenge), rpId: asked.site, userVerification: "required", timeout: asked.wait_ms },
  });
  if (!(found instanceof PublicKeyCredential)) return;
  const said = found.response as AuthenticatorAssertionResponse;
  const id = text(found.rawId);
  try {
    const { go } = await post<{ go: string }>(box, finish, {
      id,
      client_data: text(said.clientDataJSON),
      authenticator_data: text(said.authenticatorData),
      signature: text(said.signature),
      person: text(said.userHandle),
      next,
    });
    location.assign(go);
  } catch (error) {
    if (error instanceof Refused && error.code === "passkey-unknown") await forget(asked.site, id);
    throw error;
  }
}

/** Lets the device forget a passkey that was removed here, where it can. */
async function forget(rpId: string, credentialId: string): Promise<void> {
  const all = PublicKeyCredential as { signalUnknownCredential?(which: { rpId: string; credentialId: string }): Promise<void> };
  await all.signalUnknownCredential?.({ rpId, credentialId }).catch(() => undefined);
}

async function make(box: HTMLElement): Promise<void> {
  const { begin, finish, csrf = "" } = box.dataset;
  const wanted = await post<Wanted>(box, begin, { csrf });
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: bytes(wanted.challenge),
      rp: { id: wanted.site, name: wanted.site_name },
      user: { id: bytes(wanted.person), name: wanted.email, displayName: wanted.email },
      pubKeyCredParams: wanted.algorithms.map((alg) => ({ type: "public-key", alg })),
      excludeCredentials: wanted.have.map((id) => ({ type: "public-key", id: bytes(id) })),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      attestation: "none",
      timeout: wanted.wait_ms,
    },
  });
  if (!(made instanceof PublicKeyCredential)) return;
  const said = made.response as AuthenticatorAttestationResponse;
  const { go } = await post<{ go: string }>(box, finish, {
    csrf,
    id: text(made.rawId),
    client_data: text(said.clientDataJSON),
    authenticator_data: text(said.getAuthenticatorData()),
    public_key: text(said.getPublicKey()),
    algorithm: String(said.getPublicKeyAlgorithm()),
  });
  location.assign(go);
}

/** Offers passkeys in the page's field for an address, with a new question before the last one is too old. */
async function inField(box: HTMLElement): Promise<{ stop(): void } | undefined> {
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return undefined;
  let over = false;
  let asking = new AbortController();
  const wait = async () => {
    while (!over) {
      asking = new AbortController();
      const { signal } = asking;
      const timer = setTimeout(() => asking.abort(STALE), 240_000);
      try {
        return await show(box, signal);
      } catch (error) {
        if (signal.aborted) continue;
        // Nobody has asked for anything yet: only what the server says of a passkey that was chosen is told.
        if (error instanceof Refused && error.code) say(box, error);
        return;
      } finally {
        clearTimeout(timer);
      }
    }
  };
  void wait();
  return {
    stop() {
      over = true;
      asking.abort();
    },
  };
}

function wire(box: HTMLElement): void {
  const button = box.querySelector("button");
  if (!window.PublicKeyCredential || location.hostname !== box.dataset.site || !button) {
    box.remove();
    return;
  }
  const field = box.dataset.inField === undefined ? undefined : inField(box);
  let busy = false;
  button.addEventListener("click", async () => {
    if (busy) return;
    busy = true;
    button.setAttribute("aria-disabled", "true");
    const out = box.querySelector<HTMLElement>("[role=alert]");
    if (out) out.textContent = "";
    try {
      (await field)?.stop();
      await (box.dataset.passkey === "make" ? make(box) : show(box));
    } catch (error) {
      say(box, error);
    }
    busy = false;
    button.removeAttribute("aria-disabled");
  });
}

for (const box of document.querySelectorAll<HTMLElement>("[data-passkey]")) wire(box);

export {};
