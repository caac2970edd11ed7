use super::super::{BadSample, Desk, LONG, PUNJABI, Sample, logo, put};
use super::frame;
use crate::pages::views::portal::parts::{Badge, Confirm, Empty, Input, Tabs, Tone};
use crate::pages::views::portal::settings::{
    ConfirmPage, KeyRow, KeysPage, LogoBox, PaymentsPage, SettingsPage, TaxFields,
};
use crate::pages::views::portal::shell::{Next, Section};
use model::ids::KeyId;
use model::time::Time;

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    settings(desk, samples)?;
    payments(desk, samples)?;
    keys(desk, samples)
}

fn tabs(desk: &Desk, here: usize) -> Tabs {
    let pages = [
        ("Organization", desk.urls.settings("").to_string()),
        ("Getting paid", desk.urls.settings_payments().to_string()),
        ("Keys for programs", desk.urls.settings_keys("").to_string()),
    ];
    let tabs = pages.into_iter().enumerate();
    Tabs::new(
        "Settings",
        tabs.map(|(at, (word, href))| (word, href, at == here))
            .collect(),
    )
}

fn terms() -> Vec<Input> {
    vec![
        Input::area("refund_policy", "Your refund policy", 4)
            .hint("In your own words, for buyers to read before they pay.")
            .value("A ticket that you cannot use may go to a friend: change its name on your order’s page."),
        Input::choice(
            "fee_mode",
            "Who pays the service fee of a new event",
            &[
                ("pass", "The buyer: it is part of the price they see first"),
                ("absorb", "We do: it comes out of our price"),
            ],
        )
        .unmarked()
        .hint("Each event can say otherwise.")
        .value("absorb"),
    ]
}

fn settings(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let tax = |name: &str, number: &str, like: &str| TaxFields {
        number: Input::text(&format!("number_{name}"), &format!("{name} number"))
            .value(number)
            .hint(format!("Like {like}.")),
        from: Input::date(&format!("from_{name}"), "Registered since")
            .hint("Leave it empty if you always were."),
    };
    let page = SettingsPage {
        frame: frame(desk, Section::Settings)
            .done(Some("Your settings are saved."))
            .leading(Some(Next {
                words: "Next: Connect Stripe.".to_owned(),
                button: "Get paid".to_owned(),
                href: desk.urls.settings_payments().to_string(),
            })),
        tabs: tabs(desk, 0),
        action: desk.urls.settings("").to_string(),
        errors: 0,
        who: vec![
            Input::text("name", "Name of the organization").value("Surrey Bhangra Club").required(),
            Input::text("legal_name", "Legal name")
                .value("Surrey Bhangra and Gidha Club Society")
                .hint("As it is registered, if that differs from the name above. It stands on receipts."),
            Input::text("address", "Mailing address").value("1 Main Street, Surrey BC V3T 1A1"),
            Input::email("support_email", "E-mail address for questions").value("hello@bhangra.example").required(),
        ],
        taxes: vec![tax("GST/HST", "123456789 RT0001", "123456789 RT0001"), tax("BC PST", "", "PST-1234-5678")],
        terms: terms(),
        brand: vec![
            Input::text("brand_color", "Colour").value("#1a6b54").hint("Like #1a6b54. Leave it empty for our amber."),
            Input::text("brand_footer", "A line at the foot of each ticket"),
        ],
        preview: desk.urls.settings_preview().to_string(),
        mail: desk.urls.settings_mail().to_string(),
        logo: LogoBox {
            logo: None,
            action: desk.urls.settings_logo().to_string(),
            remove_url: desk.urls.settings_logo_removal().to_string(),
            error: None,
        },
    };
    put(samples, "portal-settings", &page)?;
    logos(samples, &page)?;
    let words = "Some things need another look. Nothing was saved yet.";
    let wrong = SettingsPage {
        frame: frame(desk, Section::Settings).wrong(Some(words)),
        errors: 2,
        who: vec![
            Input::text("name", "Name of the organization")
                .value("")
                .required()
                .error(Some("This cannot be empty.".to_owned())),
            Input::text("legal_name", "Legal name").value(format!("{PUNJABI} {LONG} <b>हर")),
        ],
        brand: vec![
            Input::text("brand_color", "Colour")
                .value("amber")
                .error(Some("Write a colour like #f5a300.".to_owned())),
        ],
        ..page
    };
    put(samples, "portal-settings-wrong", &wrong)
}

/// Logos of every shape, and a file that is none.
fn logos(samples: &mut Vec<Sample>, page: &SettingsPage) -> Result<(), BadSample> {
    for (name, picture, on_paper) in [
        ("portal-settings-logo", "sample-logo-wide.png", true),
        ("portal-settings-logo-tall", "sample-logo-tall.png", true),
        ("portal-settings-logo-night", "sample-logo-night.png", false),
    ] {
        let mut with = page.clone();
        with.logo.logo = Some(logo(picture, "Surrey Bhangra Club", on_paper));
        put(samples, name, &with)?;
    }
    let words = "That file cannot be your logo: see below why.";
    let mut refused = page.clone();
    refused.frame = refused.frame.leading(None).wrong(Some(words));
    refused.logo.error = Some("We do not take SVG, because such a file can carry programs. Save it as a PNG, 640 pixels wide or more, and choose that file.".to_owned());
    put(samples, "portal-settings-logo-refused", &refused)
}

fn payments(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let page = PaymentsPage {
        frame: frame(desk, Section::Settings),
        tabs: tabs(desk, 1),
        badge: Badge::new(Tone::Plain, "Not connected"),
        words: "To sell tickets that cost money, connect an account at Stripe. It takes about ten minutes; have a bank account and a piece of identification at hand.",
        button: Some(("Connect Stripe", desk.urls.organizer_connect().to_string())),
    };
    put(samples, "portal-payments", &page)?;
    let active = PaymentsPage {
        badge: Badge::new(Tone::Good, "Connected"),
        words: "Everything is in place: buyers can pay you, and Stripe pays you out.",
        button: None,
        ..page
    };
    put(samples, "portal-payments-active", &active)
}

fn keys(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let id = KeyId::mint(Time::from_seconds(1_790_000_000), 3);
    let row = |name: &str, open: bool| KeyRow {
        name: name.to_owned(),
        made: "Mon, Nov 2, 2026, 9:04 a.m. PST".to_owned(),
        used: "Never".to_owned(),
        revoke: open.then(|| desk.urls.settings_key_revoke(&id).to_string()),
    };
    let page = KeysPage {
        frame: frame(desk, Section::Settings),
        tabs: tabs(desk, 2),
        fresh: Some("jt_org_mfrggzdfmztwq2lknnwg23tpobyxe43uov3ho6dzpiydcmrtgq2q".to_owned()),
        keys: vec![
            row("Our website", true),
            row(LONG, true),
            row(PUNJABI, false),
        ],
        none: Empty::new(
            "No keys yet",
            "You need one only if a program of yours should create events or read sales.",
        ),
        action: desk.urls.settings_keys("").to_string(),
        name: Input::text("name", "What is it for?")
            .hint("A name that you will recognize later, such as “Our website”.")
            .required(),
        docs: desk.urls.api_docs().to_string(),
    };
    put(samples, "portal-keys", &page)?;
    let none = KeysPage {
        fresh: None,
        keys: Vec::new(),
        ..page
    };
    put(samples, "portal-keys-none", &none)?;
    let ask = ConfirmPage {
        frame: frame(desk, Section::Settings),
        confirm: Confirm {
            title: "Revoke “Our website”?".to_owned(),
            words: "Programs that use this key are turned away from now on. This cannot be undone."
                .to_owned(),
            action: desk.urls.settings_key_revoke(&id).to_string(),
            csrf: "0f1e2d3c".to_owned(),
            hidden: vec![("why".to_owned(), "lost".to_owned())],
            button: "Revoke the key".to_owned(),
            grave: true,
            back: desk.urls.settings_keys("").to_string(),
        },
    };
    put(samples, "portal-confirm", &ask)
}
