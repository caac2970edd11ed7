# Terms of sale, privacy, refund policy. Whoever changes these in substance changes their version with them (app::terms).

legal-version = Version of { $version }

terms-title = Terms of sale
terms-who = Who sells
terms-who-words = Each ticket is sold by the organizer who is named on the event’s page and on your receipt. Jugnu Tickets sells in the organizer’s name, as its agent, and takes the payment through Stripe.
terms-pay = What you pay
terms-pay-words = The first price that you see has every obligatory fee inside. Taxes are shown one by one before you pay. Amounts are in the currency named beside the total.
terms-bought = When you have bought
terms-bought-words = While you pay, your places are held for a limited time. The sale is made when the payment is confirmed; then we show and mail the tickets. If a payment reaches us after the hold has ended, you get the tickets if there is still room, and otherwise all of your money back.
terms-ticket = Your ticket
terms-ticket-words = A ticket admits one person, once. Its code works for whoever shows it first, so keep it to yourself and to those whom it is for. A ticket may be passed on as it is, but not sold for more than its face value. The organizer may refuse entry for reasons of safety and of law.
terms-changes = If the event changes
terms-changes-words = If the event is canceled, all that you paid is given back, fees and taxes too. If its day or its place changes, the organizer tells you how to get your money back. If a ticket does not admit you through no fault of your own, is counterfeit, or is not as described, you get your money back. See the <a href="{ $refunds }">refund policy</a>.
terms-law = The law
terms-law-words = The law of British Columbia and of Canada applies. Nothing here takes away a right that consumer law gives you, such as the Ticket Sales Act.

privacy-title = Privacy
privacy-keep = What we keep, and why
privacy-keep-words = Your name and your e-mail address, to send you tickets and to let you in. What you bought and paid, because tax law asks for it. When a ticket was used, so that it works once. If you ticked a box for news: its words, and when you ticked it.
privacy-who = Who sees it
privacy-who-words = The organizer of the event that you bought for, and nobody else’s organizer. Stripe, which takes the payment: your card number goes to Stripe and never to us. Whoever carries our mail. Google, if you add a ticket to its wallet.
privacy-not = What we do not do
privacy-not-words = No advertising, no trackers, no scripts or fonts from other companies on any page. We send mail about your order only, unless you ticked a box for more. Our cookies do three things: show you your order, keep you signed in, remember your language.
privacy-long = For how long
privacy-long-words = Records of money are kept for six years, as Canadian tax law asks. Everything else about you can be erased earlier if you ask.
privacy-rights = Your rights
privacy-rights-words = You may download what we hold about an order from its page, have it corrected, and have it erased as far as the law allows. Reply to any mail of ours; we answer within 30 days. If we do not satisfy you, the Information and Privacy Commissioner for British Columbia can help.

refunds-title = Refund policy
refunds-always = Always
refunds-always-canceled = The event is canceled: everything back, fees and taxes too, without asking.
refunds-always-twice = You paid and got no ticket, or paid twice: everything back, without asking.
refunds-always-wrong = A ticket does not admit you through no fault of your own, is counterfeit, or is not as described: everything back.
refunds-mind = If you change your mind
refunds-mind-words = Each organizer sets a rule. It stands on the event’s page before you buy. Where it allows a refund, ask for it on your order’s page, or write to the organizer from the address that you bought with.
refunds-how = How money goes back
refunds-how-words = To the card that you paid with, with the exact tax. Banks take up to ten business days to show it. The tickets that are refunded no longer open the door.
