# Signing in by a link, and the orders of whoever has.

sign-in-title = Sign in
title-check = Please check: { $title }
sign-in-sell = Sell tickets
sign-in-sell-words = No password: we mail you a link that signs you in. The first one also opens your account.
sign-in-tickets-words = Write the address that you bought with. We mail you a link that shows all your orders.
sign-in-go-on-as = Go on as <bdi>{ $email }</bdi>
sign-in-or = or with another address
sign-in-address = Your e-mail address
sign-in-send = Send me a link
sign-in-sending = Sending…
sign-in-other-tickets = Looking for tickets that you bought?
sign-in-other-tickets-link = Show my tickets
sign-in-other-sell = Want to sell tickets?
sign-in-other-sell-link = Sign in as an organizer

passkey-sign-in = Sign in with a passkey
passkey-stopped = No passkey was chosen. Try again, or use a link by mail.
passkey-often = That was tried often. Wait a minute, then try again.
passkey-away = We could not be reached. Check your connection and try again.
passkey-cannot = Your browser could not use a passkey here. Use a link by mail.

sign-in-sent = Check your mail
sign-in-sent-words = We have sent a link to <strong><bdi>{ $email }</bdi></strong>. It works once, for { $minutes } minutes, in the browser that you open it with.
sign-in-sent-nothing = Nothing there? Look in your spam folder too, and check the address above for a typo.

sign-in-enter = Almost there
sign-in-enter-sell = Sign in as <strong><bdi>{ $email }</bdi></strong> to your organizer’s pages.
sign-in-enter-tickets = Sign in as <strong><bdi>{ $email }</bdi></strong> to see your tickets.
sign-in-button = Sign in
sign-in-not-you = Not you? Close this page: nothing happens without the button.

sign-in-spent = This link is used up
sign-in-spent-words = A sign-in link works once, and for 15 minutes. If you have more than one mail from us, the newest one has the link that works.
sign-in-new-link = Send me a new link

mine-words = Everything that was bought with <bdi>{ $email }</bdi>.
mine-none = No tickets yet
mine-none-words = Nothing was bought with this address. Did you use another one? Sign out and try that.
mine-coming = Upcoming
mine-over = Past
mine-show = Show tickets
mine-order = Order { $code }
mine-count = { $n ->
    [one] { $n } ticket
   *[other] { $n } tickets
}
mine-unpaid = Not paid yet
mine-called-off = Called off
mine-refunded = Refunded
mine-part-refunded = Partly refunded
mine-first = Back to the beginning
mine-more = Show more
mine-signed-in = Signed in as <bdi>{ $email }</bdi>.
mine-account = Your account
mine-sign-out = Sign out

