# Les courriels aux acheteurs.

mail-dear = Bonjour { $buyer },
mail-dear-html = Bonjour <span dir="auto">{ $buyer }</span>,
mail-show-order = Voir ma commande
mail-show-order-text = Voir ma commande :
mail-order = Commande { $number }
mail-foot-ten-days = Commande { $number }. Si l’argent ne vous est pas revenu après dix jours ouvrables, répondez à ce courriel.
mail-foot-questions = Commande { $number }. Pour toute question au sujet de l’événement, répondez à ce courriel.

paid-subject = { $n ->
    [one] Votre billet pour { $title }
   *[other] Vos billets pour { $title }
}
paid-title = Vos billets pour { $title }
paid-head = { $n ->
    [one] Voici votre billet
   *[other] Voici vos billets
}
paid-thanks = Merci, { $buyer }. Présentez chaque code à l’entrée, sur votre téléphone ou sur papier. Les billets sont aussi joints en PDF.
paid-thanks-html = Merci, <span dir="auto">{ $buyer }</span>. Présentez chaque code à l’entrée, sur votre téléphone ou sur papier. Les billets sont aussi joints en PDF.
paid-show = Voir mes billets
paid-show-text = Voir mes billets :
paid-wallets = { $n ->
    [one] Vous pourrez aussi y ajouter votre billet au portefeuille de votre téléphone.
   *[other] Vous pourrez aussi y ajouter vos billets au portefeuille de votre téléphone.
}
paid-one = Votre billet
paid-each = Chaque billet a son propre lien, pour que chaque invité ait le sien
paid-each-text = Chaque billet a son propre lien, pour que chaque invité ait le sien :
paid-receipt = Reçu
paid-receipt-text = REÇU
paid-ordered = Commandé le { $at }
paid-paid-by = Payé le { $at }, { $method }
paid-by-card = par carte
paid-bought-by = Acheté par { $buyer }
paid-bought-by-html = Acheté par <span dir="auto">{ $buyer }</span>
paid-sold-by = Vendu par { $seller }, par l’entremise de Jugnu Tickets, son mandataire
paid-sold-by-html = Vendu par <span dir="auto">{ $seller }</span>, par l’entremise de Jugnu Tickets, son mandataire
paid-foot = Gardez ce courriel pour vous : quiconque a ses liens a vos billets. Vous le recevez parce que vous avez commandé des billets; il n’y a aucune liste à quitter.

sum-line-each = ({ $price } chacun, frais compris)
sum-discount-code = Rabais ({ $code })

late-subject = Vos { $amount } pour { $title } vous sont rendus
late-title = Votre argent vous est rendu
late-preview = { $amount } vous sont rendus en totalité. Vous n’avez rien à faire.
late-head = Nous sommes désolés : votre argent vous est rendu
late-words = { $why } Cette commande ne vous donne aucun billet. La totalité, soit { $amount }, retourne sur la carte que vous avez utilisée.
late-words-html = { $why } Cette commande ne vous donne aucun billet. La totalité, soit <strong>{ $amount }</strong>, retourne sur la carte que vous avez utilisée.
late-started = Le remboursement est lancé, et vous n’avez rien à faire. L’opération peut mettre jusqu’à dix jours ouvrables à paraître sur votre relevé.
late-see = Voir ce qui est encore en vente
late-see-text = Voir ce qui est encore en vente :
late-duplicate = Cette commande a été payée deux fois. Vos billets sont en sécurité; le deuxième paiement vous est rendu.

off-subject = Annulé : { $title }
off-preview = { $amount } retournent sur votre carte. Vous n’avez rien à faire.
off-preview-free = L’événement n’aura pas lieu.
off-head = Cet événement est annulé
off-by = { $organizer } a annulé
off-by-html = <bdi>{ $organizer }</bdi> a annulé
off-note = Son message :
off-money = { $amount } retournent sur la carte utilisée pour le paiement : les billets, leurs taxes et tous les frais. Vous n’avez rien à faire. L’opération peut mettre jusqu’à dix jours ouvrables à paraître sur votre relevé. La note de crédit sera sur la page de votre commande une fois le remboursement fait.
off-money-html = <strong>{ $amount }</strong> retournent sur la carte utilisée pour le paiement : les billets, leurs taxes et tous les frais. Vous n’avez rien à faire. L’opération peut mettre jusqu’à dix jours ouvrables à paraître sur votre relevé. La note de crédit sera sur la page de votre commande une fois le remboursement fait.
off-free = Votre commande n’avait rien coûté; il n’y a donc rien à rendre.
off-door = Vos billets ne donnent plus accès à l’événement.

failed-subject = Votre remboursement de { $amount } pour { $title } n’est pas arrivé
failed-head = Votre remboursement n’est pas arrivé
failed-preview = La banque nous a renvoyé { $amount }. Rien n’est perdu.
failed-words = Nous avons envoyé { $amount } sur la carte utilisée pour le paiement, et votre banque nous les a renvoyés. Le plus souvent, la carte a été remplacée ou son compte fermé. Rien n’est perdu, et le remboursement n’a pas été fait.
failed-words-html = Nous avons envoyé <strong>{ $amount }</strong> sur la carte utilisée pour le paiement, et votre banque nous les a renvoyés. Le plus souvent, la carte a été remplacée ou son compte fermé. Rien n’est perdu, et le remboursement n’a pas été fait.
failed-reply = Pour recevoir votre argent autrement, répondez à ce courriel.
failed-write = Pour recevoir votre argent autrement, écrivez à { $organizer }, à l’adresse { $contact }, ou répondez à ce courriel.
failed-write-html = Pour recevoir votre argent autrement, écrivez à <bdi>{ $organizer }</bdi>, à l’adresse <a href="mailto:{ $contact }" style="color:inherit;font-weight:600">{ $contact }</a>, ou répondez à ce courriel.
failed-none-good = Aucun billet de votre commande ne donne accès à l’événement pour le moment.
failed-good = { $n ->
    [one] Ce billet reste valable d’ici là
   *[other] Ces billets restent valables d’ici là
}
failed-good-text = { $n ->
    [one] Ce billet reste valable d’ici là :
   *[other] Ces billets restent valables d’ici là :
}
failed-foot = Commande { $number }. Gardez ce courriel pour vous : quiconque a son lien a vos billets.

refunded-subject = Votre remboursement pour { $title } : { $amount }
refunded-subject-free = Vos billets pour { $title } ont été repris
refunded-title = Votre remboursement pour { $title }
refunded-preview = { $amount } retournent sur votre carte. Vous n’avez rien à faire.
refunded-head = Votre remboursement est en route
refunded-head-free = Vos billets ont été repris
refunded-free = { $organizer } a repris des billets de votre commande. Ils n’avaient rien coûté; il n’y a donc pas d’argent à rendre.
refunded-free-html = <bdi>{ $organizer }</bdi> a repris des billets de votre commande. Ils n’avaient rien coûté; il n’y a donc pas d’argent à rendre.
refunded-words = { $organizer } a remboursé { $amount } sur la carte utilisée pour le paiement. Vous n’avez rien à faire. L’opération peut mettre jusqu’à dix jours ouvrables à paraître sur votre relevé.
refunded-words-html = <bdi>{ $organizer }</bdi> a remboursé <strong>{ $amount }</strong> sur la carte utilisée pour le paiement. Vous n’avez rien à faire. L’opération peut mettre jusqu’à dix jours ouvrables à paraître sur votre relevé.
refunded-what = Ce qui vous est rendu
refunded-what-text = CE QUI VOUS EST RENDU
refunded-refund = Remboursement
refunded-kept = { $amount } de frais de service, taxe comprise, sont conservés : ils ont payé la vente des billets.
refunded-dead = { $n ->
    [one] Ce billet ne donne plus accès à l’événement
   *[other] Ces billets ne donnent plus accès à l’événement
}
refunded-dead-text = { $n ->
    [one] Ce billet ne donne plus accès à l’événement :
   *[other] Ces billets ne donnent plus accès à l’événement :
}
refunded-still = { $n ->
    [one] Un billet de votre commande reste valable.
   *[other] { $n } billets de votre commande restent valables.
}
refunded-note = La note de crédit { $number } est jointe, pour votre comptabilité.
refunded-part-tickets = Billets
refunded-part-fee = Frais de service
refunded-part-tax-tickets = { $tax } { $rate } sur les billets
refunded-part-tax-fee = { $tax } { $rate } sur les frais

# Avant un événement : un rappel, un changement d’heure ou de lieu, les mots de l’organisateur.
notice-show = { $n ->
    [one] Voir mon billet
   *[other] Voir mes billets
}
notice-show-text = { $n ->
    [one] Voir mon billet :
   *[other] Voir mes billets :
}
notice-questions = Des questions? Répondez à ce courriel, il parvient à { $organizer }.
reminder-subject = Bientôt : { $title }, { $when }
reminder-title = Bientôt : { $title }
reminder-head = À très bientôt
reminder-dear = Bonjour { $buyer }, c’est presque l’heure.
reminder-at-hand = { $n ->
    [one] Ayez votre billet à portée de main avant d’arriver à l’entrée, sur votre téléphone ou sur papier. Un code fait entrer une personne.
   *[other] Ayez vos billets à portée de main avant d’arriver à l’entrée, sur votre téléphone ou sur papier. Un code fait entrer une personne.
}
reminder-foot = Commande { $number }. Vous recevez ce message une seule fois, la veille, parce que vous avez commandé des billets.
changed-subject = Nouveaux renseignements : { $title }
changed-head = Il y a du changement
changed-preview = Maintenant : { $when }, { $place }
changed-by = { $organizer } a changé le moment ou le lieu de cet événement. Voici les nouveaux détails :
changed-good = { $n ->
    [one] Votre billet reste valable, avec le même code. Le fichier de calendrier sur la page de votre commande a la nouvelle heure.
   *[other] Vos billets restent valables, avec les mêmes codes. Le fichier de calendrier sur la page de votre commande a la nouvelle heure.
}
changed-cannot = Vous ne pouvez pas y être? { $rule }
changed-foot = Commande { $number }. Vous recevez ce message parce que vous avez des billets pour cet événement. Il n’y a aucune liste à quitter.
message-preview = { $organizer } au sujet de { $title }
message-by = { $organizer } écrit à toutes les personnes qui ont un billet :
message-foot = Commande { $number }. Vous recevez ce message parce que vous avez des billets pour cet événement; il ne peut porter sur rien d’autre.
message-leave = Ne plus recevoir de messages de { $organizer }
message-leave-text = Ne plus recevoir de messages de { $organizer } :

declined-subject = Au sujet de votre demande de remboursement pour { $title }
declined-title = Au sujet de votre demande de remboursement
declined-preview = { $organizer } a répondu. Vos billets restent valables.
declined-head = Votre demande de remboursement a été refusée
declined-by = { $organizer } a lu votre demande et répond :
declined-good = Rien n’a changé : vos billets restent valables, et vous pouvez les donner à quelqu’un d’autre.
declined-write = En cas de malentendu, écrivez à { $contact }.
declined-write-html = En cas de malentendu, écrivez à <a href="mailto:{ $contact }" style="color:inherit;font-weight:600">{ $contact }</a>.

asked-subject = Remboursement demandé : commande { $number }, { $title }
asked-head = Une demande de remboursement
asked-preview = { $buyer } attend votre réponse.
asked-words = { $buyer } demande le remboursement { $n ->
    [one] d’un billet
   *[other] de { $n } billets
}.
asked-words-html = <strong dir="auto">{ $buyer }</strong> demande le remboursement { $n ->
    [one] d’un billet
   *[other] de { $n } billets
}.
asked-wait = Rien n’a été remboursé. Ouvrez la commande pour la rembourser, ou pour dire pourquoi non; la personne reçoit votre réponse par courriel.
asked-open = Ouvrir la commande
asked-foot = Commande { $number }. Une réponse à ce message va à la personne qui a acheté.
