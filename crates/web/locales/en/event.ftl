# The page of one event.

event-when = When
event-where = Where
event-your-time = Your time: { $time }
event-add-to-calendar = Add to calendar
event-find-on-map = Find on a map
event-tickets = Tickets
event-without-code = Without the code:
event-with-code = With the code:
event-on-sale-from = On sale { $when }
event-how-many = How many: { $tier }
event-fewer = One fewer: { $tier }
event-more = One more: { $tier }
event-count-one = ticket
event-count-many = tickets
event-get-tickets = Get tickets
event-prices-in = Prices are in { $currency } and include every fee. You see each tax before you pay.
event-about = About this event
event-refunds = Refunds
event-organizer = Organizer
event-sold-by = Tickets are sold by <bdi>{ $seller }</bdi>, through Jugnu Tickets as its agent.
event-ask = Ask the organizer
event-share = Share
event-share-button = Share this event
event-copy = Copy link
event-copied = Link copied
event-copy-failed = Could not copy
event-over = Over
event-over-head = This event has taken place
event-over-words = Tickets are no longer sold. If you bought some, your order page and receipt are still there.
event-see-others = See what’s on now
event-paused = Ticket sales are paused for the moment. Please come back a little later.
event-canceled-head = This event is called off
event-canceled-words = It will not take place, and tickets are no longer sold.
event-canceled-money = Have you bought tickets? You get back everything that you paid, fees and taxes too, to the card that you paid with. You need not do anything: we have written to you, and banks take up to ten business days to show it.
event-canceled-note = What the organizer says
event-none-on-sale = There are no tickets on sale here at the moment.
event-map-note = Opens OpenStreetMap

code-label = Discount code
code-apply = Apply
code-unlocks = Your code unlocks tickets
code-percent-off = { $percent } off
code-amount-off = { $amount } off your order
code-for-tiers = { $gives }: { $tiers }
code-from-tickets = { $gives }, from { $least } tickets
code-unknown = This discount code is not valid for this event.
code-not-yet = This discount code cannot be used yet.
code-ended = This discount code has ended.
code-used-up = This discount code has been used up.
code-minimum = This discount code needs at least { $least } of the tickets that it is for.
code-not-eligible = This discount code does not apply to the tickets that you chose.

choose-one = Choose at least one ticket.
choose-unknown = This kind of ticket does not exist.
choose-quantity = You can buy between 1 and { $most } of “{ $tier }” at once.
choose-too-many = An order can have at most { $most } tickets.
choose-not-on-sale = “{ $tier }” is not on sale right now.
choose-sold-out = “{ $tier }” is sold out.
choose-few-left = { $left ->
    [one] Only 1 ticket of “{ $tier }” is left.
   *[other] Only { $left } tickets of “{ $tier }” are left.
}
choose-few-now = Only { $left } of “{ $tier }” can be had right now.
choose-fee-exceeds-price = What is left of the price does not cover the fee that is taken from it. Choose other tickets, or leave the discount out.
choose-no-price = The amounts of this order are too large.
choose-payments-not-ready = The organizer of this event cannot take payments at the moment. Please try again later.
choose-total-too-small = The total of an order must be at least { $least }, or nothing at all.

event-preview = This is a preview: only you see it, and nothing can be bought here.
event-preview-back = Back to the event
