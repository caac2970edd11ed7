// A draft that saves itself: some moments after the last key, and at once when a field is left.
//
// The form is the same one that its button sends; only the answer is asked for as JSON. What the server
// refuses stays in its field with the sentence that says why, and everything else is saved all the same.
// While something is not saved, leaving the page asks first.

const PAUSE_MS = 1200;
const AGAIN_MS = 5000;
/** The longest that the button waits for a save that is on its way. */
const WAITED_MS = 5000;

interface Told {
  revision: number | null;
  stale: boolean;
  words: string | null;
  faults: { field: string; message: string }[];
}

/** The fault below a field, said to those who hear the page as well; nothing takes it away. */
function show(form: HTMLFormElement, name: string, message: string): void {
  const field = form.elements.namedItem(name);
  if (!(field instanceof HTMLElement)) return;
  const id = `${field.id}-error`;
  let line = document.getElementById(id);
  if (!message) {
    line?.remove();
    field.removeAttribute("aria-invalid");
    const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((by) => by && by !== id);
    if (others.length) field.setAttribute("aria-describedby", others.join(" "));
    else field.removeAttribute("aria-describedby");
    return;
  }
  if (!line) {
    line = document.createElement("p");
    line.id = id;
    line.className = "error";
    field.closest(".field")?.append(line);
    const by = field.getAttribute("aria-describedby");
    field.setAttribute("aria-describedby", by ? `${by} ${id}` : id);
  }
  field.setAttribute("aria-invalid", "true");
  line.textContent = message;
}

/** Wires the one `<form data-autosave>` of the page, if there is one. */
export function autosave(root: ParentNode): void {
  const form = root.querySelector<HTMLFormElement>("form[data-autosave]");
  const out = form?.querySelector<HTMLOutputElement>("[data-saved]");
  if (!form || !out) return;
  let timer: number | undefined;
  let saving: Promise<void> | undefined;
  let dirty = false;
  let stopped = false;
  let faulty = new Set<string>();

  const say = (words: string, tone: string) => {
    out.textContent = words;
    out.dataset.tone = tone;
  };

  const told = (answer: Told) => {
    const now = new Set(answer.faults.map((fault) => fault.field));
    for (const name of faulty) if (!now.has(name)) show(form, name, "");
    for (const fault of answer.faults) show(form, fault.field, fault.message);
    faulty = now;
    const revision = form.elements.namedItem("revision");
    if (answer.revision !== null && revision instanceof HTMLInputElement) revision.value = String(answer.revision);
    if (answer.stale) {
      stopped = true;
      say(answer.words ?? "Changed elsewhere: load this page again.", "bad");
    } else if (answer.faults.length) {
      say("Saved, but for what needs another look", "bad");
    } else if (answer.revision !== null) {
      say("Saved", "good");
    }
  };

  const send = async () => {
    dirty = false;
    say("Saving…", "");
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    const sent = fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
    try {
      const answer = await sent;
      const kind = answer.headers.get("content-type") ?? "";
      if (!kind.startsWith("application/json")) throw new Error(String(answer.status));
      told((await answer.json()) as Told);
    } catch {
      // The connection is lost, or the session is over: nothing of the text is.
      dirty = true;
      say("Not saved yet. Trying again…", "bad");
      timer = window.setTimeout(save, AGAIN_MS);
    }
  };

  const save = () => {
    clearTimeout(timer);
    if (stopped || saving) return;
    saving = send().finally(() => {
      saving = undefined;
      if (dirty && !timer) plan(PAUSE_MS);
    });
  };

  const plan = (pause: number) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      timer = undefined;
      save();
    }, pause);
  };

  form.addEventListener("input", () => {
    dirty = true;
    plan(PAUSE_MS);
  });
  form.addEventListener("change", () => {
    dirty = true;
    plan(0);
  });
  let leaving = false;
  addEventListener("submit", () => (leaving = true));
  // Leaving a field for the button saves already. The button waits for that answer and its revision; sent
  // beside it, the form would be taken for somebody else's older one.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    timer = undefined;
    stopped = true;
    if (!saving) return;
    event.preventDefault();
    const enough = new Promise<void>((done) => window.setTimeout(done, WAITED_MS));
    void Promise.race([saving, enough]).then(() => form.submit());
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && (dirty || saving)) event.preventDefault();
  });
  // A picture reloads the page, so what is typed goes first.
  const cover = root.querySelector<HTMLFormElement>("form[data-cover]");
  cover?.addEventListener("submit", (event) => {
    if (!dirty && !saving) return;
    event.preventDefault();
    void (saving ?? Promise.resolve()).then(() => (dirty ? send() : undefined)).then(() => cover.submit());
  });
}
