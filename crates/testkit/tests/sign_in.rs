//! Signing in by a link, and what a session opens and when it ends.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use testkit::{Answer, Browser, Setup, TestApp, form_fields, on_both};

const ASK: &str = "/tickets/sign-in";
const LINK: &str = "/tickets/sign-in/link";

async fn ask(app: &TestApp, email: &str, next: &str) -> Answer {
    let nobody = Browser::default();
    let page = format!("{ASK}?next={}", next.replace('/', "%2F"));
    app.submit(&nobody, &page, ASK, &[("email", email)]).await
}

/// The path of the link in the newest mail.
async fn link(app: &TestApp) -> String {
    app.settle().await;
    let mail = app.mail.take().pop().expect("a mail");
    let start = mail.text.find("http").expect("a link");
    let url = mail.text[start..].split_whitespace().next().unwrap();
    url.strip_prefix(&app.url).expect("our own link").to_owned()
}

async fn press(app: &TestApp, link: &str) -> (Browser, Answer) {
    let mut browser = Browser::default();
    let answer = app.submit(&browser, link, LINK, &[]).await;
    browser.keep(&answer);
    (browser, answer)
}

on_both!(a_link_signs_in_once_and_opens_an_account, |app| {
    let closed = app.get("/tickets/organizer").await;
    assert_eq!(closed.status, 303);
    assert_eq!(
        closed.header("location"),
        "/tickets/sign-in?next=%2Ftickets%2Forganizer"
    );
    let sent = ask(&app, "New.Organizer@example.ca", "/tickets/organizer").await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    assert!(sent.text().contains("New.Organizer@example.ca"));
    let link = link(&app).await;
    // Whoever only looks at the link, as mail scanners do, does not use it up.
    for _ in 0..3 {
        assert_eq!(app.get(&link).await.status, 200);
    }
    let (browser, entered) = press(&app, &link).await;
    assert_eq!(entered.status, 303, "{}", entered.text());
    assert_eq!(entered.header("location"), "/tickets/organizer");
    let cookie = entered.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly")
            && cookie.contains("SameSite=Lax")
            && cookie.contains("Path=/tickets;"),
        "{cookie}"
    );
    let first = app.open(&browser, "/tickets/organizer").await;
    assert_eq!(first.header("location"), "/tickets/organizer/start");
    assert_eq!(app.get(&link).await.status, 410, "the link is used up");
    let start = "/tickets/organizer/start";
    let nameless = app.submit(&browser, start, start, &[("name", " ")]).await;
    assert_eq!(nameless.status, 422);
    assert!(nameless.text().contains("id=\"name-error\""));
    let named = app
        .submit(&browser, start, start, &[("name", "ਪੰਜਾਬੀ ਕਲੱਬ")])
        .await;
    assert_eq!(named.header("location"), "/tickets/organizer?done=founded");
    let home = app.open(&browser, "/tickets/organizer?done=founded").await;
    assert_eq!(home.status, 200);
    assert!(
        home.text().contains("ਪੰਜਾਬੀ ਕਲੱਬ") && home.text().contains("Your organization is set up.")
    );
    app.finish().await;
});

on_both!(
    whoever_asks_in_french_is_answered_and_mailed_in_french,
    |app| {
        let nobody = Browser::default();
        let page = app.get("/tickets/sign-in?lang=fr").await.text();
        let mut fields = form_fields(&page, ASK);
        fields.retain(|(name, _)| name != "email");
        fields.push(("email".to_owned(), "acheteuse@example.ca".to_owned()));
        let french = format!("{ASK}?lang=fr");
        let sent = app.send_form(&nobody, &french, &fields).await;
        assert!(sent.text().contains("Regardez dans vos courriels"));
        app.settle().await;
        let mail = app.mail.take().pop().expect("a mail");
        assert_eq!(mail.subject, "Votre lien de connexion");
        assert!(mail.html.contains("<html lang=\"fr-CA\"") && mail.html.contains("Me connecter"));
        assert!(mail.text.contains("en tant que acheteuse@example.ca"));
        let browser = app.browser("acheteuse@example.ca").await;
        let account = app.open(&browser, "/tickets/account?lang=fr").await.text();
        assert!(
            account.contains("Où vous êtes connecté")
                && account.contains("Connexion par un autre site")
        );
        app.finish().await;
    }
);

on_both!(two_who_press_at_once_open_one_session, |app| {
    ask(&app, "twice@example.ca", "").await;
    let link = link(&app).await;
    let page = app.get(&link).await.text();
    let fields = form_fields(&page, LINK);
    let nobody = Browser::default();
    let (one, two) = futures::join!(
        app.send_form(&nobody, LINK, &fields),
        app.send_form(&nobody, LINK, &fields)
    );
    let mut both = [one.status, two.status];
    both.sort_unstable();
    assert_eq!(both, [303, 410]);
    app.finish().await;
});

on_both!(
    a_link_past_its_time_or_of_our_own_invention_opens_nothing,
    |app| {
        ask(&app, "late@example.ca", "").await;
        let link = link(&app).await;
        let page = app.get(&link).await.text();
        let fields = form_fields(&page, LINK);
        app.advance(15 * 60 + 1);
        let nobody = Browser::default();
        assert_eq!(app.get(&link).await.status, 410);
        assert_eq!(app.send_form(&nobody, LINK, &fields).await.status, 410);
        let forged = vec![(
            "key".to_owned(),
            format!("{}x", &fields[0].1[..fields[0].1.len() - 1]),
        )];
        assert_eq!(app.send_form(&nobody, LINK, &forged).await.status, 410);
        let wrong = ask(&app, "not an address", "").await;
        assert_eq!(wrong.status, 422);
        assert!(
            wrong.text().contains("id=\"email-error\"") && wrong.text().contains("not an address")
        );
        app.finish().await;
    }
);

on_both!(
    a_link_that_lapsed_before_its_mail_could_go_is_not_sent,
    |app| {
        ask(&app, "late@example.ca", "").await;
        app.advance(15 * 60 + 1);
        app.settle().await;
        assert_eq!(app.mail.take().len(), 0);
        app.finish().await;
    }
);

on_both!(nobody_is_led_to_another_site, |app| {
    for bad in [
        "//evil.example",
        "https://evil.example/tickets",
        "/tickets/%5C%5Cevil",
        "/elsewhere",
    ] {
        ask(&app, "careful@example.ca", bad).await;
        let (_, entered) = press(&app, &link(&app).await).await;
        assert_eq!(entered.header("location"), "/tickets/organizer", "{bad}");
    }
    app.finish().await;
});

on_both!(
    a_session_that_was_signed_out_opens_nothing_from_then_on,
    |app| {
        let browser = app.organizer_browser().await;
        let home = app.open(&browser, "/tickets/organizer").await;
        assert_eq!(home.status, 200, "{}", home.text());
        let fields = form_fields(&home.text(), "/tickets/sign-out");
        let forged = vec![("csrf".to_owned(), "0".repeat(32))];
        assert_eq!(
            app.send_form(&browser, "/tickets/sign-out", &forged)
                .await
                .status,
            403
        );
        let other = app.organizer_browser().await;
        assert_eq!(
            app.send_form(&other, "/tickets/sign-out", &fields)
                .await
                .status,
            403,
            "a form's token is of its session only"
        );
        assert_eq!(app.open(&browser, "/tickets/organizer").await.status, 200);
        let out = app.send_form(&browser, "/tickets/sign-out", &fields).await;
        assert_eq!(out.status, 303);
        assert!(out.header("set-cookie").contains("Max-Age=0"));
        assert_eq!(app.open(&browser, "/tickets/organizer").await.status, 303);
        assert_eq!(
            app.send_form(&browser, "/tickets/organizer/start", &fields)
                .await
                .status,
            403
        );
        assert_eq!(
            app.open(&other, "/tickets/organizer").await.status,
            200,
            "the other browser stays"
        );
        app.advance(30 * 86_400 + 1);
        assert_eq!(
            app.open(&other, "/tickets/organizer").await.status,
            303,
            "a month without use ends it"
        );
        app.finish().await;
    }
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_asks_too_often_waits_and_no_mailbox_is_filled() {
    let setup = Setup {
        env: vec![("RATE_LIMIT_SCALE", "1".to_owned())],
        ..Setup::default()
    };
    let scratch = testkit::Scratch::sqlite().await.unwrap();
    let app = TestApp::new(scratch, setup).await;
    let mut statuses = Vec::new();
    for n in 0..8 {
        statuses.push(ask(&app, &format!("n{n}@example.ca"), "").await.status);
    }
    assert_eq!(statuses, [200, 200, 200, 200, 200, 200, 429, 429]);
    app.settle().await;
    app.mail.take();
    for _ in 0..4 {
        app.advance(60);
        for _ in 0..5 {
            assert_eq!(ask(&app, "one@example.ca", "").await.status, 200);
        }
    }
    app.settle().await;
    assert_eq!(
        app.mail.take().len(),
        8,
        "eight links an hour, and the same answer to all"
    );
    app.finish().await;
}
