# Signing in, and the orders and the account of whoever has.

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
passkey-lapsed = That took too long. Please try once more.
passkey-refused = This passkey was not accepted. Try once more, or use a link by mail.
passkey-unknown = This passkey is not known here: it may have been removed. Sign in with a link by mail.
passkey-taken = This passkey is on an account already.
passkey-too-many = You have { $most } passkeys, which is the most. Remove one first.
passkey-not-yet = Show once more that it is you: load this page again, and it says how.

sign-in-provider = Continue with <bdi>{ $name }</bdi>
sign-in-or-mail = or by mail

provider-mail = Use a link by mail
provider-lapsed = Please start again
provider-lapsed-words = That took longer than ten minutes, was finished already, or began in another browser. Nobody was signed in.
provider-stopped = You did not sign in
provider-stopped-words = { $name } tells us that nobody signed in there. Nothing has changed: try it once more, or have a link mailed to you.
provider-away = { $name } does not answer
provider-away-words = It may be back in a moment. A link by mail signs you in all the same.
provider-refused = That did not work
provider-refused-words = What { $name } sent us could not be checked, so nobody was signed in. Try it once more; if it stays like this, a link by mail signs you in.
provider-unverified = Your address is not confirmed
provider-unverified-words = { $name } has not told us an e-mail address that is confirmed as yours. Confirm it there, or have a link mailed to you: that confirms it, too.
provider-taken = This account is linked already
provider-taken-words = The account with your address is linked to another person at { $name }. If it is yours, a link by mail opens it.

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
mine-pay = Go on with the order
mine-open = Show the order
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

account-sales = Your events and sales
account-tickets = Tickets that you bought
account-sessions = Where you are signed in
account-sessions-words = A browser is signed out by itself after a month without use.
account-here = This browser
account-a-browser = A browser
account-browser-on = { $browser } on { $system }
account-seen = Last seen { $seen }
account-since = Signed in { $way } on { $since }
account-by-mail = by mail
account-by-passkey = with a passkey
account-by-host = through another site
account-by-provider = with an account elsewhere
account-which = { $browser }, last seen { $seen }
account-others = Sign out everywhere else
account-ended = That browser is signed out.
account-others-ended = You are signed out everywhere else.

account-passkeys = Passkeys
account-passkeys-words = Sign in with your face, your finger or the lock of your device, without waiting for a mail. A link by mail works all the same.
account-passkey-added = Your passkey is added. From now on it signs you in.
account-passkey-renamed = Your passkey has its new name.
account-passkey-removed = That passkey signs nobody in any more. You can delete it from your device, too.
account-passkey-nameless = That cannot be a name. Write 1 to 60 characters, without any that cannot be seen.
passkey-used = Last used { $used }
passkey-unused = Not used yet
passkey-added = Added { $added }
passkey-named = the passkey { $name }
passkey-remove = Remove
passkey-rename = Rename
passkey-name = Name
passkey-save = Save
passkey-again-first = You signed in a while ago. To add a passkey, show once more that it is you:
passkey-again = You signed in a while ago. To add another one, show once more that it is you:
passkey-code-first = Show your second factor to add one
passkey-passkey-first = To add another one, sign in with one of these first.
new-passkey = Add a passkey
new-passkey-script = To add one, let this page run its script.
new-passkey-stopped = No passkey was made. Try again when you are ready.
new-passkey-there = This device has a passkey of yours already.
new-passkey-away = We could not be reached, or you are signed out. Load this page again.
new-passkey-cannot = Your browser could not make a passkey here.

factor = Second factor
factor-on = Your authenticator app is set up. Admins’ pages ask for its code once a day.
factor-off = An authenticator app keeps your account yours, even if somebody reads your mail.
factor-set-up = Set it up
factor-done = Your second factor is set up.
factor-make = Set up your second factor
factor-scan = Scan this with an authenticator app, then write the six digits that it shows.
factor-type = No camera? Type this into the app instead:
factor-ask = Write the six digits that your authenticator app shows now.
factor-ask-or-passkey = Write the six digits that your authenticator app shows now, or show a passkey.
factor-passkey = Show your passkey: this account is protected by it, and a link by mail is not enough here.
factor-code = Code
factor-lost = Phone lost? A recovery code works here as well.
factor-wrong = This code is not right, or it was used already. Wait for the next one and write that.
factor-locked = Too many wrong codes. Please try again in { $minutes } minutes.
factor-passkey-script = A passkey is shown by a script, and this browser runs none. Allow scripts for this site, or come back with another browser.
factor-passkey-first = Sign in with your passkey first.
factor-busy = One moment…
factor-go-on = Go on
factor-back = Back to your account

recovery-title = Your recovery codes
recovery-head = Keep these codes
recovery-words = Each of them stands in once for your app, if your phone is lost. Print them or write them down: they are shown only now.
recovery-kept = I have kept them

link-subject = Your link to sign in
link-subject-tickets = Your link to your tickets
link-title = Sign in to Jugnu Tickets
link-preview = It works once, for { $minutes } minutes.
link-head = Here is your link
link-tickets = Here are your tickets
link-words = Open this address to sign in as { $email }. It works once, for { $minutes } minutes:
link-words-html = Press the button to sign in as <bdi>{ $email }</bdi>. The link works once, for { $minutes } minutes.
link-not-you = If you did not ask for this, leave it: nothing happens without the link. Nobody from Jugnu Tickets will ever ask you for it.
link-foot = You get this mail because somebody wrote <bdi>{ $email }</bdi> on our sign-in page.

news-added-subject = A passkey was added to your account
news-removed-subject = A passkey was removed from your account
news-added-title = A passkey was added
news-removed-title = A passkey was removed
news-added = A new passkey
news-removed = A passkey is gone
news-added-words = The passkey “{ $name }” signs in as { $email } from now on.
news-added-words-html = The passkey “<bdi>{ $name }</bdi>” signs in as <bdi>{ $email }</bdi> from now on.
news-removed-words = The passkey “{ $name }” of { $email } signs nobody in any more.
news-removed-words-html = The passkey “<bdi>{ $name }</bdi>” of <bdi>{ $email }</bdi> signs nobody in any more.
news-added-when = It was added on { $when }.
news-added-when-with = It was added on { $when }, with { $browser }.
news-removed-when = It was removed on { $when }.
news-removed-when-with = It was removed on { $when }, with { $browser }.
news-you = Was it you? Then there is nothing to do.
news-you-html = <strong>Was it you?</strong> Then there is nothing to do.
news-not-you = Was it somebody else? Sign in with a link by mail, remove every passkey that you do not know, and press “Sign out everywhere else”. Whoever did this may also read your mail: change its password.
news-not-you-html = <strong>Was it somebody else?</strong> Sign in with a link by mail, remove every passkey that you do not know, and press “Sign out everywhere else”. Whoever did this may also read your mail: change its password.
news-look = Look at my account
news-foot = You get this mail because a passkey of <bdi>{ $email }</bdi> has changed.

leave-title = No more messages?
leave-words = <bdi>{ $organizer }</bdi> will not write to <strong><bdi>{ $email }</bdi></strong> any more, about this event or another.
leave-stays = Your tickets, refunds, reminders, and news of another time or place still come.
leave-button = No more messages
left-title = You get no more messages
left-words = <bdi>{ $organizer }</bdi> does not write to <strong><bdi>{ $email }</bdi></strong> any more.
left-back = I want them after all
