// The hour on the reader's own clock, where that differs from the event's: said beside it, never instead.

/** The hour and the day of a moment in a zone (the reader's own if none is named). */
function wall(at: Date, timeZone?: string): string {
  const { lang } = document.documentElement;
  const shape = { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(lang, { ...shape, timeZone }).format(at);
}

/** Fills every `[data-your-time]`, whose `data-zone` is the event's. */
export function yourTimes(root: ParentNode): void {
  for (const place of root.querySelectorAll<HTMLElement>("[data-your-time]")) {
    const { yourTime = "", zone, words = "" } = place.dataset;
    const at = new Date(yourTime);
    if (wall(at) === wall(at, zone)) continue;
    place.textContent = words.replace("{time}", wall(at));
    place.hidden = false;
  }
}
