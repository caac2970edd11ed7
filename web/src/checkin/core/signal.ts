// A value that tells when it changes: all the reactivity that one screen needs.

/** A value and who watches it. */
export class Signal<T> {
  private readonly watchers = new Set<(value: T) => void>();

  constructor(private current: T) {}

  get value(): T {
    return this.current;
  }

  set value(next: T) {
    if (Object.is(next, this.current)) return;
    this.current = next;
    for (const watcher of this.watchers) watcher(next);
  }

  /** Changes some fields of an object. */
  patch(part: Partial<T>): void {
    const changed = (Object.keys(part) as (keyof T)[]).some((name) => !Object.is(part[name], this.current[name]));
    if (changed) this.value = { ...this.current, ...part };
  }

  /** Calls for the present value and for each later one. */
  watch(watcher: (value: T) => void): void {
    this.watchers.add(watcher);
    watcher(this.current);
  }
}
