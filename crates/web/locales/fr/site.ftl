# Le cadre de chaque page, et les éléments que plusieurs pages partagent.

skip = Aller au contenu
nav-main = Navigation principale
nav-events = Événements
nav-my-tickets = Mes billets
foot-line = La billetterie communautaire, depuis la Colombie‑Britannique.
foot-sell = Vendre des billets
foot-terms = Conditions
foot-refunds = Remboursements
foot-privacy = Confidentialité
lang-other = English
lang-other-label = Read this page in English

free = Gratuit
tax-plus = taxes en sus
tax-included = taxes comprises
tax-included-but-the-fees = taxes sur le billet comprises, taxes sur les frais en sus
price-fee = dont { $fee } de frais
price-fee-and-tax = dont { $fee } de frais, { $tax }

badge-on-sale = En vente
badge-low = { $left ->
    [one] Plus que { $left } billet
   *[other] Plus que { $left } billets
}
badge-sold-out = Complet
badge-not-yet = Bientôt en vente
badge-ended = Vente terminée
badge-canceled = Annulé

sum-caption = Détail du prix
sum-each = { $price } chacun, frais compris
sum-discount = Rabais
sum-fees = Frais de service
sum-tax-included = { $tax } (comprise)
sum-tax-on-fee = { $tax } sur les frais
sum-tax-later = Taxes sur les billets
sum-tax-at-payment = calculées au paiement
sum-total = Total
sum-total-so-far = Total provisoire
# Une espace insécable précède le deux-points.
sum-colon =  :

card-ending = carte { $brand } se terminant par { $last }
card-of-no-brand = carte se terminant par { $last }

refund-rule-until = Remboursement sur demande jusqu’au { $until }. Si l’événement est annulé, tout votre argent vous est rendu.
refund-rule-none = Aucun remboursement sur demande. Si l’événement est annulé, tout votre argent vous est rendu.

error-not-found = Il n’y a rien ici
error-not-found-words = L’adresse comporte peut-être une faute de frappe, ou l’événement n’est plus public.
error-gone = Cette page n’existe plus
error-gone-words = L’organisateur l’a retirée.
error-stale = Ce formulaire est resté ouvert trop longtemps
error-stale-words = Rien n’a été acheté et rien n’a été débité. Revenez en arrière, rechargez la page et envoyez le formulaire de nouveau.
error-bad-request = Cela n’a pas fonctionné
error-bad-request-words = La page n’a pas compris ce qui a été envoyé. Rien n’a été acheté et rien n’a été débité : recommencez à partir de la page de l’événement.
error-too-many = Un peu trop vite
error-too-many-words = Trop de demandes sont venues de votre connexion. Veuillez réessayer dans { $wait }.
error-off = En pause pour le moment
error-off-words = La vente de billets est suspendue. Les billets que vous avez déjà achetés restent valables.
error-busy = Il y a foule en ce moment
error-busy-words = Rien n’a été débité. Veuillez réessayer dans { $wait }; attendre ne vous fait perdre aucune place.
error-payments = Notre partenaire de paiement ne répond pas
error-payments-words = Rien n’a été débité, et les places que vous avez retenues restent à vous jusqu’à la fin du délai. Veuillez réessayer dans { $wait }.
error-ours = Une panne s’est produite de notre côté
error-ours-words = Nous en avons pris note et nous nous en occuperons. Si vous venez de payer, votre commande est en sécurité : le lien dans votre courriel y mène.
error-no-more-time = Le délai ne peut plus être prolongé
error-no-more-time-words = Vos places ont été retenues aussi longtemps que possible. Passez au paiement, ou choisissez de nouveau.
error-quote = Si vous nous écrivez à ce sujet, veuillez citer { $id }.
see-all-events = Voir tous les événements
go-to-your-pages = Aller à vos pages
try-again = Réessayer
wait-second = une seconde
wait-seconds = { $n } secondes
wait-minutes = { $n } minutes
