//! GET `/tickets/organizer/needs-you`: what waits, each thing with its step; and the step for mails.

use super::money::reason_words;
use super::words::{day, home_zone, lines};
use crate::extract::{Form, PathId, Search};
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::portal::{Done, Portal};
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::desk::needs::{NeedCard, NeedsPage};
use crate::pages::views::portal::icon::Icon;
use crate::pages::views::portal::parts::{Empty, Input};
use crate::pages::views::portal::shell::Section;
use crate::problem::Problem;
use crate::state::WebState;
use crate::when::moment;
use app::desk::{self, ChangeError, Need, Requirements, list_needs, mail_name};
use app::error::Invalid;
use app::records::{About, FailedMail, FailedPayout, OpenDispute, StuckPayment, StuckRefund};
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use model::ids::EmailId;
use model::money::Money;
use model::organizer::OrganizerStatus;
use model::time::Zone;

/// The page.
pub async fn needs_page(
    State(state): State<WebState>,
    portal: Portal,
    Search(search): Search<Done>,
) -> Result<Response, Problem> {
    let done = match search.done.as_str() {
        "sent" => Some("The mail is on its way once more."),
        _ => None,
    };
    page(&state, &portal, done, None).await
}

/// POST `/tickets/organizer/mails/{id}`: once more, to the address in the form.
pub async fn mail_step(
    State(state): State<WebState>,
    PathId(id): PathId<EmailId>,
    mut portal: Portal,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &portal.cx, form.get("csrf"))?;
    // Each mail's field has a name of its own, because the page has one for each.
    let field = form.0.iter().find(|(name, _)| name.starts_with("email"));
    let typed = field.map_or("", |(_, value)| value.as_str());
    match desk::retry_mail(&state.house, &mut portal.cx, &id, Some(typed)).await {
        Ok(_) => see(state.urls.desk_needs("sent")),
        Err(ChangeError::Invalid(invalid)) => {
            let wrong = (id, typed.to_owned(), invalid);
            let mut response = page(&state, &portal, None, Some(&wrong)).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

type WrongMail = (EmailId, String, Invalid);

async fn page(
    state: &WebState,
    portal: &Portal,
    done: Option<&str>,
    wrong: Option<&WrongMail>,
) -> Result<Response, Problem> {
    let found = list_needs(&state.house, &portal.cx).await?;
    let zone = home_zone();
    html(&NeedsPage {
        frame: portal.frame(state, Section::Home).done(done),
        needs: found
            .needs
            .iter()
            .map(|need| card(state, need, &zone, wrong))
            .collect(),
        empty: Empty::new(
            "Nothing needs you",
            "Mails that come back, refund requests, disputes and whatever Stripe wants to know will stand here.",
        )
        .step("Go to your home", state.urls.organizer()),
    })
}

fn blank(icon: Icon, title: String) -> NeedCard {
    NeedCard {
        icon,
        urgent: false,
        title,
        words: Vec::new(),
        quote: Vec::new(),
        links: Vec::new(),
        form: None,
    }
}

fn order_link(state: &WebState, about: &About) -> (String, String) {
    (
        format!("Order {}", about.code),
        state.urls.desk_order(&about.order_id).to_string(),
    )
}

/// The same in a line, for home: what it is, and the way to what can be done about it.
pub fn line(state: &WebState, need: &Need) -> (String, (String, String)) {
    let card = card(state, need, &home_zone(), None);
    let way = match need {
        // What is done on the page itself is led to; the rest goes straight to its first step.
        Need::Mail(_) => None,
        _ => card.links.into_iter().next(),
    };
    let all = || {
        let needs = state.urls.desk_needs("").to_string();
        ("Correct the address".to_owned(), needs)
    };
    (format!("{}.", card.title), way.unwrap_or_else(all))
}

fn card(state: &WebState, need: &Need, zone: &Zone, wrong: Option<&WrongMail>) -> NeedCard {
    match need {
        Need::Dispute(dispute) => dispute_card(state, dispute, zone),
        Need::Request(asked) => NeedCard {
            words: vec![format!("Asked on {}.", day(asked.request.created_at, zone))],
            quote: lines(&asked.request.message),
            links: vec![(
                "Look at it and answer".to_owned(),
                state.urls.desk_order(&asked.about.order_id).to_string(),
            )],
            ..blank(
                Icon::Order,
                format!("{} asks for a refund", asked.about.buyer_name),
            )
        },
        Need::Requirements(wanted) => requirements(state, wanted, zone),
        Need::Mail(mail) => mail_card(state, mail, zone, wrong),
        Need::RefundFailed(refund) => refund_failed(state, refund),
        Need::RefundSlow(refund) => refund_slow(state, refund, zone),
        Need::Payment(payment) => payment_card(state, payment, zone),
        Need::Payout(payout) => payout_card(state, payout, zone),
    }
}

fn dispute_card(state: &WebState, dispute: &OpenDispute, zone: &Zone) -> NeedCard {
    let amount = Money::new(dispute.amount_cents, dispute.currency);
    let answer = dispute.due_at.map_or_else(
        || "Answer in your Stripe dashboard.".to_owned(),
        |due| {
            format!(
                "Answer in your Stripe dashboard until {}.",
                moment(due, zone)
            )
        },
    );
    let evidence = state.urls.desk_evidence(&dispute.id).to_string();
    NeedCard {
        urgent: true,
        words: vec![
            format!("{}.", reason_words(&dispute.reason)),
            format!("{answer} Our evidence has the sale, the mails and the check-ins."),
        ],
        links: vec![
            ("Evidence as a PDF".to_owned(), evidence),
            order_link(state, &dispute.about),
        ],
        ..blank(
            Icon::Shield,
            format!(
                "{} disputes {amount} with their bank",
                dispute.about.buyer_name
            ),
        )
    }
}

fn refund_failed(state: &WebState, refund: &StuckRefund) -> NeedCard {
    let amount = Money::new(refund.amount_cents, refund.currency);
    let words = [
        "The bank sent it back; most often the card was replaced. The order is as it was before, and the buyer has been told to write to you.",
        "Agree on another way with the buyer, or try the refund once more.",
    ];
    NeedCard {
        words: words.map(str::to_owned).to_vec(),
        links: vec![order_link(state, &refund.about)],
        ..blank(
            Icon::Alert,
            format!(
                "The refund of {amount} to {} came back",
                refund.about.buyer_name
            ),
        )
    }
}

fn refund_slow(state: &WebState, refund: &StuckRefund, zone: &Zone) -> NeedCard {
    let amount = Money::new(refund.amount_cents, refund.currency);
    NeedCard {
        words: vec![format!(
            "It was decided on {} and Stripe has not confirmed it. We keep asking by ourselves; there is nothing to do unless the buyer waits for longer than ten days. Then write to us with the order’s number.",
            day(refund.created_at, zone)
        )],
        links: vec![order_link(state, &refund.about)],
        ..blank(
            Icon::Alert,
            format!(
                "The refund of {amount} to {} takes long",
                refund.about.buyer_name
            ),
        )
    }
}

fn payment_card(state: &WebState, payment: &StuckPayment, zone: &Zone) -> NeedCard {
    let amount = Money::new(payment.total_cents, payment.currency);
    NeedCard {
        words: vec![format!(
            "It should have been paid or let go on {}. We keep asking Stripe; the places stay held until it answers. If it lasts for more than a day, write to us with the order’s number.",
            moment(payment.since, zone)
        )],
        links: vec![order_link(state, &payment.about)],
        ..blank(
            Icon::Alert,
            format!(
                "A payment of {amount} by {} is stuck",
                payment.about.buyer_name
            ),
        )
    }
}

fn payout_card(state: &WebState, payout: &FailedPayout, zone: &Zone) -> NeedCard {
    let amount = Money::new(payout.amount_cents, payout.currency);
    NeedCard {
        urgent: true,
        words: vec![format!(
            "Your bank sent it back on {}: {}. Check the account’s number in your Stripe dashboard. The money is safe, and we send it again by ourselves.",
            day(payout.created_at, zone),
            payout.failure_code.replace('_', " ")
        )],
        links: vec![(
            "The payout".to_owned(),
            state.urls.desk_payout(&payout.id).to_string(),
        )],
        ..blank(Icon::Bank, format!("A payout of {amount} did not arrive"))
    }
}

/// What Stripe wants, in plain words; its own words are for its own form.
fn requirements(state: &WebState, wanted: &Requirements, zone: &Zone) -> NeedCard {
    let what = match wanted.status {
        OrganizerStatus::Disconnected => {
            "Your account at Stripe is no longer connected, so tickets that cost money cannot be sold."
        }
        OrganizerStatus::InProgress | OrganizerStatus::NotStarted => {
            "The form at Stripe is not finished, so tickets that cost money cannot be sold yet."
        }
        OrganizerStatus::Restricted => {
            "Stripe has stopped payments until it knows more about your organization."
        }
        OrganizerStatus::Pending | OrganizerStatus::Active => {
            "Stripe wants to know more about your organization, or payments will stop."
        }
    };
    let mut words = vec![what.to_owned()];
    if let Some(until) = wanted.until {
        words.push(format!("It has to be done by {}.", day(until, zone)));
    }
    NeedCard {
        urgent: true,
        words,
        links: vec![(
            "Go on at Stripe".to_owned(),
            state.urls.settings_payments().to_string(),
        )],
        ..blank(Icon::Bank, "Stripe needs something from you".to_owned())
    }
}

fn mail_card(
    state: &WebState,
    mail: &FailedMail,
    zone: &Zone,
    wrong: Option<&WrongMail>,
) -> NeedCard {
    let name = mail_name(&mail.kind);
    let field = format!("email-{}", mail.id);
    let wrong = wrong.filter(|(id, _, _)| *id == mail.id);
    let mut input = Input::email(&field, "Send it to")
        .value(mail.to_email.as_str())
        .required();
    if let Some((_, typed, invalid)) = wrong {
        let why = invalid.0.first().map(|fault| fault.message.clone());
        input = input.value(typed.as_str()).error(why);
    }
    NeedCard {
        words: vec![
            format!(
                "{name} for order {} of {} could not be delivered to {}.",
                mail.about.code,
                day(mail.created_at, zone),
                mail.to_email
            ),
            "Is there a slip in the address? Correct it, and the order has it from then on."
                .to_owned(),
        ],
        quote: lines(&mail.error),
        links: vec![order_link(state, &mail.about)],
        form: Some((
            state.urls.desk_mail(&mail.id).to_string(),
            vec![input],
            "Send it again",
        )),
        ..blank(
            Icon::Alert,
            format!("A mail to {} came back", mail.about.buyer_name),
        )
    }
}
