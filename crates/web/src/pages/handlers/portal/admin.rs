//! The admins' pages. The gate lets in whoever has an admin's account and has shown its second factor
//! lately; everybody else is told that there is nothing here.

use super::clock::told;
use super::frame::Done;
use crate::extract::{Context, Form, PathId, Search, SignedIn};
use crate::pages::handlers::csrf::{check_portal, portal_token};
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::admin::{
    BooksPage, DeadLettersPage, DeadRow, DifferenceRow, FlagRow, FlagsPage, OverviewPage,
};
use crate::pages::views::portal::parts::{Badge, Empty, Icon, Stat, Tone};
use crate::pages::views::portal::shell::{Frame, NavItem};
use crate::problem::Problem;
use crate::state::WebState;
use app::Cx;
use app::admin::{MOST_DEAD, dead_letters, revive};
use app::disputes::to_answer;
use app::flags::{self, FlagView};
use app::reconciliation::{open_differences, standing};
use app::records::{Job, KeptDifference};
use app::sign_in::Signed;
use axum::extract::State;
use axum::response::Response;
use model::flags::Flag;
use model::ids::JobId;

/// Which of the admins' pages it is.
#[derive(Copy, Clone, Eq, PartialEq)]
pub(super) enum Here {
    Overview,
    Flags,
    DeadLetters,
    Books,
    Disputes,
}

pub(super) fn frame(state: &WebState, cx: &Cx, signed: &Signed, here: Here) -> Frame {
    let urls = &state.urls;
    let pages = [
        (
            Here::Overview,
            "Overview",
            Icon::Home,
            urls.admin().to_string(),
        ),
        (
            Here::Flags,
            "Switches",
            Icon::Gear,
            urls.admin_flags("").to_string(),
        ),
        (
            Here::DeadLetters,
            "Dead letters",
            Icon::Alert,
            urls.admin_dead_letters("").to_string(),
        ),
        (
            Here::Books,
            "Books",
            Icon::Bank,
            urls.admin_books().to_string(),
        ),
        (
            Here::Disputes,
            "Disputes",
            Icon::Shield,
            urls.admin_disputes("").to_string(),
        ),
    ];
    let nav = pages.into_iter().map(|(page, word, icon, href)| NavItem {
        word,
        href,
        icon,
        here: page == here,
    });
    let bare = Frame::bare(&state.shell, &signed.email, portal_token(state, cx));
    Frame {
        nav: nav.collect(),
        realm: "Admin",
        organization: "Admin".to_owned(),
        ..bare
    }
}

/// GET `/tickets/admin`.
pub async fn admin_page(
    State(state): State<WebState>,
    Context(cx): Context,
    SignedIn(signed): SignedIn,
) -> Result<Response, Problem> {
    let flags = flags::list(&state.house).await?;
    let off = flags
        .iter()
        .filter(|f| f.switched_off || !f.allowed)
        .count();
    let dead = dead_letters(&state.house).await?.len();
    let open = open_differences(&state.house).await?;
    let disputes = to_answer(&state.house).await?;
    let urls = &state.urls;
    let letters = Stat::new("Dead letters", dead.to_string());
    let letters = if dead < MOST_DEAD {
        letters
    } else {
        letters.note("or more: no more are counted")
    };
    html(&OverviewPage {
        frame: frame(&state, &cx, &signed, Here::Overview),
        stats: vec![
            Stat::new("Switched off", off.to_string()).href(urls.admin_flags("").to_string()),
            letters.href(urls.admin_dead_letters("").to_string()),
            Stat::new("Differences with Stripe", open.to_string())
                .href(urls.admin_books().to_string()),
            Stat::new("Disputes to answer", disputes.to_string())
                .href(urls.admin_disputes("").to_string()),
        ],
    })
}

/// GET `/tickets/admin/flags`: alive even while everything is off.
pub async fn flags_page(
    State(state): State<WebState>,
    Context(cx): Context,
    SignedIn(signed): SignedIn,
    Search(search): Search<Done>,
) -> Result<Response, Problem> {
    let done = switched(&search.done);
    let flags = flags::list(&state.house).await?;
    html(&FlagsPage {
        frame: frame(&state, &cx, &signed, Here::Flags).done(done.as_deref()),
        action: state.urls.admin_flags("").to_string(),
        flags: flags.iter().map(flag_row).collect(),
    })
}

/// What was done by a code like `off-checkout`: which switch it was is said, because they stand close together.
fn switched(done: &str) -> Option<String> {
    let (what, code) = done.split_once('-')?;
    let code = Flag::parse(code)?.code();
    match what {
        "off" => Some(format!("“{code}” is switched off.")),
        "back" => Some(format!("“{code}” is as the environment says again.")),
        _ => None,
    }
}

fn flag_row(view: &FlagView) -> FlagRow {
    let (badge, off) = match (view.allowed, view.switched_off) {
        (false, _) => (Badge::new(Tone::Plain, "Off by the environment"), None),
        (true, true) => (Badge::new(Tone::Bad, "Switched off"), Some(false)),
        (true, false) => (Badge::new(Tone::Good, "On"), Some(true)),
    };
    let words = match view.flag {
        Flag::Ticketing => {
            "Everything: pages, API, and background work. Stripe’s news is kept meanwhile."
        }
        Flag::Checkout => "Buying. Orders that exist stay visible.",
        Flag::Refunds => "Refunds that organizers and admins start.",
        Flag::Scanning => "The door.",
        Flag::Payouts => "Connecting Stripe, and showing payouts.",
    };
    FlagRow {
        code: view.flag.code(),
        words,
        badge,
        off,
    }
}

/// POST `/tickets/admin/flags`.
pub async fn flags_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &cx, form.get("csrf"))?;
    let flag = Flag::parse(form.get("flag")).ok_or_else(Problem::not_found)?;
    let off = form.get("off") == "yes";
    flags::switch(&state.house, &mut cx, flag, off).await?;
    let what = if off { "off" } else { "back" };
    see(state.urls.admin_flags(&format!("{what}-{}", flag.code())))
}

/// GET `/tickets/admin/dead-letters`.
pub async fn dead_letters_page(
    State(state): State<WebState>,
    Context(cx): Context,
    SignedIn(signed): SignedIn,
    Search(search): Search<Done>,
) -> Result<Response, Problem> {
    let done = (search.done == "revived").then_some("It is in the queue again.");
    let jobs = dead_letters(&state.house).await?;
    html(&DeadLettersPage {
        frame: frame(&state, &cx, &signed, Here::DeadLetters).done(done),
        jobs: jobs.iter().map(|job| dead_row(&state, job)).collect(),
        none: Empty::new(
            "No dead letters",
            "All background work is done, or is being tried.",
        ),
    })
}

fn dead_row(state: &WebState, job: &Job) -> DeadRow {
    let last = job.finished_at.map(told).unwrap_or_default();
    DeadRow {
        kind: job.kind.clone(),
        subject: job.subject.clone(),
        why: job.last_error.clone().unwrap_or_default(),
        tried: format!("{} times, last {last}", job.attempts),
        revive: state.urls.admin_revive(&job.id).to_string(),
    }
}

/// POST `/tickets/admin/dead-letters/{id}/revive`.
pub async fn revive_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    PathId(id): PathId<JobId>,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &cx, form.get("csrf"))?;
    if revive(&state.house, &mut cx, &id).await? {
        see(state.urls.admin_dead_letters("revived"))
    } else {
        Err(Problem::not_found())
    }
}

/// GET `/tickets/admin/books`.
pub async fn books_page(
    State(state): State<WebState>,
    Context(cx): Context,
    SignedIn(signed): SignedIn,
) -> Result<Response, Problem> {
    let standing = standing(&state.house).await?;
    let latest = standing.latest.map(|c| {
        let left = match c.still_moving {
            0 => String::new(),
            1 => " 1 order was changing, and is left for the next time.".to_owned(),
            n => format!(" {n} orders were changing, and are left for the next time."),
        };
        format!(
            "Compared {}: {} orders against {} movements.{left}",
            told(c.finished_at),
            c.orders,
            c.movements
        )
    });
    let none = if latest.is_some() {
        Empty::new(
            "They agree",
            "Every order and every movement that was compared match to the cent.",
        )
    } else {
        Empty::new(
            "Not compared yet",
            "They are compared every night, or by `jugnu-tickets reconcile`.",
        )
    };
    html(&BooksPage {
        frame: frame(&state, &cx, &signed, Here::Books),
        latest,
        differences: standing.open.iter().map(difference_row).collect(),
        none,
    })
}

fn difference_row(kept: &KeptDifference) -> DifferenceRow {
    // A movement may be in any currency, so that cents stand for themselves here.
    let cents = |amount: Option<i64>| {
        amount.map_or_else(
            || "nothing".to_owned(),
            |c| {
                let sign = if c < 0 { "−" } else { "" };
                format!(
                    "{sign}{}.{:02}",
                    c.unsigned_abs() / 100,
                    c.unsigned_abs() % 100
                )
            },
        )
    };
    DifferenceRow {
        sentence: kept.difference.sentence.clone(),
        ours: cents(kept.difference.ours_cents),
        theirs: cents(kept.difference.stripe_cents),
        since: told(kept.first_seen_at),
    }
}
