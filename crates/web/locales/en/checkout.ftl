# The last page before the payment page.

checkout-title = Checkout
checkout-title-check = Please check: Checkout
checkout-head = Almost yours
checkout-lead-free = One step, and the tickets are in your mail.
checkout-lead = Next, your places are held for { $minutes } minutes while you pay.
checkout-change = Change tickets
checkout-choose-again = Choose again
checkout-look-again = Some fields need another look.
checkout-things-to-check = { $n ->
    [one] One thing needs another look.
    [2] Two things need another look.
    [3] Three things need another look.
   *[other] { $n } things need another look.
}
checkout-who = Who are the tickets for?
checkout-name = Your name
checkout-email = E-mail
checkout-email-hint-consent = Your tickets go there. Nothing else does, unless you tick a box below.
checkout-holders = Whose is each ticket?
checkout-holders-hint = The organizer asks for a name on each ticket. You can change it until its holder is let in.
checkout-holder = { $tier }, ticket { $n }
checkout-news = News, if you like
checkout-news-hint = Not needed for your tickets. You can leave at any time.
checkout-consent-organizer = { $organizer } may e-mail me about its future events.
checkout-consent-platform = Jugnu Tickets may e-mail me about events near me.
checkout-your-order = Your order
checkout-busy = One moment…
checkout-get = Get tickets
checkout-go-on = Continue to payment
checkout-pay = Pay { $total }
checkout-at-stripe = You pay at Stripe, on its own page. We never see your card.
checkout-accept = By going on you accept the <a href="{ $terms }">terms</a> and the <a href="{ $refunds }">refund policy</a>.
checkout-sold-by = Sold by <bdi>{ $seller }</bdi>, through Jugnu Tickets as its agent.

field-name = Write your name, in at most 120 characters.
field-email = This is not an e-mail address: it should look like name@example.ca.
field-holder = Write a name for this ticket, in at most 120 characters.
