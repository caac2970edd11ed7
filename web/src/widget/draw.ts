// The two things that are drawn. Every text is set as text, so that nothing of it is ever markup.
import type { Answer, Offer } from "./ask";

/** An element with a name for host pages to style by (`::part(name)`), holding a text or others. */
function make(tag: string, part: string, ...inside: (string | Node)[]): HTMLElement {
  const element = document.createElement(tag);
  if (part) element.setAttribute("part", part);
  element.append(...inside);
  return element;
}

/** A link to an event; `source` tells its organizer where the buyer came from. */
function link(part: string, offer: Offer, from: HTMLElement, ...inside: (string | Node)[]): HTMLElement {
  const anchor = make("a", part, ...inside) as HTMLAnchorElement;
  const source = from.getAttribute("source");
  anchor.href = source ? `${offer.url}?src=${encodeURIComponent(source)}` : offer.url;
  return anchor;
}

/** The price, and what becomes of tax beside it. */
function price({ price, note }: Offer): HTMLElement {
  return make("span", "price", price, ...(note ? [" ", make("small", "note", note)] : []));
}

function box(tag: string, part: string, lang: string, ...inside: Node[]): HTMLElement {
  const outer = make(tag, part, ...inside);
  outer.className = "box";
  outer.lang = lang;
  return outer;
}

/** The button. Its name ends with the event's title, for whoever hears it without the page around it. */
export function button({ lang, events }: Answer, from: HTMLElement): HTMLElement {
  const offer = events[0] as Offer;
  const title = make("span", "", ` ${offer.title}`);
  title.className = "heard";
  return box("div", "", lang, link("button", offer, from, make("span", "action", offer.action), " ", price(offer), title));
}

/** The list: each row is one link, as large as the row. */
export function list({ lang, events }: Answer, from: HTMLElement): HTMLElement {
  const rows = events.map((offer) => {
    const when = make("time", "when", offer.when);
    when.setAttribute("datetime", offer.starts_at);
    const facts = make("span", "facts", when, " ", make("span", "place", offer.place));
    return make("li", "item", link("link", offer, from, make("span", "title", offer.title)), facts, price(offer));
  });
  const all = box("ul", "list", lang, ...rows);
  // Where list marks are taken away, some screen readers take the list away as well.
  all.setAttribute("role", "list");
  return all;
}
