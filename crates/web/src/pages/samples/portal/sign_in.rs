use super::super::{BadSample, Desk, LONG, PUNJABI, Sample, put};
use crate::pages::views::portal::input::Input;
use crate::pages::views::portal::passkeys::ShowPasskey;
use crate::pages::views::portal::shell::Frame;
use crate::pages::views::portal::sign_in::{
    EnterPage, Known, LinkSentPage, LinkSpentPage, ShowProvider, SignInPage, StrandedPage,
};
use crate::pages::views::portal::start::StartPage;
use crate::pages::views::unsubscribe::UnsubscribePage;
use crate::words;

const LONG_ADDRESS: &str = "harpreet.kaur.of.the.surrey.bhangra.and.gidha.dance.club@mail.students.northern-university.example.ca";

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let email = || {
        Input::email("email", &words::t("sign-in-address"))
            .autocomplete("email")
            .required()
    };
    let page = SignInPage {
        shell: desk.shell.clone(),
        action: desk.urls.sign_in("").to_string(),
        next: String::new(),
        selling: true,
        other: desk.urls.sign_in_for_tickets().to_string(),
        email: email(),
        known: None,
        passkey: Some(passkey(desk, true)),
        provider: None,
    };
    put(samples, "sign-in", &page)?;
    let provider = SignInPage {
        provider: Some(provider_button(desk, "Jugnu")),
        ..page.clone()
    };
    put(samples, "sign-in-provider", &provider)?;
    let without = SignInPage {
        passkey: None,
        ..page.clone()
    };
    put(samples, "sign-in-no-passkeys", &without)?;
    let buyers = SignInPage {
        selling: false,
        other: desk.urls.sign_in("").to_string(),
        email: email()
            .value("harpreet at example")
            .error(Some(words::t("field-email"))),
        ..page.clone()
    };
    put(samples, "sign-in-tickets-wrong", &buyers)?;
    let known = SignInPage {
        known: Some(Known {
            email: LONG_ADDRESS.to_owned(),
            action: desk.urls.account_sell().to_string(),
            csrf: "0f1e2d3c".to_owned(),
        }),
        provider: Some(provider_button(desk, "ਸਰੀ ਭੰਗੜਾ ਕਲੱਬ & 陳氏文化協會 <b>")),
        ..page
    };
    put(samples, "sign-in-known-ugly", &known)?;
    stranded(desk, samples)?;
    links(desk, samples)?;
    unsubscribe(desk, samples)?;
    start(desk, samples)
}

/// What is said on the way of a link by mail.
fn links(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let sent = LinkSentPage {
        shell: desk.shell.clone(),
        email: LONG_ADDRESS.to_owned(),
        minutes: 15,
        again: desk.urls.sign_in("").to_string(),
    };
    put(samples, "sign-in-sent", &sent)?;
    let enter = EnterPage {
        shell: desk.shell.clone(),
        action: desk.urls.sign_in_link("").to_string(),
        key: "link_06g8z3k7y8v5n4c2r1q0w9e8t7.abc".to_owned(),
        email: "harpreet@example.ca".to_owned(),
        selling: true,
    };
    put(samples, "sign-in-enter", &enter)?;
    let used_up = LinkSpentPage {
        shell: desk.shell.clone(),
        again: desk.urls.sign_in("").to_string(),
    };
    put(samples, "sign-in-spent", &used_up)
}

fn unsubscribe(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let page = UnsubscribePage {
        shell: desk.shell.clone(),
        action: desk.urls.unsubscribe("ord_06g8.abc").to_string(),
        organizer: "Fraser Valley Arts".to_owned(),
        email: "harpreet@example.ca".to_owned(),
        left: false,
    };
    put(samples, "unsubscribe", &page)?;
    let left = UnsubscribePage {
        organizer: PUNJABI.to_owned(),
        email: LONG_ADDRESS.to_owned(),
        left: true,
        ..page
    };
    put(samples, "unsubscribe-done", &left)
}

fn provider_button(desk: &Desk, name: &str) -> ShowProvider {
    ShowProvider {
        name: name.to_owned(),
        href: desk.urls.provider("").to_string(),
    }
}

/// Everything that can be said to somebody who comes back from the provider and does not come in.
fn stranded(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    for (sample, key, name, again) in [
        ("sign-in-lapsed", "provider-lapsed", "Jugnu", true),
        ("sign-in-stopped", "provider-stopped", "Jugnu", true),
        ("sign-in-away", "provider-away", "Jugnu", true),
        ("sign-in-refused", "provider-refused", "Jugnu", true),
        ("sign-in-unverified", "provider-unverified", "Jugnu", false),
        (
            "sign-in-taken-ugly",
            "provider-taken",
            "ਸਰੀ ਭੰਗੜਾ ਕਲੱਬ & 陳氏文化協會 <b>",
            false,
        ),
    ] {
        let (title, words) = StrandedPage::said(key, name);
        let page = StrandedPage {
            shell: desk.shell.clone(),
            title,
            words,
            again: again.then(|| desk.urls.provider("").to_string()),
            mail: desk.urls.sign_in("").to_string(),
        };
        put(samples, sample, &page)?;
    }
    Ok(())
}

/// The button that shows a passkey.
pub(super) fn passkey(desk: &Desk, in_field: bool) -> ShowPasskey {
    ShowPasskey {
        begin: desk.urls.passkey_begin().to_string(),
        finish: desk.urls.passkey().to_string(),
        site: "tickets.example.ca".to_owned(),
        next: String::new(),
        in_field,
    }
}

fn start(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let name = || {
        Input::text("name", "Name of the organization")
            .hint("For example “Surrey Bhangra Club”.")
            .required()
    };
    let page = StartPage {
        frame: Frame::bare(&desk.shell, "harpreet@example.ca", "0f1e2d3c".to_owned()),
        action: desk.urls.organizer_start().to_string(),
        name: name(),
    };
    put(samples, "portal-start", &page)?;
    let wrong = StartPage {
        name: name()
            .value(format!("{PUNJABI} {LONG}"))
            .error(Some("This is too long: at most 120 characters.".to_owned())),
        ..page
    };
    put(samples, "portal-start-wrong", &wrong)
}
