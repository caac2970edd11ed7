# La page d’un événement.

event-when = Quand
event-where = Où
event-your-time = Votre heure : { $time }
event-add-to-calendar = Ajouter au calendrier
event-find-on-map = Voir sur une carte
event-tickets = Billets
event-without-code = Sans le code :
event-with-code = Avec le code :
event-on-sale-from = En vente le { $when }
event-how-many = Combien : { $tier }
event-fewer = Un de moins : { $tier }
event-more = Un de plus : { $tier }
event-count-one = billet
event-count-many = billets
event-get-tickets = Prendre des billets
event-prices-in = Les prix sont en { $currency } et comprennent tous les frais. Chaque taxe est affichée avant le paiement.
event-about = À propos de l’événement
event-refunds = Remboursements
event-organizer = Organisateur
event-sold-by = Les billets sont vendus par <bdi>{ $seller }</bdi>, par l’entremise de Jugnu Tickets, son mandataire.
event-ask = Écrire à l’organisateur
event-share = Partager
event-share-button = Partager cet événement
event-copy = Copier le lien
event-copied = Lien copié
event-copy-failed = Copie impossible
event-over = Terminé
event-over-head = Cet événement a eu lieu
event-over-words = Les billets ne sont plus en vente. Si vous en avez acheté, votre page de commande et votre reçu restent accessibles.
event-see-others = Voir ce qui est à l’affiche
event-paused = La vente de billets est suspendue pour le moment. Veuillez revenir un peu plus tard.
event-canceled-head = Cet événement est annulé
event-canceled-words = Il n’aura pas lieu, et les billets ne sont plus en vente.
event-canceled-money = Vous avez acheté des billets? Tout ce que vous avez payé vous est rendu, frais et taxes compris, sur la carte utilisée pour le paiement. Vous n’avez rien à faire : nous vous avons écrit, et l’opération peut mettre jusqu’à dix jours ouvrables à paraître sur votre relevé.
event-canceled-note = Le mot de l’organisateur
event-none-on-sale = Aucun billet n’est en vente ici pour le moment.
event-map-note = Ouvre OpenStreetMap

code-label = Code de rabais
code-apply = Appliquer
code-unlocks = Votre code donne accès à des billets
code-percent-off = { $percent } de rabais
code-amount-off = { $amount } de rabais sur votre commande
code-for-tiers = { $gives } : { $tiers }
code-from-tickets = { $gives }, à partir de { $least } billets
code-unknown = Ce code de rabais n’est pas valable pour cet événement.
code-not-yet = Ce code de rabais ne peut pas encore être utilisé.
code-ended = Ce code de rabais n’est plus valable.
code-used-up = Ce code de rabais est épuisé.
code-minimum = Ce code de rabais exige au moins { $least } des billets auxquels il s’applique.
code-not-eligible = Ce code de rabais ne s’applique pas aux billets que vous avez choisis.

choose-one = Choisissez au moins un billet.
choose-unknown = Cette catégorie de billets n’existe pas.
choose-quantity = Vous pouvez acheter de 1 à { $most } billets « { $tier } » à la fois.
choose-too-many = Une commande compte au plus { $most } billets.
choose-not-on-sale = « { $tier } » n’est pas en vente en ce moment.
choose-sold-out = « { $tier } » affiche complet.
choose-few-left = { $left ->
    [one] Il ne reste que { $left } billet « { $tier } ».
   *[other] Il ne reste que { $left } billets « { $tier } ».
}
choose-few-now = Seulement { $left } billets « { $tier } » peuvent être obtenus en ce moment.
choose-fee-exceeds-price = Ce qui reste du prix ne couvre pas les frais qui en sont retenus. Choisissez d’autres billets, ou retirez le rabais.
choose-no-price = Les montants de cette commande sont trop élevés.
choose-payments-not-ready = L’organisateur de cet événement ne peut pas recevoir de paiements pour le moment. Veuillez réessayer plus tard.
choose-total-too-small = Le total d’une commande doit être d’au moins { $least }, ou nul.

event-preview = Ceci est un aperçu : vous seul le voyez, et rien ne peut être acheté ici.
event-preview-back = Retour à l’événement
