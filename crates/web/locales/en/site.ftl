# The frame of every page, and the pieces that several pages show.

skip = Skip to content
nav-main = Main
nav-events = Events
nav-my-tickets = My tickets
foot-line = Tickets for the community, from British Columbia.
foot-sell = Sell tickets
foot-terms = Terms
foot-refunds = Refunds
foot-privacy = Privacy
# The name of the other language, in that language, and what its link does, in it too.
lang-other = Français
lang-other-label = Lire cette page en français

free = Free
tax-plus = plus tax
tax-included = tax included
tax-included-but-the-fees = ticket tax included, plus tax on the fee
price-fee = incl. { $fee } fee
price-fee-and-tax = incl. { $fee } fee, { $tax }

badge-on-sale = On sale
badge-low = Only { $left } left
badge-sold-out = Sold out
badge-not-yet = Not yet on sale
badge-ended = Sales ended
badge-canceled = Canceled

sum-caption = What it costs
sum-each = { $price } each with its fee
sum-discount = Discount
sum-fees = Service fee
sum-tax-included = { $tax } (included)
sum-tax-on-fee = { $tax } on the fee
sum-tax-later = Tax on the tickets
sum-tax-at-payment = calculated at payment
sum-total = Total
sum-total-so-far = Total so far
sum-colon = :

card-ending = { $brand } ending in { $last }
card-of-no-brand = a card ending in { $last }

refund-rule-until = Refunds on request until { $until }. If the event is canceled, you get all of your money back.
refund-rule-none = No refunds on request. If the event is canceled, you get all of your money back.

error-not-found = There is nothing here
error-not-found-words = The address may be mistyped, or the event may not be public any more.
error-gone = This page is gone
error-gone-words = The organizer has taken it down.
error-stale = This form has been open for too long
error-stale-words = Nothing was bought and nothing was charged. Go back, load the page again and send it once more.
error-bad-request = That did not work
error-bad-request-words = The page did not understand what was sent. Nothing was bought and nothing was charged: start again from the event’s page.
error-too-many = A little too fast
error-too-many-words = Too many requests came from your connection. Please try again in { $wait }.
error-off = Paused for the moment
error-off-words = Tickets are not sold here at the moment. Tickets that you have already bought stay valid.
error-busy = Many people are here right now
error-busy-words = Nothing was charged. Please try again in { $wait }; no place is lost by waiting.
error-payments = Our payment partner does not answer
error-payments-words = Nothing was charged, and places that you hold stay yours until their time runs out. Please try again in { $wait }.
error-ours = Something broke on our side
error-ours-words = We have written it down and will look at it. If you have just paid, your order is safe: the link in your mail leads to it.
error-no-more-time = No more time can be given
error-no-more-time-words = Your places have been held for as long as they can be. Continue to payment, or choose again.
error-quote = If you write to us about this, please quote { $id }.
see-all-events = See all events
go-to-your-pages = Go to your pages
try-again = Try again
wait-second = a second
wait-seconds = { $n } seconds
wait-minutes = { $n } minutes
