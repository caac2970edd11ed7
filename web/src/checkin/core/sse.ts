// Server-sent events, read from a stream by hand: `EventSource` cannot send a key in a header, and a key
// never stands in an address. The format is https://html.spec.whatwg.org/multipage/server-sent-events.html.

/** One event: its name and its data. A heartbeat has the name "". */
export interface FeedEvent {
  name: string;
  data: string;
}

/** Cuts a growing text into events. */
export class FeedReader {
  private rest = "";

  /** The events that a further piece of the stream completes. */
  push(piece: string): FeedEvent[] {
    const blocks = (this.rest + piece).replaceAll("\r\n", "\n").split("\n\n");
    this.rest = blocks.pop() ?? "";
    return blocks.map((block) => {
      const event: FeedEvent = { name: "", data: "" };
      const data: string[] = [];
      for (const line of block.split("\n")) {
        const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
        if (field === "event") event.name = value ?? "";
        if (field === "data") data.push(value ?? "");
      }
      event.data = data.join("\n");
      return event;
    });
  }
}
