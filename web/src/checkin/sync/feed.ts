// The live feed: what other gates do, within a moment of their doing it. It is read with `fetch`, because the
// key belongs into a header. Silence for longer than two heartbeats means that the line is dead, whatever
// the operating system believes.

import { FeedReader } from "../core/sse";
import type { Api, Changes } from "./api";

/** The server's heart beats every 15 s; after so long without one it has stopped, in milliseconds. */
const SILENCE_MS = 35_000;

/** Reads the feed until it ends; calls for each piece of news and for each sign of life. */
export async function readFeed(
  api: Api,
  cursor: string,
  stop: AbortSignal,
  news: (changes: Changes) => Promise<void>,
  alive: () => void,
): Promise<void> {
  const silent = new AbortController();
  const end = () => silent.abort();
  stop.addEventListener("abort", end);
  let timer = setTimeout(end, SILENCE_MS);
  try {
    const answer = await api.open("GET", `/check-in/feed?since=${encodeURIComponent(cursor)}`, undefined, silent.signal);
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (!reader) return;
    alive();
    const feed = new FeedReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(end, SILENCE_MS);
      for (const event of feed.push(value)) {
        if (event.name === "changes") await news(JSON.parse(event.data) as Changes);
      }
      alive();
    }
  } finally {
    clearTimeout(timer);
    stop.removeEventListener("abort", end);
    silent.abort();
  }
}
