# An order's page in each of its stages, a ticket's own page, the receipt's page.

order-pending = Your places are held
order-pending-words = Nobody else can take them while you pay.
order-declined = That card did not work
order-declined-words = { $why } Nothing was charged, and your places are still held.
order-time-left = Time left
order-minutes = { $n } min
order-held-until = Held for you until { $time }
order-voice-minutes = { $n } minutes left.
order-voice-minute = One minute left.
order-opening = Opening the payment page…
order-try-again = Try again
order-continue = Continue to payment
order-more-time = I need more time
order-cancel = Cancel and release my places
order-your-order = Your order

order-processing-title = Confirming your payment
order-processing = We’re confirming your payment
order-processing-words = This takes a few seconds. The page goes on by itself.
order-processing-close = You may also close it: your tickets for <strong><bdi>{ $title }</bdi></strong> will be sent to <strong>{ $email }</strong>. Please do not pay a second time.

order-paid-title = Your tickets
order-paid = { $n ->
    [one] Your ticket is ready
   *[other] Your tickets are ready
}
order-paid-words = { $n ->
    [one] We have also sent it to <strong>{ $email }</strong>. Show its code at the door, on this screen or on paper.
   *[other] We have also sent them to <strong>{ $email }</strong>. Show each code at the door, on this screen or on paper.
}
order-part-refunded = { $amount } of this order was refunded. The tickets it was for no longer open the door.
order-tickets = { $n ->
    [one] Ticket
   *[other] { $n } tickets
}
order-pdf = Download PDF
order-calendar = Add to calendar
wallet-add-apple = Add to Apple Wallet
wallet-add-google = Add to Google Wallet
wallet-add-all = Add all to Apple Wallet
order-canceled-event = This event is called off. What you paid goes back to the card that you paid with, by itself.

order-expired = Your hold has ended
order-expired-words = The places went back on sale, and nothing was charged. If you paid at the last moment, wait a little: we will either send the tickets or give the money back. You need not do anything.
order-canceled = Order canceled
order-canceled-words = Your places went back on sale, and nothing was charged.
order-choose-again = Choose tickets again
order-back-to-event = Back to the event

order-refunded = Order refunded
order-refunded-called-off = This event is called off: it will not take place.
order-refunded-words = { $amount } went back on { $at }. Banks take up to ten business days to show it. The tickets no longer open the door.

order-given-back-title = Your money is on its way back
order-given-back = We are sorry: your money is on its way back
order-given-back-words = { $why } You have no tickets from this order. All of it, <strong>{ $amount }</strong>, goes back to the card that you used.
order-given-back-next = What happens next
order-given-back-started = The refund has been started. You need not do anything.
order-given-back-banks = Banks take up to ten business days to show it.
order-given-back-written = We have written all this to <strong>{ $email }</strong>.
order-see-on-sale = See what is still on sale

back-sold-out = Your payment reached us after the time for your order had run out, and by then the places had gone to somebody else.
back-discount-used-up = Your payment reached us after the time for your order had run out, and by then the last use of your discount code had gone to somebody else.
back-duplicate = This order was paid twice.
back-mismatch = The amount that was paid is not what your order costs, so we could not take it.
back-event-closed = Your payment reached us after the event had stopped taking orders.

order-manage = Manage your order
order-resend = Send the tickets again
order-resend-hint = To { $email }. If that address is wrong, reply to any mail of ours.
order-resend-button = Send again
order-rename-save = Save the name
order-rename = Change the name
order-rename-label = Name on ticket { $serial }
order-rename-hint = The code stays the same.
order-refund-request = Ask for a refund
order-refund-request-reason = Why? (if you like to say)
order-refund-request-button = Ask the organizer
order-refund-request-open = You have asked for a refund. The organizer answers by mail.
order-data = Your data
order-data-hint = Everything that we hold about this order, in a file for programs (JSON).
order-data-download = Download your data
order-done-resent = The tickets are on their way to your mail again.
order-done-renamed = The name on the ticket is changed.
order-done-extended = You have more time.
order-done-refund-asked = The organizer has your request and answers by mail.
order-fail-resend = The mail was sent a moment ago. Look in your spam folder too, or try again in a few minutes.
order-fail-rename = The name was not changed: write one of at most 120 characters, on a ticket that is still good.
order-fail-refund = The request could not be made: refunds on request have ended, or there is one already.

receipt-head = Receipt
receipt-order = Order
receipt-paid = Paid
receipt-ordered = Ordered
receipt-paid-by = { $at }, { $method }
receipt-bought-by = Bought by
receipt-sold-by = Sold by
receipt-agent = <bdi>{ $seller }</bdi>, through Jugnu Tickets as its agent
receipt-credit-note = Credit note { $number }
receipt-amount-on = { $amount }, { $date }
receipt-number-of = { $tax } number
receipt-whole = <a href="{ $url }">Full receipt</a>, for your books: who sold what, and each tax with its number

ticket-title = Ticket { $serial }
ticket-page-words = Show this code at the door. It lets one person in, once, so share this page only with the person the ticket is for.
ticket-heading = Ticket
ticket-used = Used
ticket-used-at = { $when }, { $by }
ticket-refunded = Refunded
ticket-canceled = Canceled
ticket-alone = Open this ticket by itself
ticket-enlarge = Show large
ticket-shrink = Close
ticket-about-event = About the event
ticket-qr = QR code of this ticket


locked-title = Open the link in your mail
locked-words = An order is shown only to whoever has its own link. It is in the confirmation that we sent you: look for a mail that begins “Your tickets for” or “Your ticket for”, in your spam folder too.
locked-mail = Mail me my tickets
locked-door = Are you at the door already? The PDF in that mail opens without a connection.
order-news = News
order-news-agreed = You agreed to this:
order-news-button = No more news
order-done-news = You get no more news from them. Mails about your order still come.
