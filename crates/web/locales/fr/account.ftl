# La connexion par un lien, et les commandes de qui s’est connecté.

sign-in-title = Connexion
title-check = À vérifier : { $title }
sign-in-sell = Vendre des billets
sign-in-sell-words = Aucun mot de passe : nous vous envoyons un lien qui vous connecte. Le premier ouvre aussi votre compte.
sign-in-tickets-words = Écrivez l’adresse avec laquelle vous avez acheté. Nous vous envoyons un lien qui montre toutes vos commandes.
sign-in-go-on-as = Continuer en tant que <bdi>{ $email }</bdi>
sign-in-or = ou avec une autre adresse
sign-in-address = Votre adresse courriel
sign-in-send = M’envoyer un lien
sign-in-sending = Envoi en cours…
sign-in-other-tickets = Vous cherchez des billets que vous avez achetés ?
sign-in-other-tickets-link = Voir mes billets
sign-in-other-sell = Vous voulez vendre des billets ?
sign-in-other-sell-link = Se connecter comme organisateur

passkey-sign-in = Se connecter avec une clé d’accès
passkey-stopped = Aucune clé d’accès n’a été choisie. Réessayez, ou passez par un lien envoyé par courriel.
passkey-often = Vous avez essayé souvent. Attendez une minute, puis réessayez.
passkey-away = Nous sommes injoignables. Vérifiez votre connexion et réessayez.
passkey-cannot = Votre navigateur n’a pas pu utiliser de clé d’accès ici. Passez par un lien envoyé par courriel.

sign-in-sent = Consultez vos courriels
sign-in-sent-words = Nous avons envoyé un lien à <strong><bdi>{ $email }</bdi></strong>. Il sert une seule fois, pendant { $minutes } minutes, dans le navigateur où vous l’ouvrez.
sign-in-sent-nothing = Rien n’arrive ? Regardez parmi les indésirables, et vérifiez l’adresse ci-dessus.

sign-in-enter = Vous y êtes presque
sign-in-enter-sell = Se connecter en tant que <strong><bdi>{ $email }</bdi></strong> à vos pages d’organisateur.
sign-in-enter-tickets = Se connecter en tant que <strong><bdi>{ $email }</bdi></strong> pour voir vos billets.
sign-in-button = Me connecter
sign-in-not-you = Ce n’est pas vous ? Fermez cette page : rien ne se passe sans le bouton.

sign-in-spent = Ce lien a déjà servi
sign-in-spent-words = Un lien de connexion sert une seule fois, pendant 15 minutes. Si vous avez reçu plusieurs courriels de notre part, le lien du plus récent fonctionne.
sign-in-new-link = M’envoyer un nouveau lien

mine-words = Tout ce qui a été acheté avec <bdi>{ $email }</bdi>.
mine-none = Aucun billet pour l’instant
mine-none-words = Rien n’a été acheté avec cette adresse. En avez-vous utilisé une autre ? Déconnectez-vous et essayez celle-là.
mine-coming = À venir
mine-over = Passés
mine-show = Voir les billets
mine-order = Commande { $code }
mine-count = { $n ->
    [one] { $n } billet
   *[other] { $n } billets
}
mine-unpaid = Pas encore payée
mine-called-off = Annulé
mine-refunded = Remboursée
mine-part-refunded = Remboursée en partie
mine-first = Revenir au début
mine-more = Voir la suite
mine-signed-in = Session ouverte avec <bdi>{ $email }</bdi>.
mine-account = Votre compte
mine-sign-out = Se déconnecter

