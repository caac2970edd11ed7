# La dernière page avant celle du paiement.

checkout-title = Commande
checkout-title-check = À vérifier : commande
checkout-head = Vous y êtes presque
checkout-lead-free = Encore une étape, et les billets arrivent par courriel.
checkout-lead = Ensuite, vos places sont retenues pendant { $minutes } minutes, le temps de payer.
checkout-change = Modifier les billets
checkout-choose-again = Choisir de nouveau
checkout-look-again = Certains champs sont à vérifier.
checkout-things-to-check = { $n ->
    [one] Un champ est à vérifier.
    [2] Deux champs sont à vérifier.
    [3] Trois champs sont à vérifier.
   *[other] { $n } champs sont à vérifier.
}
checkout-who = À qui sont les billets?
checkout-name = Votre nom
checkout-email = Adresse courriel
checkout-email-hint-consent = Vos billets y seront envoyés. Rien d’autre, sauf si vous cochez une case ci-dessous.
checkout-holders = Au nom de qui est chaque billet?
checkout-holders-hint = L’organisateur demande un nom par billet. Vous pouvez le modifier jusqu’à l’entrée de la personne.
checkout-holder = { $tier }, billet { $n }
checkout-news = Des nouvelles, si vous le voulez
checkout-news-hint = Ce n’est pas nécessaire pour vos billets. Vous pouvez vous désabonner en tout temps.
checkout-consent-organizer = { $organizer } peut m’écrire par courriel au sujet de ses prochains événements.
checkout-consent-platform = Jugnu Tickets peut m’écrire par courriel au sujet d’événements près de chez moi.
checkout-your-order = Votre commande
checkout-busy = Un instant…
checkout-get = Obtenir les billets
checkout-go-on = Passer au paiement
checkout-pay = Payer { $total }
checkout-at-stripe = Le paiement se fait chez Stripe, sur sa propre page. Nous ne voyons jamais votre carte.
checkout-accept = En continuant, vous acceptez les <a href="{ $terms }">conditions de vente</a> et la <a href="{ $refunds }">politique de remboursement</a>.
checkout-sold-by = Vendu par <bdi>{ $seller }</bdi>, par l’entremise de Jugnu Tickets, son mandataire.

field-name = Écrivez votre nom, en 120 caractères au plus.
field-email = Ce n’est pas une adresse courriel : elle devrait ressembler à nom@exemple.ca.
field-holder = Écrivez un nom pour ce billet, en 120 caractères au plus.
