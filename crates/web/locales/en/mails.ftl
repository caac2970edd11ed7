# The mails to buyers. A text with markup is for the HTML side; its twin for the text side ends in -text.

mail-dear = Dear { $buyer },
mail-dear-html = Dear <span dir="auto">{ $buyer }</span>,
mail-show-order = Show my order
mail-show-order-text = Show my order:
mail-order = Order { $number }
mail-foot-ten-days = Order { $number }. If the money has not come back after ten business days, reply to this mail.
mail-foot-questions = Order { $number }. Questions about the event: reply to this mail.

paid-subject = { $n ->
    [one] Your ticket for { $title }
   *[other] Your tickets for { $title }
}
paid-title = Your tickets for { $title }
paid-head = { $n ->
    [one] Your ticket is here
   *[other] Your tickets are here
}
paid-thanks = Thank you, { $buyer }. Show each code at the door, on your phone or on paper. The tickets are also attached as a PDF.
paid-thanks-html = Thank you, <span dir="auto">{ $buyer }</span>. Show each code at the door, on your phone or on paper. The tickets are also attached as a PDF.
paid-show = Show my tickets
paid-show-text = Show my tickets:
paid-wallets = { $n ->
    [one] There you can add it to your phone’s wallet, too.
   *[other] There you can add them to your phone’s wallet, too.
}
paid-one = Your ticket
paid-each = Each ticket has its own link, so that each guest can have theirs
paid-each-text = Each ticket has its own link, so that each guest can have theirs:
paid-receipt = Receipt
paid-receipt-text = RECEIPT
paid-ordered = Ordered { $at }
paid-paid-by = Paid { $at }, { $method }
paid-by-card = by card
paid-bought-by = Bought by { $buyer }
paid-bought-by-html = Bought by <span dir="auto">{ $buyer }</span>
paid-sold-by = Sold by { $seller }, through Jugnu Tickets as its agent
paid-sold-by-html = Sold by <span dir="auto">{ $seller }</span>, through Jugnu Tickets as its agent
paid-foot = Keep this mail to yourself: whoever has its links has your tickets. You get it because you ordered tickets; there is no list to leave.

sum-line-each = ({ $price } each with its fee)
sum-discount-code = Discount ({ $code })

late-subject = Your { $amount } for { $title } is on its way back
late-title = Your money is on its way back
late-preview = { $amount } goes back in full. You need not do anything.
late-head = We are sorry: your money is on its way back
late-words = { $why } You have no tickets from this order. All of it, { $amount }, goes back to the card that you used.
late-words-html = { $why } You have no tickets from this order. All of it, <strong>{ $amount }</strong>, goes back to the card that you used.
late-started = The refund has been started, and you need not do anything. Banks take up to ten business days to show it.
late-see = See what is still on sale
late-see-text = See what is still on sale:
late-duplicate = This order was paid twice. Your tickets are safe; the second payment goes back to you.

off-subject = Called off: { $title }
off-preview = { $amount } goes back to your card. You need not do anything.
off-preview-free = It will not take place.
off-head = This event is called off
off-by = { $organizer } has called off
off-by-html = <bdi>{ $organizer }</bdi> has called off
off-note = Their message:
off-money = { $amount } goes back to the card that you paid with: the tickets, their taxes, and all fees. You need not do anything. Banks take up to ten business days to show it. The credit note is on your order’s page once the refund is made.
off-money-html = <strong>{ $amount }</strong> goes back to the card that you paid with: the tickets, their taxes, and all fees. You need not do anything. Banks take up to ten business days to show it. The credit note is on your order’s page once the refund is made.
off-free = Your order had cost nothing, so there is nothing to give back.
off-door = Your tickets no longer open the door.

failed-subject = Your refund of { $amount } for { $title } did not arrive
failed-head = Your refund did not arrive
failed-preview = The bank sent { $amount } back to us. Nothing is lost.
failed-words = We sent { $amount } to the card that you paid with, and your bank sent it back. Most often such a card was replaced or its account closed. Nothing is lost, and the refund has not been made.
failed-words-html = We sent <strong>{ $amount }</strong> to the card that you paid with, and your bank sent it back. Most often such a card was replaced or its account closed. Nothing is lost, and the refund has not been made.
failed-reply = To get your money in another way, reply to this mail.
failed-write = To get your money in another way, write to { $organizer } at { $contact }, or reply to this mail.
failed-write-html = To get your money in another way, write to <bdi>{ $organizer }</bdi> at <a href="mailto:{ $contact }" style="color:inherit;font-weight:600">{ $contact }</a>, or reply to this mail.
failed-none-good = No ticket of your order opens the door at present.
failed-good = { $n ->
    [one] This ticket is good until then
   *[other] These tickets are good until then
}
failed-good-text = { $n ->
    [one] This ticket is good until then:
   *[other] These tickets are good until then:
}
failed-foot = Order { $number }. Keep this mail to yourself: whoever has its link has your tickets.

refunded-subject = Your refund for { $title }: { $amount }
refunded-subject-free = Your tickets for { $title } were taken back
refunded-title = Your refund for { $title }
refunded-preview = { $amount } is on its way to your card. You need not do anything.
refunded-head = Your refund is on its way
refunded-head-free = Your tickets were taken back
refunded-free = { $organizer } has taken tickets of your order back. They had cost nothing, so no money goes back.
refunded-free-html = <bdi>{ $organizer }</bdi> has taken tickets of your order back. They had cost nothing, so no money goes back.
refunded-words = { $organizer } has refunded { $amount } to the card that you paid with. You need not do anything. Banks take up to ten business days to show it.
refunded-words-html = <bdi>{ $organizer }</bdi> has refunded <strong>{ $amount }</strong> to the card that you paid with. You need not do anything. Banks take up to ten business days to show it.
refunded-what = What comes back
refunded-what-text = WHAT COMES BACK
refunded-refund = Refund
refunded-kept = { $amount } of service fee, with its tax, is kept: it paid for selling the tickets.
refunded-dead = { $n ->
    [one] This ticket no longer opens the door
   *[other] These tickets no longer open the door
}
refunded-dead-text = { $n ->
    [one] This ticket no longer opens the door:
   *[other] These tickets no longer open the door:
}
refunded-still = { $n ->
    [one] One ticket of your order is still good.
   *[other] { $n } tickets of your order are still good.
}
refunded-note = Credit note { $number } is attached, for your books.
refunded-part-tickets = Tickets
refunded-part-fee = Service fee
refunded-part-tax-tickets = { $tax } { $rate } on the tickets
refunded-part-tax-fee = { $tax } { $rate } on the fee

# Before an event: a reminder, news of another time or place, the organizer's own words.
notice-show = { $n ->
    [one] Show my ticket
   *[other] Show my tickets
}
notice-show-text = { $n ->
    [one] Show my ticket:
   *[other] Show my tickets:
}
notice-questions = Questions: reply to this mail, it goes to { $organizer }.
reminder-subject = Coming up: { $title }, { $when }
reminder-title = Coming up: { $title }
reminder-head = See you soon
reminder-dear = Dear { $buyer }, it is nearly time.
reminder-at-hand = { $n ->
    [one] Have your ticket at hand before you reach the door: on your phone, or on paper. One code lets one person in.
   *[other] Have your tickets at hand before you reach the door: on your phone, or on paper. One code lets one person in.
}
reminder-foot = Order { $number }. You get this once, the day before, because you ordered tickets.
changed-subject = New details: { $title }
changed-head = The details have changed
changed-preview = Now: { $when }, { $place }
changed-by = { $organizer } has changed when or where this event takes place. The details are now:
changed-good = { $n ->
    [one] Your ticket stays good, with the same code. The calendar file on your order’s page has the new time.
   *[other] Your tickets stay good, with the same codes. The calendar file on your order’s page has the new time.
}
changed-cannot = Can you not make it? { $rule }
changed-foot = Order { $number }. You get this because you hold tickets for this event. There is no list to leave.
message-preview = { $organizer } about { $title }
message-by = { $organizer } writes to everybody with a ticket:
message-foot = Order { $number }. You get this because you hold tickets for this event, and it may only be about that.
message-leave = No more messages from { $organizer }
message-leave-text = No more messages from { $organizer }:

declined-subject = About your refund request for { $title }
declined-title = About your refund request
declined-preview = { $organizer } has answered. Your tickets stay valid.
declined-head = Your refund request was declined
declined-by = { $organizer } has read your request and answers:
declined-good = Nothing has changed: your tickets stay valid, and you may pass them on to somebody else.
declined-write = If something was misunderstood, write to { $contact }.
declined-write-html = If something was misunderstood, write to <a href="mailto:{ $contact }" style="color:inherit;font-weight:600">{ $contact }</a>.

asked-subject = Refund asked for: order { $number }, { $title }
asked-head = A buyer asks for a refund
asked-preview = { $buyer } waits for your answer.
asked-words = { $buyer } asks for the money back for { $n ->
    [one] one ticket
   *[other] { $n } tickets
}.
asked-words-html = <strong dir="auto">{ $buyer }</strong> asks for the money back for { $n ->
    [one] one ticket
   *[other] { $n } tickets
}.
asked-wait = Nothing has been refunded. Open the order to refund it, or to say why not; the buyer gets your answer by mail.
asked-open = Open the order
asked-foot = Order { $number }. A reply to this mail goes to the buyer.
