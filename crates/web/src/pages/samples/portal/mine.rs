use super::super::{BadSample, Desk, LONG, PUNJABI, Sample, order_id, put};
use super::sign_in::passkey;
use crate::money_text::price;
use crate::pages::views::parts::Occasion;
use crate::pages::views::portal::mine::{
    AccountPage, FactorSetup, MyTicketsPage, OwnOrder, RecoveryCodesPage, SecondFactorPage,
    SessionRow,
};
use crate::pages::views::portal::parts::{Badge, Input, Pager, Tone};
use crate::pages::views::portal::passkeys::{Another, MakePasskey, OwnPasskeys, PasskeyRow};
use crate::words::{t, t1};
use model::money::{Currency, Money};

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    tickets(desk, samples)?;
    account(desk, samples)?;
    factor(desk, samples)
}

fn order(
    desk: &Desk,
    occasion: Occasion,
    (tickets, cents): (i64, i64),
    badge: Option<Badge>,
) -> OwnOrder {
    let cost = price(Money::new(cents, Currency::CAD));
    OwnOrder {
        url: desk.urls.order_secret(&order_id(), "ot_secret").to_string(),
        code: "7KQ4MX".to_owned(),
        occasion,
        line: format!("{} · {cost}", t1("mine-count", "n", tickets)),
        go: t(if badge.is_some() {
            "mine-pay"
        } else {
            "mine-show"
        }),
        badge,
    }
}

fn tickets(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let page = MyTicketsPage {
        shell: desk.shell.clone(),
        email: "harpreet@example.ca".to_owned(),
        csrf: "0f1e2d3c".to_owned(),
        upcoming: vec![
            order(desk, desk.diwali()?, (2, 5_309), None),
            order(
                desk,
                Occasion {
                    title: PUNJABI.to_owned(),
                    ..desk.ugly_occasion()?
                },
                (12, 0),
                Some(Badge::new(Tone::Glow, t("mine-unpaid"))),
            ),
        ],
        past: vec![order(
            desk,
            Occasion {
                title: LONG.to_owned(),
                ..desk.diwali()?
            },
            (1, 102_600),
            Some(Badge::new(Tone::Bad, t("mine-called-off"))),
        )],
        pager: Pager {
            first: None,
            next: Some(desk.urls.my_tickets_before("1.ord").to_string()),
        },
    };
    put(samples, "my-tickets", &page)?;
    let none = MyTicketsPage {
        upcoming: Vec::new(),
        past: Vec::new(),
        pager: Pager::default(),
        ..page
    };
    put(samples, "my-tickets-none", &none)
}

fn session(browser: &str, here: bool) -> SessionRow {
    SessionRow {
        id: "ses_06g8z3k7y8v5n4c2r1q0w9e8t7".to_owned(),
        browser: browser.to_owned(),
        since: "Mon, Nov 2, 2026 at 9:04 a.m. PST".to_owned(),
        way: t(if here {
            "account-by-passkey"
        } else {
            "account-by-mail"
        }),
        seen: "Fri, Nov 27, 2026 at 6:12 p.m. PST".to_owned(),
        here,
    }
}

fn account(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let page = AccountPage {
        shell: desk.shell.clone(),
        email: "harpreet@example.ca".to_owned(),
        csrf: "0f1e2d3c".to_owned(),
        done: Some(t("account-ended")),
        trouble: None,
        passkeys: Some(passkeys(desk)),
        sessions: vec![
            session("Firefox on Android", true),
            session("Samsung Internet on Android", false),
        ],
        end: desk.urls.end_session().to_string(),
        end_others: desk.urls.end_other_sessions().to_string(),
        second_factor: desk.urls.second_factor("").to_string(),
        factor_on: false,
        account: true,
    };
    put(samples, "account", &page)?;
    let stale = AccountPage {
        done: None,
        trouble: Some(t("account-passkey-nameless")),
        passkeys: Some(OwnPasskeys {
            rows: vec![
                key("1", PUNJABI, Some("Sun, Nov 22, 2026 at 7:31 p.m. PST")),
                key("2", &"陳大文的很長的安全金鑰".repeat(5), None),
            ],
            another: Another::SignIn {
                action: desk.urls.sign_in("").to_string(),
                next: desk.urls.account().to_string(),
            },
            show: Some(passkey(desk, false)),
            ..passkeys(desk)
        }),
        ..page.clone()
    };
    put(samples, "account-passkeys-ugly", &stale)?;
    let guarded = AccountPage {
        done: None,
        factor_on: true,
        passkeys: Some(OwnPasskeys {
            another: Another::Code(desk.urls.second_factor("").to_string()),
            ..passkeys(desk)
        }),
        ..page.clone()
    };
    put(samples, "account-second-factor-first", &guarded)?;
    let buyer = AccountPage {
        done: None,
        sessions: vec![session("A browser", true)],
        account: false,
        passkeys: Some(OwnPasskeys {
            rows: Vec::new(),
            ..passkeys(desk)
        }),
        ..page
    };
    put(samples, "account-of-a-buyer", &buyer)
}

fn key(id: &str, name: &str, used: Option<&str>) -> PasskeyRow {
    PasskeyRow {
        id: format!("pk_06g8z3k7y8v5n4c2r1q0w9e8t{id}"),
        name: name.to_owned(),
        added: "Mon, Nov 2, 2026 at 9:04 a.m. PST".to_owned(),
        used: used.map(str::to_owned),
    }
}

fn passkeys(desk: &Desk) -> OwnPasskeys {
    OwnPasskeys {
        rows: vec![
            key(
                "7",
                "Firefox on Android",
                Some("Fri, Nov 27, 2026 at 6:12 p.m. PST"),
            ),
            key("8", "Safari on iPhone", None),
        ],
        rename: desk.urls.rename_passkey().to_string(),
        name_most: 60,
        remove: desk.urls.remove_passkey().to_string(),
        another: Another::Make(MakePasskey {
            begin: desk.urls.new_passkey_begin().to_string(),
            finish: desk.urls.new_passkey().to_string(),
            site: "tickets.example.ca".to_owned(),
            csrf: "0f1e2d3c".to_owned(),
        }),
        show: None,
    }
}

fn factor(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let code = || {
        Input::digits("code", &t("factor-code"))
            .autocomplete("one-time-code")
            .required()
    };
    let qr = "<svg viewBox=\"0 0 8 8\" aria-hidden=\"true\"><path d=\"M0 0h3v3H0zM5 0h3v3H5zM0 5h3v3H0zM5 5h1v1H5z\"/></svg>";
    let page = SecondFactorPage {
        shell: desk.shell.clone(),
        csrf: "0f1e2d3c".to_owned(),
        action: desk.urls.second_factor("").to_string(),
        next: String::new(),
        setup: Some(FactorSetup {
            qr: qr.to_owned(),
            secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned(),
        }),
        code: code(),
        asks: true,
        passkey: None,
        account: desk.urls.account().to_string(),
    };
    put(samples, "second-factor-set-up", &page)?;
    let ask = SecondFactorPage {
        setup: None,
        code: code()
            .value("123 456")
            .hint(t("factor-lost"))
            .error(Some(t("factor-wrong"))),
        passkey: Some(passkey(desk, false)),
        ..page.clone()
    };
    put(samples, "second-factor-wrong", &ask)?;
    let only = SecondFactorPage {
        setup: None,
        asks: false,
        passkey: Some(passkey(desk, false)),
        ..page
    };
    put(samples, "second-factor-passkey-only", &only)?;
    let codes = [
        "gezdg-nbvgy",
        "k5s7q-2mnop",
        "aaaaa-bbbbb",
        "zyxwv-23456",
        "mmmmm-nnnnn",
        "q2w3e-r4t5y",
        "a2s3d-f4g5h",
        "z2x3c-v4b5n",
    ];
    let shown = RecoveryCodesPage {
        shell: desk.shell.clone(),
        codes: codes.map(str::to_owned).to_vec(),
        next: desk.urls.account_done("factor").to_string(),
    };
    put(samples, "recovery-codes", &shown)
}
