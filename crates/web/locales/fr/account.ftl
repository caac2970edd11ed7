# La connexion, les commandes et le compte de qui s’est connecté.

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
sign-in-other-tickets = Vous cherchez des billets que vous avez achetés?
sign-in-other-tickets-link = Voir mes billets
sign-in-other-sell = Vous voulez vendre des billets?
sign-in-other-sell-link = Se connecter comme organisateur

passkey-sign-in = Se connecter avec une clé d’accès
passkey-stopped = Aucune clé d’accès n’a été choisie. Réessayez, ou passez par un lien envoyé par courriel.
passkey-often = Vous avez essayé souvent. Attendez une minute, puis réessayez.
passkey-away = Nous sommes injoignables. Vérifiez votre connexion et réessayez.
passkey-cannot = Votre navigateur n’a pas pu utiliser de clé d’accès ici. Passez par un lien envoyé par courriel.
passkey-lapsed = Cela a pris trop de temps. Réessayez.
passkey-refused = Cette clé d’accès n’a pas été acceptée. Réessayez, ou passez par un lien envoyé par courriel.
passkey-unknown = Cette clé d’accès n’est pas connue ici : elle a peut-être été retirée. Connectez-vous par un lien envoyé par courriel.
passkey-taken = Cette clé d’accès est déjà liée à un compte.
passkey-too-many = Vous avez { $most } clés d’accès, et c’est le maximum. Retirez-en une d’abord.
passkey-not-yet = Montrez encore une fois que c’est bien vous : rechargez cette page, elle dit comment.

sign-in-provider = Continuer avec <bdi>{ $name }</bdi>
sign-in-or-mail = ou par courriel

provider-mail = Passer par un lien
provider-lapsed = Veuillez recommencer
provider-lapsed-words = Il s’est écoulé plus de dix minutes, c’était déjà terminé, ou vous aviez commencé dans un autre navigateur. Personne n’a été connecté.
provider-stopped = Vous ne vous êtes pas connecté
provider-stopped-words = { $name } nous dit que personne ne s’y est connecté. Rien n’a changé : réessayez, ou recevez un lien par courriel.
provider-away = { $name } ne répond pas
provider-away-words = Ce sera peut-être réglé dans un instant. Un lien envoyé par courriel vous connecte tout autant.
provider-refused = Cela n’a pas fonctionné
provider-refused-words = Ce que { $name } nous a envoyé n’a pas pu être vérifié; personne n’a donc été connecté. Réessayez; si rien ne change, un lien envoyé par courriel vous connecte.
provider-unverified = Votre adresse n’est pas confirmée
provider-unverified-words = { $name } ne nous a pas transmis d’adresse courriel confirmée comme étant la vôtre. Confirmez-la là-bas, ou recevez un lien par courriel : cela la confirme aussi.
provider-taken = Ce compte est déjà lié
provider-taken-words = Le compte qui porte votre adresse est lié à une autre personne chez { $name }. S’il est à vous, un lien envoyé par courriel l’ouvre.

sign-in-sent = Consultez vos courriels
sign-in-sent-words = Nous avons envoyé un lien à <strong><bdi>{ $email }</bdi></strong>. Il sert une seule fois, pendant { $minutes } minutes, dans le navigateur où vous l’ouvrez.
sign-in-sent-nothing = Rien n’arrive? Regardez parmi les indésirables, et vérifiez l’adresse ci-dessus.

sign-in-enter = Vous y êtes presque
sign-in-enter-sell = Se connecter en tant que <strong><bdi>{ $email }</bdi></strong> à vos pages d’organisateur.
sign-in-enter-tickets = Se connecter en tant que <strong><bdi>{ $email }</bdi></strong> pour voir vos billets.
sign-in-button = Me connecter
sign-in-not-you = Ce n’est pas vous? Fermez cette page : rien ne se passe sans le bouton.

sign-in-spent = Ce lien a déjà servi
sign-in-spent-words = Un lien de connexion sert une seule fois, pendant 15 minutes. Si vous avez reçu plusieurs courriels de notre part, le lien du plus récent fonctionne.
sign-in-new-link = M’envoyer un nouveau lien

mine-words = Tout ce qui a été acheté avec <bdi>{ $email }</bdi>.
mine-none = Aucun billet pour l’instant
mine-none-words = Rien n’a été acheté avec cette adresse. En avez-vous utilisé une autre? Déconnectez-vous et essayez celle-là.
mine-coming = À venir
mine-over = Passés
mine-show = Voir les billets
mine-pay = Poursuivre la commande
mine-open = Voir la commande
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

account-sales = Vos événements et vos ventes
account-tickets = Les billets que vous avez achetés
account-sessions = Où vous êtes connecté
account-sessions-words = Un navigateur est déconnecté de lui-même après un mois sans être utilisé.
account-here = Ce navigateur
account-a-browser = Un navigateur
account-browser-on = { $browser } sur { $system }
account-seen = Vu la dernière fois { $seen }
account-since = Connexion { $way }, { $since }
account-by-mail = par courriel
account-by-passkey = avec une clé d’accès
account-by-host = par un autre site
account-by-provider = avec un compte d’ailleurs
account-which = { $browser }, vu la dernière fois { $seen }
account-others = Se déconnecter partout ailleurs
account-ended = Ce navigateur est déconnecté.
account-others-ended = Vous êtes déconnecté partout ailleurs.

account-passkeys = Clés d’accès
account-passkeys-words = Connectez-vous avec votre visage, votre doigt ou le verrou de votre appareil, sans attendre de courriel. Un lien par courriel fonctionne tout autant.
account-passkey-added = Votre clé d’accès est ajoutée. Elle vous connecte dès maintenant.
account-passkey-renamed = Votre clé d’accès a son nouveau nom.
account-passkey-removed = Cette clé d’accès ne connecte plus personne. Vous pouvez aussi la supprimer de votre appareil.
account-passkey-nameless = Cela ne peut pas être un nom. Écrivez de 1 à 60 caractères, tous visibles.
passkey-used = Dernière utilisation { $used }
passkey-unused = Pas encore utilisée
passkey-added = Ajoutée { $added }
passkey-named = la clé d’accès { $name }
passkey-remove = Retirer
passkey-rename = Renommer
passkey-name = Nom
passkey-save = Enregistrer
passkey-again-first = Votre connexion date un peu. Pour ajouter une clé d’accès, montrez encore une fois que c’est bien vous :
passkey-again = Votre connexion date un peu. Pour en ajouter une autre, montrez encore une fois que c’est bien vous :
passkey-code-first = Montrer votre second facteur pour en ajouter une
passkey-passkey-first = Pour en ajouter une autre, connectez-vous d’abord avec l’une de celles-ci.
new-passkey = Ajouter une clé d’accès
new-passkey-script = Pour en ajouter une, laissez cette page exécuter son script.
new-passkey-stopped = Aucune clé d’accès n’a été créée. Réessayez quand vous serez prêt.
new-passkey-there = Cet appareil a déjà une de vos clés d’accès.
new-passkey-away = Nous sommes injoignables, ou vous êtes déconnecté. Rechargez cette page.
new-passkey-cannot = Votre navigateur n’a pas pu créer de clé d’accès ici.

factor = Second facteur
factor-on = Votre application d’authentification est configurée. Les pages des administrateurs demandent son code une fois par jour.
factor-off = Une application d’authentification protège votre compte, même si quelqu’un lit vos courriels.
factor-set-up = La configurer
factor-done = Votre second facteur est configuré.
factor-make = Configurer votre second facteur
factor-scan = Balayez ce code avec une application d’authentification, puis écrivez les six chiffres qu’elle affiche.
factor-type = Pas d’appareil photo? Saisissez plutôt ceci dans l’application :
factor-ask = Écrivez les six chiffres que votre application d’authentification affiche maintenant.
factor-ask-or-passkey = Écrivez les six chiffres que votre application d’authentification affiche maintenant, ou montrez une clé d’accès.
factor-passkey = Montrez votre clé d’accès : elle protège ce compte, et un lien par courriel ne suffit pas ici.
factor-code = Code
factor-lost = Téléphone perdu? Un code de secours fonctionne aussi.
factor-wrong = Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant et écrivez-le.
factor-locked = Trop de codes erronés. Réessayez dans { $minutes } minutes.
factor-passkey-script = Une clé d’accès se montre par un script, et ce navigateur n’en exécute aucun. Permettez les scripts pour ce site, ou revenez avec un autre navigateur.
factor-passkey-first = Connectez-vous d’abord avec votre clé d’accès.
factor-busy = Un instant…
factor-go-on = Continuer
factor-back = Retour à votre compte

recovery-title = Vos codes de secours
recovery-head = Gardez ces codes
recovery-words = Chacun remplace une fois votre application, si vous perdez votre téléphone. Imprimez-les ou notez-les : ils ne sont montrés que maintenant.
recovery-kept = Je les ai gardés

link-subject = Votre lien de connexion
link-subject-tickets = Votre lien vers vos billets
link-title = Connexion à Jugnu Tickets
link-preview = Il sert une seule fois, pendant { $minutes } minutes.
link-head = Voici votre lien
link-tickets = Voici vos billets
link-words = Ouvrez cette adresse pour vous connecter en tant que { $email }. Elle sert une seule fois, pendant { $minutes } minutes :
link-words-html = Appuyez sur le bouton pour vous connecter en tant que <bdi>{ $email }</bdi>. Le lien sert une seule fois, pendant { $minutes } minutes.
link-not-you = Si vous n’avez rien demandé, n’y touchez pas : rien ne se passe sans le lien. Personne de Jugnu Tickets ne vous le demandera jamais.
link-foot = Vous recevez ce courriel parce que quelqu’un a écrit <bdi>{ $email }</bdi> sur notre page de connexion.

news-added-subject = Une clé d’accès a été ajoutée à votre compte
news-removed-subject = Une clé d’accès a été retirée de votre compte
news-added-title = Une clé d’accès a été ajoutée
news-removed-title = Une clé d’accès a été retirée
news-added = Une nouvelle clé d’accès
news-removed = Une clé d’accès en moins
news-added-words = La clé d’accès « { $name } » connecte dès maintenant { $email }.
news-added-words-html = La clé d’accès « <bdi>{ $name }</bdi> » connecte dès maintenant <bdi>{ $email }</bdi>.
news-removed-words = La clé d’accès « { $name } » de { $email } ne connecte plus personne.
news-removed-words-html = La clé d’accès « <bdi>{ $name }</bdi> » de <bdi>{ $email }</bdi> ne connecte plus personne.
news-added-when = Elle a été ajoutée : { $when }.
news-added-when-with = Elle a été ajoutée : { $when }, avec { $browser }.
news-removed-when = Elle a été retirée : { $when }.
news-removed-when-with = Elle a été retirée : { $when }, avec { $browser }.
news-you = C’était vous? Alors il n’y a rien à faire.
news-you-html = <strong>C’était vous?</strong> Alors il n’y a rien à faire.
news-not-you = C’était quelqu’un d’autre? Connectez-vous par un lien envoyé par courriel, retirez chaque clé d’accès que vous ne connaissez pas et appuyez sur « Se déconnecter partout ailleurs ». Cette personne lit peut-être aussi vos courriels : changez-en le mot de passe.
news-not-you-html = <strong>C’était quelqu’un d’autre?</strong> Connectez-vous par un lien envoyé par courriel, retirez chaque clé d’accès que vous ne connaissez pas et appuyez sur « Se déconnecter partout ailleurs ». Cette personne lit peut-être aussi vos courriels : changez-en le mot de passe.
news-look = Voir mon compte
news-foot = Vous recevez ce courriel parce qu’une clé d’accès de <bdi>{ $email }</bdi> a changé.

leave-title = Plus de messages?
leave-words = <bdi>{ $organizer }</bdi> n’écrira plus à <strong><bdi>{ $email }</bdi></strong>, ni pour cet événement ni pour un autre.
leave-stays = Vos billets, vos remboursements, les rappels et les changements d’heure ou de lieu arrivent toujours.
leave-button = Ne plus recevoir de messages
left-title = Vous ne recevez plus de messages
left-words = <bdi>{ $organizer }</bdi> n’écrit plus à <strong><bdi>{ $email }</bdi></strong>.
left-back = Je les veux quand même
