# La page d’une commande à chaque étape, la page d’un billet, la page du reçu.

order-pending = Vos places sont retenues
order-pending-words = Personne d’autre ne peut les prendre pendant que vous payez.
order-declined = Cette carte n’a pas été acceptée
order-declined-words = { $why } Rien n’a été débité, et vos places sont toujours retenues.
order-time-left = Temps restant
order-minutes = { $n } min
order-held-until = Retenues pour vous jusqu’à { $time }
order-voice-minutes = Il reste { $n } minutes.
order-voice-minute = Il reste une minute.
order-opening = Ouverture de la page de paiement…
order-try-again = Réessayer
order-continue = Passer au paiement
order-more-time = J’ai besoin de plus de temps
order-cancel = Annuler et libérer mes places
order-your-order = Votre commande

order-processing-title = Confirmation du paiement
order-processing = Nous confirmons votre paiement
order-processing-words = Cela prend quelques secondes. La page avance d’elle-même.
order-processing-close = Vous pouvez aussi la fermer : vos billets pour <strong><bdi>{ $title }</bdi></strong> seront envoyés à <strong>{ $email }</strong>. Veuillez ne pas payer une deuxième fois.

order-paid-title = Vos billets
order-paid = { $n ->
    [one] Votre billet est prêt
   *[other] Vos billets sont prêts
}
order-paid-words = { $n ->
    [one] Nous l’avons aussi envoyé à <strong>{ $email }</strong>. Présentez le code à l’entrée, à l’écran ou sur papier.
   *[other] Nous les avons aussi envoyés à <strong>{ $email }</strong>. Présentez chaque code à l’entrée, à l’écran ou sur papier.
}
order-part-refunded = { $amount } de cette commande ont été remboursés. Les billets remboursés ne donnent plus accès à l’événement.
order-tickets = { $n ->
    [one] Billet
   *[other] { $n } billets
}
order-pdf = Télécharger le PDF
order-calendar = Ajouter au calendrier
wallet-add-apple = Ajouter à Cartes d’Apple
wallet-add-google = Ajouter à Google Wallet
wallet-add-all = Tout ajouter à Cartes d’Apple
order-canceled-event = Cet événement est annulé. Ce que vous avez payé retourne de lui-même sur la carte utilisée pour le paiement.

order-expired = Le délai est écoulé
order-expired-words = Les places ont été remises en vente, et rien n’a été débité. Si vous avez payé au dernier moment, patientez un peu : nous enverrons les billets ou rendrons l’argent. Vous n’avez rien à faire.
order-canceled = Commande annulée
order-canceled-words = Vos places ont été remises en vente, et rien n’a été débité.
order-choose-again = Choisir de nouveau des billets
order-back-to-event = Retour à l’événement

order-refunded = Commande remboursée
order-refunded-called-off = Cet événement est annulé : il n’aura pas lieu.
order-refunded-words = { $amount } vous ont été rendus le { $at }. L’opération peut mettre jusqu’à dix jours ouvrables à paraître sur votre relevé. Les billets ne donnent plus accès à l’événement.

order-given-back-title = Votre argent vous est rendu
order-given-back = Nous sommes désolés : votre argent vous est rendu
order-given-back-words = { $why } Cette commande ne vous donne aucun billet. La totalité, soit <strong>{ $amount }</strong>, retourne sur la carte que vous avez utilisée.
order-given-back-next = La suite
order-given-back-started = Le remboursement est lancé. Vous n’avez rien à faire.
order-given-back-banks = L’opération peut mettre jusqu’à dix jours ouvrables à paraître sur votre relevé.
order-given-back-written = Nous avons écrit tout cela à <strong>{ $email }</strong>.
order-see-on-sale = Voir ce qui est encore en vente

back-sold-out = Votre paiement nous est parvenu après la fin du délai de votre commande, et les places avaient alors été vendues à quelqu’un d’autre.
back-discount-used-up = Votre paiement nous est parvenu après la fin du délai de votre commande, et la dernière utilisation de votre code de rabais était alors prise.
back-duplicate = Cette commande a été payée deux fois.
back-mismatch = Le montant payé ne correspond pas au prix de votre commande; nous n’avons donc pas pu l’accepter.
back-event-closed = Votre paiement nous est parvenu après la fin des ventes de l’événement.

order-manage = Gérer votre commande
order-resend = Renvoyer les billets
order-resend-hint = À { $email }. Si cette adresse est fausse, répondez à l’un de nos courriels.
order-resend-button = Renvoyer
order-rename-save = Enregistrer le nom
order-rename = Modifier le nom
order-rename-label = Nom sur le billet { $serial }
order-rename-hint = Le code reste le même.
order-refund-request = Demander un remboursement
order-refund-request-reason = Pourquoi? (si vous voulez le dire)
order-refund-request-button = Demander à l’organisateur
order-refund-request-open = Vous avez demandé un remboursement. L’organisateur répond par courriel.
order-data = Vos données
order-data-hint = Tout ce que nous conservons au sujet de cette commande, dans un fichier pour ordinateur (JSON).
order-data-download = Télécharger vos données
order-done-resent = Les billets sont de nouveau en route vers votre boîte de courriel.
order-done-renamed = Le nom sur le billet est modifié.
order-done-extended = Vous avez plus de temps.
order-done-refund-asked = L’organisateur a reçu votre demande et répond par courriel.
order-fail-resend = Le courriel a été envoyé il y a un instant. Regardez aussi parmi les courriels indésirables, ou réessayez dans quelques minutes.
order-fail-rename = Le nom n’a pas été modifié : écrivez-en un de 120 caractères au plus, sur un billet encore valable.
order-fail-refund = La demande n’a pas pu être faite : la période de remboursement est terminée, ou il y en a déjà une.

receipt-head = Reçu
receipt-order = Commande
receipt-paid = Payé
receipt-ordered = Commandé
receipt-paid-by = { $at }, { $method }
receipt-bought-by = Acheté par
receipt-sold-by = Vendu par
receipt-agent = <bdi>{ $seller }</bdi>, par l’entremise de Jugnu Tickets, son mandataire
receipt-credit-note = Note de crédit { $number }
receipt-amount-on = { $amount }, { $date }
receipt-number-of = Numéro de { $tax }
receipt-whole = <a href="{ $url }">Reçu complet</a>, pour votre comptabilité : qui a vendu quoi, et chaque taxe avec son numéro

ticket-title = Billet { $serial }
ticket-page-words = Présentez ce code à l’entrée. Il fait entrer une personne, une seule fois : ne partagez cette page qu’avec la personne à qui le billet est destiné.
ticket-heading = Billet
ticket-used = Utilisé
ticket-used-at = { $when }, { $by }
ticket-refunded = Remboursé
ticket-canceled = Annulé
ticket-alone = Ouvrir ce billet seul
ticket-enlarge = Afficher en grand
ticket-shrink = Fermer
ticket-about-event = À propos de l’événement
ticket-qr = Code QR de ce billet


locked-title = Ouvrez le lien de votre courriel
locked-words = Une commande n’est montrée qu’à la personne qui a son lien. Il se trouve dans la confirmation que nous vous avons envoyée : cherchez un courriel qui commence par « Vos billets pour » ou « Votre billet pour », aussi parmi les courriels indésirables.
locked-mail = Recevoir mes billets par courriel
locked-door = Vous êtes déjà à l’entrée? Le PDF joint à ce courriel s’ouvre sans connexion.
order-news = Nouvelles
order-news-agreed = Vous avez accepté ceci :
order-news-button = Plus de nouvelles
order-done-news = Vous ne recevez plus de nouvelles de leur part. Les messages au sujet de votre commande arrivent toujours.
