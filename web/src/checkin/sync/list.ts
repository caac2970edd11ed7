// The list of tickets on this device: loaded page by page, resumed where it stopped, kept up to date.

import type { Record } from "../core/record";
import type { Api, Changes, SnapshotPage } from "./api";
import type { Network } from "./network";
import type { Loading, Store } from "./store";

/** Loads a whole list, or goes on with one; the list before it stays in use until the new one is whole. */
export async function loadList(api: Api, store: Store, network: Network): Promise<void> {
  const before = await store.get("list");
  let loading = await store.get("loading");
  // Stopped between the last page and the change of lists: nothing says where to go on, so begin again.
  if (loading?.next === null) loading = undefined;
  let page: SnapshotPage;
  if (!loading) {
    page = await api.call<SnapshotPage>("GET", "/check-in/snapshot");
    const { cursor, tiers, total } = page;
    loading = { side: before?.side === "a" ? "b" : "a", cursor, next: null, tiers, done: 0, total } satisfies Loading;
    await store.beginList(loading);
  } else {
    page = await api.call<SnapshotPage>("GET", `/check-in/snapshot?page=${encodeURIComponent(loading.next ?? "")}`);
  }
  for (;;) {
    const tiers: string[] = [...loading.tiers];
    const records = renumber(tiers, page.tiers, page.records);
    loading = { ...loading, tiers, next: page.next_page, done: loading.done + records.length };
    await store.addPage(loading, records);
    network.status.patch({ loading: { done: loading.done, total: loading.total } });
    if (page.next_page === null) break;
    page = await api.call<SnapshotPage>("GET", `/check-in/snapshot?page=${encodeURIComponent(page.next_page)}`);
  }
  await store.put("gate", page.gate);
  await store.put("lock", page.people);
  const fresh = Date.now();
  await store.useList({ side: loading.side, cursor: loading.cursor, tiers: loading.tiers, total: loading.done, fresh });
  network.status.patch({ loading: null, fresh });
}

/**
 * Records in the list's own numbering of tiers. Each answer numbers them by itself, because an organizer may
 * add a tier while the doors are open; what the list does not know yet is put at its end.
 */
export function renumber(known: string[], answer: string[], records: Record[]): Record[] {
  const numbers = answer.map((tier) => {
    const at = known.indexOf(tier);
    return at >= 0 ? at : known.push(tier) - 1;
  });
  return records.map(([door, serial, tier, ...rest]) => [door, serial, numbers[tier] ?? tier, ...rest]);
}

/** Takes changes into the list; false if a whole new list is needed. */
export async function applyChanges(store: Store, network: Network, changes: Changes): Promise<boolean> {
  const list = await store.get("list");
  if (!list || changes.reset) return false;
  const fresh = changes.more ? list.fresh : Date.now();
  const tiers = [...list.tiers];
  const records = renumber(tiers, changes.tiers, changes.records);
  await store.apply({ ...list, tiers, cursor: changes.cursor, fresh }, records, changes.gate, changes.counts);
  network.status.patch({ fresh });
  return true;
}

/** Asks for everything that has changed; false if a whole new list is needed. */
export async function catchUp(api: Api, store: Store, network: Network): Promise<boolean> {
  for (;;) {
    const list = await store.get("list");
    if (!list) return false;
    const began = performance.now();
    const changes = await api.call<Changes>("GET", `/check-in/changes?since=${encodeURIComponent(list.cursor)}`);
    const took = performance.now() - began;
    network.answered(took);
    network.compare(changes.server_time, took);
    if (!(await applyChanges(store, network, changes))) return false;
    if (!changes.more) return true;
  }
}
