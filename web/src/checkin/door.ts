// One device at one door: what a scan, an undo and an admission by hand are, with the network and without.
//
// Each is written down durably before anybody is told "valid", under an id that the server knows it by. If
// the server answers in time, its word counts. If not, the same pure rules decide over the list that lies
// here, and the server hears of it later, under the same id. Deliberately not here: what any of it looks like.

import { type Answer, decide, mayUndo } from "./core/decide";
import { type Record, scanned } from "./core/record";
import { doorId, serialId, unseal } from "./core/seal";
import { readCode } from "./core/serial";
import { Signal } from "./core/signal";
import { type Asked, blank, lineOf, type Shown, waitingOf, type Word } from "./shown";
import { type Api, ApiError, type Counts, type Person, type ScanAnswer, type Where } from "./sync/api";
import { LIMIT_MS, type Network } from "./sync/network";
import { People } from "./sync/people";
import { Sync } from "./sync/run";
import type { Line, Store } from "./sync/store";
import { after } from "./sync/upload";

/** A call that is still under way is given up after so long, in milliseconds. */
const GIVE_UP_MS = 10_000;

/** What a decision is made over. */
type Standing = NonNullable<Awaited<ReturnType<Store["standing"]>>>;

/** A paired device. */
export class Door {
  readonly where: Signal<Where>;
  readonly counts: Signal<Counts>;
  /** Counts up whenever history, list or counts may have changed. */
  readonly changed = new Signal(0);
  /** Admissions that the server has contradicted, since the app was opened. */
  readonly conflicts = new Signal<Line[]>([]);
  /** Names seen since the app was opened; they are kept nowhere. */
  readonly names = new Map<string, string>();
  readonly people: People;
  readonly sync: Sync;

  constructor(
    readonly api: Api,
    readonly store: Store,
    readonly network: Network,
    where: Where,
  ) {
    this.where = new Signal(where);
    this.counts = new Signal(where.counts);
    this.people = new People(api, store, network);
    this.sync = new Sync(api, store, network, this.people, {
      where: (next) => (this.where.value = next),
      conflicts: (lines) => (this.conflicts.value = [...lines, ...this.conflicts.value]),
      changed: () => void this.refresh(),
    });
  }

  private get event(): string {
    return this.where.value.event.id;
  }

  private get me(): string {
    return this.where.value.key.name;
  }

  /** Reads again what may have changed: counts with our own that wait, and how many wait. */
  async refresh(): Promise<void> {
    const counts = await this.store.get("counts");
    const own = await this.store.ownAdmissions();
    if (counts) {
      const tiers = counts.tiers.map((tier) => ({ ...tier, admitted: tier.admitted + (own.get(tier.id) ?? 0) }));
      this.counts.value = { ...counts, tiers, admitted: counts.admitted + [...own.values()].reduce((sum, n) => sum + n, 0) };
    }
    this.network.status.patch({ waiting: await this.store.waiting(), fresh: (await this.store.get("list"))?.fresh ?? null });
    this.changed.value += 1;
  }

  /** Whether the organizer has withdrawn this device: then it lets nobody in and takes nothing back. */
  private get stopped(): boolean {
    return this.network.status.value.withdrawn;
  }

  private refused(): Shown {
    return blank(crypto.randomUUID(), this.network.now().toISOString(), "withdrawn");
  }

  /** Answers what a camera, a reader or a person brought. */
  async scan(text: string): Promise<Shown> {
    const seen = readCode(text);
    const at = this.network.now().toISOString();
    const id = crypto.randomUUID();
    if (seen.kind === "foreign") return blank(id, at, "foreign");
    if (this.stopped) return blank(id, at, "withdrawn");
    const asked: Asked = {
      seen,
      id,
      at,
      door: seen.kind === "token" ? await doorId(this.event, seen.token) : null,
      serial: seen.kind === "serial" ? await serialId(this.event, seen.serial) : null,
    };
    const shown = this.network.asks ? await this.ask(asked) : await this.decideHere(asked);
    if (shown.name) this.names.set(id, shown.name);
    void this.refresh();
    return shown;
  }

  /** Asks the server; decides here if it does not answer in time. */
  private async ask(asked: Asked): Promise<Shown> {
    const { id, at, seen } = asked;
    const token = seen.kind === "token" ? seen.token : seen.serial;
    this.sync.hold.add(id);
    const kept = this.store.enqueue(waitingOf(asked, "scan", null));
    const began = performance.now();
    const call = this.api
      .call<ScanAnswer>("POST", "/tickets/validate", { token, id, at, device: this.me }, AbortSignal.timeout(GIVE_UP_MS))
      .catch((error: unknown) => (error instanceof ApiError ? error : new ApiError(0, "no-answer", "")));
    const first = await Promise.race([call, new Promise<null>((resolve) => setTimeout(resolve, LIMIT_MS, null))]);
    const seq = await kept;
    if (first !== null && !(first instanceof ApiError)) {
      this.network.answered(performance.now() - began);
      // Without the hold it would only be handed in once more, and answered the same.
      return await this.heard(asked, first, seq).finally(() => this.sync.hold.delete(id));
    }
    if (first === null) {
      this.network.late();
      // When its late answer is there, the same id is handed in, and what it says is compared with ours.
      void call.finally(() => this.release(id));
    } else {
      this.sync.judge(first);
      this.sync.hold.delete(id);
      if (first.withdrawn) {
        await this.store.forget(seq);
        return blank(id, at, "withdrawn");
      }
    }
    return this.decideHere(asked, seq);
  }

  private release(id: string): void {
    this.sync.hold.delete(id);
    this.sync.poke();
  }

  /** The server has answered: keep its word, and show it. */
  private async heard(asked: Asked, answer: ScanAnswer, seq: number): Promise<Shown> {
    const { id, at, door, serial } = asked;
    const record = await this.store.record({ door, serial });
    const shown: Shown = {
      ...blank(id, at, answer.result as Word),
      tier: answer.ticket?.tier_id ?? null,
      name: answer.ticket?.holder ?? null,
      serial: answer.ticket?.serial ?? null,
      used_at: answer.used_at ?? null,
      used_by: answer.used_by ?? null,
      turns_at: answer.opens_at ?? answer.closed_at ?? null,
      undo: answer.result === "valid" ? { door_id: door ?? record?.[0] ?? null, ticket_id: answer.ticket?.id ?? null, serial_id: serial } : null,
    };
    const next = record ? [after(record, { kind: "scan", at }, answer, this.me)] : [];
    await this.store.settle([seq], [lineOf(shown, "scan", door ?? record?.[0] ?? null)], next);
    return shown;
  }

  /** Decides over the list on this device, and keeps the scan for the server. */
  private async decideHere(asked: Asked, seq?: number): Promise<Shown> {
    const { id, at, door, serial, seen } = asked;
    const standing = await this.store.standing({ door, serial });
    if (!standing) {
      if (seq !== undefined) await this.store.forget(seq);
      return blank(id, at, "no_list");
    }
    const { list, record } = standing;
    const answer = this.decide(standing, id, at);
    const named: Asked = { ...asked, door: door ?? record?.[0] ?? null };
    const told = answer.result === "wrong_event" ? undefined : record;
    const shown = this.shownHere(named, answer, told, list.tiers);
    const waiting = waitingOf(named, "scan", answer.result, record ? (list.tiers[record[2]] ?? null) : null);
    const kept = this.store.enqueue({ ...waiting, ...(seq !== undefined && { seq }) }, lineOf(shown, "scan", named.door));
    const holder = told && seen.kind === "token" ? await unseal(this.event, seen.token, told[0], told[6]) : null;
    await kept;
    this.sync.poke();
    return { ...shown, name: holder?.name ?? null, serial: holder?.serial ?? shown.serial };
  }

  /** The pure decision, over the record and over what this device itself has done since. */
  private decide({ gate, list, record, own }: Standing, except: string, at: string): Answer {
    const before = own.filter(({ id }) => id !== except);
    return decide(gate, record ? scanned(this.event, list.tiers, record, before, this.me) : null, at);
  }

  private shownHere({ id, at, door, serial, seen }: Asked, answer: Answer, record: Record | undefined, tiers: string[]): Shown {
    return {
      ...blank(id, at, answer.result),
      tier: record ? (tiers[record[2]] ?? null) : null,
      serial: seen.kind === "serial" ? seen.serial : null,
      used_at: "used_at" in answer ? answer.used_at : null,
      used_by: "used_by" in answer ? answer.used_by : null,
      turns_at: "opens_at" in answer ? answer.opens_at : "closed_at" in answer ? answer.closed_at : null,
      here: true,
      undo: answer.result === "valid" ? { door_id: door, ticket_id: null, serial_id: serial } : null,
    };
  }

  /** Takes an admission back. */
  async undo(of: Shown): Promise<Shown> {
    const at = this.network.now().toISOString();
    const id = crypto.randomUUID();
    // Its word would reach nobody any more, and the ticket would stay used.
    if (this.stopped) return blank(id, at, "withdrawn");
    const shown: Shown = { ...of, id, at, word: "undone", used_at: null, used_by: null, undo: null, here: false };
    if (!of.undo || !mayUndo(of.at, at)) return { ...shown, word: "undo_late" };
    const { door_id, ticket_id, serial_id } = of.undo;
    // An admission that still waits is taken back behind it, in order.
    const stillWaits = await this.store.stillWaits({ door: door_id, serial: serial_id });
    if (!stillWaits && this.network.asks && (door_id || ticket_id)) {
      const named = door_id ? { door_id } : { ticket_id };
      try {
        const answer = await this.api.call<ScanAnswer>("POST", "/check-in/undo", { ...named, at, id }, AbortSignal.timeout(GIVE_UP_MS));
        const words: { [result: string]: Word } = { undone: "undone", too_late: "undo_late", not_used: "undo_none" };
        shown.word = words[answer.result] ?? "undo_none";
        const record = await this.store.record({ door: door_id });
        await this.store.settle([], [lineOf(shown, "undo", door_id)], record ? [after(record, { kind: "undo", at }, answer)] : []);
        void this.refresh();
        return shown;
      } catch (error) {
        // Somebody else's admission: the server has answered, and its answer is no.
        if (error instanceof ApiError && error.status === 403) return { ...shown, word: "undo_none" };
        this.sync.judge(error);
        if (this.stopped) return blank(id, at, "withdrawn");
      }
    }
    shown.here = true;
    await this.store.enqueue({ id, kind: "undo", door_id, serial_id, at, told: null, tier: of.tier }, lineOf(shown, "undo", door_id));
    this.sync.poke();
    void this.refresh();
    return shown;
  }

  /** Admits people by hand, each with an answer, in the order they were named. */
  async admit(people: Person[]): Promise<Shown[]> {
    const there = this.network.asks && people.every((one) => one.ticket_id) ? await this.admitThere(people) : null;
    // The server may have said just now that this device is no door any more.
    const shown = there ?? (this.stopped ? people.map(() => this.refused()) : await this.admitHere(people));
    for (const one of shown) if (one.name) this.names.set(one.id, one.name);
    void this.refresh();
    return shown;
  }

  private async admitThere(people: Person[]): Promise<Shown[] | null> {
    const at = this.network.now().toISOString();
    const id = crypto.randomUUID();
    let answers: ScanAnswer[];
    try {
      const tickets = people.map((one) => one.ticket_id);
      ({ answers } = await this.api.call<{ answers: ScanAnswer[] }>("POST", "/check-in/admit", { tickets, id }, AbortSignal.timeout(GIVE_UP_MS)));
    } catch (error) {
      this.sync.judge(error);
      return null;
    }
    const all: Shown[] = [];
    const records: Record[] = [];
    for (const [i, person] of people.entries()) {
      const answer = answers[i] ?? { result: "not_found" };
      const one: Shown = {
        ...blank(`${id}-${i}`, at, answer.result as Word),
        tier: person.tier_id,
        name: person.name,
        serial: person.serial,
        used_at: answer.used_at ?? null,
        used_by: answer.used_by ?? null,
        undo: answer.result === "valid" ? { door_id: person.door_id, ticket_id: person.ticket_id, serial_id: null } : null,
      };
      const record = await this.store.record({ door: person.door_id });
      if (record) records.push(after(record, { kind: "admit", at }, answer, this.me));
      all.push(one);
    }
    await this.store.settle([], all.map((one, i) => lineOf(one, "admit", people[i]?.door_id ?? null)), records);
    return all;
  }

  private async admitHere(people: Person[]): Promise<Shown[]> {
    const all: Shown[] = [];
    for (const person of people) {
      const at = this.network.now().toISOString();
      const id = crypto.randomUUID();
      const asked: Asked = { seen: { kind: "serial", serial: person.serial }, id, at, door: person.door_id, serial: person.door_id ? null : await serialId(this.event, person.serial) };
      const standing = await this.store.standing(asked);
      if (!standing) {
        all.push(blank(id, at, "no_list"));
        continue;
      }
      const answer = this.decide(standing, id, at);
      const shown = { ...this.shownHere(asked, answer, standing.record, standing.list.tiers), name: person.name };
      await this.store.enqueue(waitingOf(asked, "admit", answer.result, person.tier_id), lineOf(shown, "admit", person.door_id));
      all.push(shown);
    }
    this.sync.poke();
    return all;
  }

  /** Forgets everything about this event and who we are. */
  async unpair(): Promise<void> {
    this.sync.stop();
    this.people.lock();
    await this.store.wipe();
  }
}
