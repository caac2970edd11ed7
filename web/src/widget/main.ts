// What another site's page loads in one line: a button for an event, and a list of events of a city.
//
//   <script async src="https://tickets.example.ca/tickets/widget.js"></script><jugnu-tickets event="winter-mela"></jugnu-tickets>
//
// It is a lodger: it shows something only if there is something to buy, and otherwise nothing. It throws
// nothing, keeps nothing, asks nobody but us, and needs no style and no script that stands in the page.
import { baseOf } from "./base";
import { button, list } from "./draw";
import { elementFor } from "./element";

const base = baseOf(document);
if (base !== undefined && window.customElements) {
  const parts = [
    { name: "jugnu-tickets", attributes: ["event"], draw: button },
    { name: "jugnu-tickets-list", attributes: ["city", "limit"], draw: list },
  ];
  for (const { name, attributes, draw } of parts) {
    // A page that loads us twice keeps the first.
    if (!customElements.get(name)) customElements.define(name, elementFor(base, attributes, draw));
  }
}
