//! Who reads French gets French: pages, mails, papers, Stripe's page; and the API stays what it is.

use crate::support::{Browser, FREE, GENERAL, pair, text};
use testkit::{card, on_both};

on_both!(
    whoever_reads_french_gets_pages_mails_and_papers_in_french,
    |app| {
        let event = app.event(&[GENERAL]).await;
        let mut browser = Browser::new(&app);
        browser.language = "fr-CA,fr;q=0.9,en;q=0.5";
        let list = browser.get("/tickets/events").await;
        assert!(list.text.contains("<html lang=\"fr-CA\">") && list.text.contains("À l’affiche"));
        assert_eq!(list.header("content-language"), "fr-CA");
        let page = browser.get(&format!("/tickets/e/{}", event.slug)).await;
        assert!(page.text.contains("26,47\u{a0}$"), "{}", page.text);
        assert!(page.text.contains("Le samedi 16 janvier 2027"));
        let path = format!("/tickets/checkout/{}", event.id);
        let form = browser.get(&format!("{path}?{}=2", event.tiers[0])).await;
        assert!(form.text.contains("Payer 53,09\u{a0}$"), "{}", form.text);
        let mut fields = form.hidden(&path);
        fields.push(pair("name", "Amélie Tremblay"));
        fields.push(pair("email", "pas une adresse"));
        let wrong = browser.post(&path, &fields).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("Ce n’est pas une adresse courriel"));
        fields.pop();
        fields.push(pair("email", "amelie@example.ca"));
        let on = browser.post(&path, &fields).await;
        assert_eq!(on.status, 303, "{}", on.text);
        let session = on.header("location").split(['/', '?', '#']);
        let session = session
            .into_iter()
            .find(|p| p.starts_with("cs_test_"))
            .unwrap();
        let paid = app.stripe.sim.pay(session, card::GOOD).unwrap();
        assert_eq!(serde_json::to_value(&paid).unwrap()["locale"], "fr-CA");
        app.settle().await;
        let mails = app.mail.sent();
        assert_eq!(mails[0].subject, "Vos billets pour Winter Mela");
        assert!(
            mails[0].text.contains("Merci, Amélie Tremblay.") && mails[0].text.contains("lang=fr")
        );
        assert!(mails[0].html.contains("Frais de service") && !mails[0].html.contains("Sold by"));
        assert!(mails[0].text.contains("Total\u{a0}: 53,09\u{a0}$"));
        let link = mails[0].text.split("/tickets/order/").nth(1).unwrap();
        let order = format!("/tickets/order/{}", link.split('?').next().unwrap());
        for page in [order.clone(), format!("{order}/receipt")] {
            let page = browser.get(&page).await;
            assert!(
                page.text.contains("carte Visa se terminant par 4242")
                    && !page.text.contains("ending in"),
                "{}",
                page.text
            );
        }
        app.finish().await;
    }
);

on_both!(
    a_choice_of_language_is_kept_and_goes_before_the_browsers,
    |app| {
        let event = app.event(&[FREE]).await;
        let mut browser = Browser::new(&app);
        let page = format!("/tickets/e/{}", event.slug);
        assert!(browser.get(&page).await.text.contains("Get tickets"));
        let chosen = browser.get(&format!("{page}?lang=fr")).await;
        let cookie = chosen.header("set-cookie");
        assert!(cookie.contains("jt_lang=fr; Path=/tickets;") && cookie.contains("HttpOnly"));
        assert!(chosen.text.contains(&format!("href=\"{page}?lang=en\"")));
        let later = browser.get(&page).await;
        assert!(
            later.text.contains("Prendre des billets") && later.header("set-cookie").is_empty()
        );
        let lost = browser.get("/tickets/e/nowhere").await;
        assert_eq!(lost.status, 404);
        assert!(lost.text.contains("Il n’y a rien ici"));
        // Nothing but our two languages is taken from an address, and the API knows none.
        let odd = browser.get(&format!("{page}?lang=%3Cscript%3E")).await;
        assert!(odd.text.contains("Prendre des billets") && !odd.text.contains("<script>"));
        let api = browser.get("/api/tickets/orders/ord_nothing?lang=fr").await;
        assert!(api.header("set-cookie").is_empty() && !api.text.contains("rien"));
        app.finish().await;
    }
);

on_both!(an_orders_language_is_its_own_whoever_looks, |app| {
    let event = app.event(&[FREE]).await;
    let mut body = testkit::order_body(&event, &[(&event.tiers[0], 1)]);
    body["locale"] = "fr-CA".into();
    let checkout = app
        .post("/api/tickets/checkout/session", &body)
        .await
        .expect(201);
    app.settle().await;
    assert!(app.mail.sent()[0].subject.starts_with("Votre billet pour"));
    let mut browser = Browser::new(&app);
    let page = browser.open(&checkout).await;
    assert!(
        page.text.contains("Your ticket is ready"),
        "its reader reads English"
    );
    let pdf = browser
        .get(&format!(
            "/tickets/order/{}/tickets.pdf",
            text(&checkout, "order_id")
        ))
        .await;
    assert_eq!(pdf.status, 200);
    app.finish().await;
});
