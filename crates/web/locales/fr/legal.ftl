# Conditions de vente, confidentialité, politique de remboursement.

legal-version = Version du { $version }

terms-title = Conditions de vente
terms-who = Qui vend
terms-who-words = Chaque billet est vendu par l’organisateur nommé sur la page de l’événement et sur votre reçu. Jugnu Tickets vend au nom de l’organisateur, à titre de mandataire, et reçoit le paiement par l’entremise de Stripe.
terms-pay = Ce que vous payez
terms-pay-words = Le premier prix que vous voyez comprend tous les frais obligatoires. Les taxes sont affichées une à une avant le paiement. Les montants sont dans la devise indiquée près du total.
terms-bought = Une fois l’achat fait
terms-bought-words = Pendant que vous payez, vos places sont retenues pour un temps limité. La vente est conclue lorsque le paiement est confirmé; nous affichons et envoyons alors les billets. Si un paiement nous parvient après la fin du délai, vous recevez les billets s’il reste des places, sinon tout votre argent vous est rendu.
terms-ticket = Votre billet
terms-ticket-words = Un billet fait entrer une personne, une seule fois. Son code vaut pour la première personne qui le présente : gardez-le pour vous et pour ceux à qui il est destiné. Un billet peut être donné tel quel, mais non revendu à un prix supérieur à sa valeur nominale. L’organisateur peut refuser l’entrée pour des raisons de sécurité et de droit.
terms-changes = Si l’événement change
terms-changes-words = Si l’événement est annulé, tout ce que vous avez payé vous est rendu, frais et taxes compris. Si sa date ou son lieu change, l’organisateur vous indique comment être remboursé. Si un billet ne vous donne pas accès sans que ce soit votre faute, s’il est contrefait ou s’il n’est pas conforme à sa description, votre argent vous est rendu. Voir la <a href="{ $refunds }">politique de remboursement</a>.
terms-law = Le droit applicable
terms-law-words = Le droit de la Colombie-Britannique et du Canada s’applique. Rien ici ne vous retire un droit que vous donne la protection du consommateur, comme la <i lang="en">Ticket Sales Act</i>.

privacy-title = Confidentialité
privacy-keep = Ce que nous conservons, et pourquoi
privacy-keep-words = Votre nom et votre adresse courriel, pour vous envoyer les billets et vous faire entrer. Ce que vous avez acheté et payé, parce que le droit fiscal l’exige. Le moment où un billet a été utilisé, pour qu’il ne serve qu’une fois. Si vous avez coché une case pour recevoir des nouvelles : son texte, et le moment où vous l’avez cochée.
privacy-who = Qui le voit
privacy-who-words = L’organisateur de l’événement pour lequel vous avez acheté, et aucun autre. Stripe, qui reçoit le paiement : votre numéro de carte va à Stripe et jamais à nous. Le transporteur de nos courriels. Google, si vous ajoutez un billet à son portefeuille.
privacy-not = Ce que nous ne faisons pas
privacy-not-words = Aucune publicité, aucun traceur, aucun script ni aucune police de caractères d’une autre entreprise sur nos pages. Nous n’écrivons qu’au sujet de votre commande, sauf si vous avez coché une case pour en recevoir davantage. Nos témoins font trois choses : vous montrer votre commande, vous garder connecté, retenir votre langue.
privacy-long = Pendant combien de temps
privacy-long-words = Les documents comptables sont conservés six ans, comme l’exige le droit fiscal canadien. Tout le reste à votre sujet peut être effacé plus tôt si vous le demandez.
privacy-rights = Vos droits
privacy-rights-words = Vous pouvez télécharger ce que nous conservons au sujet d’une commande à partir de sa page, le faire corriger et le faire effacer dans la mesure où la loi le permet. Répondez à l’un de nos courriels; nous répondons dans les 30 jours. Si notre réponse ne vous satisfait pas, le commissaire à l’information et à la protection de la vie privée de la Colombie-Britannique peut vous aider.

refunds-title = Politique de remboursement
refunds-always = Toujours
refunds-always-canceled = L’événement est annulé : tout vous est rendu, frais et taxes compris, sans que vous le demandiez.
refunds-always-twice = Vous avez payé sans recevoir de billet, ou payé deux fois : tout vous est rendu, sans que vous le demandiez.
refunds-always-wrong = Un billet ne vous donne pas accès sans que ce soit votre faute, est contrefait ou n’est pas conforme à sa description : tout vous est rendu.
refunds-mind = Si vous changez d’avis
refunds-mind-words = Chaque organisateur fixe une règle. Elle figure sur la page de l’événement avant l’achat. Si elle permet un remboursement, demandez-le sur la page de votre commande, ou écrivez à l’organisateur à partir de l’adresse utilisée pour l’achat.
refunds-how = Comment l’argent est rendu
refunds-how-words = Sur la carte utilisée pour le paiement, avec la taxe exacte. L’opération peut mettre jusqu’à dix jours ouvrables à paraître sur votre relevé. Les billets remboursés ne donnent plus accès à l’événement.
