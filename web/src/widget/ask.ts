// The one question that the widget asks, and how long it waits for the answer.

/** An event that can be bought now, in the reader's words. */
export interface Offer {
  url: string;
  title: string;
  starts_at: string;
  when: string;
  place: string;
  /** The first price with every fee inside: `From $15.90`. */
  price: string;
  /** What becomes of tax: `plus tax`; empty where there is nothing to say. */
  note: string;
  /** What the button does: `Buy tickets`. */
  action: string;
}

/** What was answered: which language it is in, and what can be bought. */
export interface Answer {
  lang: string;
  events: Offer[];
}

/** After so long, in milliseconds, silence is an answer as well. */
const PATIENCE_MS = 1_000;

/** Asks our site; nothing, never an error, if it is off, slow, gone, or speaks of something else. */
export async function ask(base: string, query: string, gone: AbortController): Promise<Answer | undefined> {
  const patience = setTimeout(() => gone.abort(), PATIENCE_MS);
  try {
    const response = await fetch(`${base}/api/tickets/widget?${query}`, { credentials: "omit", signal: gone.signal });
    if (!response.ok) return undefined;
    const { lang, events } = (await response.json()) as Answer;
    // Whatever answers in our place, a link of ours only ever opens a page.
    return { lang: String(lang), events: events.filter(({ url }) => /^https?:/.test(url)) };
  } catch {
    return undefined;
  } finally {
    clearTimeout(patience);
  }
}
