// The list of tickets on this device: loaded page by page, resumed where it stopped, kept up to date.

import type { Api, Changes, SnapshotPage } from "./api";
import type { Network } from "./network";
import type { Loading, Store } from "./store";

/** Loads a whole list, or goes on with one; the list before it stays in use until the new one is whole. */
export async function loadList(api: Api, store: Store, network: Network): Promise<void> {
  const before = await store.get("list");
  let loading = await store.get("loading");
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
    loading = { ...loading, next: page.next_page, done: loading.done + page.records.length };
    // The last page is followed at once by the change of lists, so there is nothing to resume from.
    await store.addPage(loading, page.records);
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

/** Takes changes into the list; false if a whole new list is needed. */
export async function applyChanges(store: Store, network: Network, changes: Changes): Promise<boolean> {
  const list = await store.get("list");
  if (!list || changes.reset) return false;
  const fresh = changes.more ? list.fresh : Date.now();
  await store.apply({ ...list, cursor: changes.cursor, fresh }, changes.records, changes.gate, changes.counts);
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
