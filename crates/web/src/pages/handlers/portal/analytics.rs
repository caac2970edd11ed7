//! GET `/tickets/organizer/events/{id}/analytics`: an event's numbers; its organizer.

use super::frame::Portal;
use crate::api::exports::{What, sheet};
use crate::api::reports::Format;
use crate::extract::{PathId, Search};
use crate::pages::handlers::html;
use crate::pages::views::portal::analytics::chart::{Chart, Place, Scale, Step, draw};
use crate::pages::views::portal::analytics::{AnalyticsPage, Facet, Linker, Period, Row, Share};
use crate::pages::views::portal::parts::{Empty, Stat, grouped};
use crate::pages::views::portal::shell::Section;
use crate::problem::Problem;
use crate::state::WebState;
use crate::when;
use app::metrics::{
    BucketRow, EventMetrics, KeyRow, MetricsAsk, MetricsError, Numbers, event_metrics,
};
use axum::extract::{RawPathParams, State};
use axum::response::Response;
use model::ids::EventId;
use model::money::Money;
use model::text;
use model::time::{Bucket, Time, Zone};
use serde::Deserialize;

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AnalyticsSearch {
    from: String,
    to: String,
    bucket: String,
    show: String,
    /// The name of a place for which a link is wanted.
    link: Option<String>,
}

/// The page.
pub async fn analytics_page(
    State(state): State<WebState>,
    portal: Portal,
    PathId(id): PathId<EventId>,
    Search(search): Search<AnalyticsSearch>,
) -> Result<Response, Problem> {
    let ask = MetricsAsk {
        from: search.from.clone(),
        to: search.to.clone(),
        bucket: search.bucket.clone(),
        by: String::new(),
    };
    let (metrics, wrong) = match event_metrics(&state.house, &portal.cx, &id, &ask).await {
        Ok(metrics) => (metrics, None),
        Err(MetricsError::Invalid(invalid)) => {
            let all = MetricsAsk::default();
            let metrics = event_metrics(&state.house, &portal.cx, &id, &all).await?;
            let words: Vec<String> = invalid.0.into_iter().map(|e| e.message).collect();
            (metrics, Some(words.join(" ")))
        }
        Err(error) => return Err(error.into()),
    };
    let frame = portal
        .frame(&state, Section::Events)
        .wrong(wrong.as_deref());
    let page = view(&state, frame, &metrics, &search, portal.cx.now);
    html(&page)
}

/// GET `/tickets/organizer/events/{id}/export/{file}`: a file of what was sold.
pub async fn export_file(
    State(state): State<WebState>,
    portal: Portal,
    PathId(id): PathId<EventId>,
    params: RawPathParams,
) -> Result<Response, Problem> {
    let file = params.iter().find(|(name, _)| *name == "file");
    let (what, format) = match file.map(|(_, value)| value).unwrap_or_default() {
        "orders.csv" => (What::Orders, Format::Csv),
        "orders.xlsx" => (What::Orders, Format::Xlsx),
        "tickets.csv" => (What::Tickets, Format::Csv),
        "tickets.xlsx" => (What::Tickets, Format::Xlsx),
        _ => return Err(Problem::not_found()),
    };
    sheet(&state, &portal.cx, &id, what, format).await
}

fn view(
    state: &WebState,
    frame: crate::pages::views::portal::shell::Frame,
    m: &EventMetrics,
    search: &AnalyticsSearch,
    now: Time,
) -> AnalyticsPage {
    let here = state
        .urls
        .own_event_part(&m.event.id, "analytics")
        .to_string();
    let sales = search.show == "sales";
    let period = Period {
        action: here.clone(),
        from: search.from.clone(),
        to: search.to.clone(),
        bucket: search.bucket.clone(),
        show: if sales { "sales" } else { "tickets" },
        chosen: [&search.from, &search.to, &search.bucket]
            .iter()
            .any(|text| !text.is_empty()),
    };
    let (rows, gaps) = rows_of(m);
    let file = |name: &str| {
        let part = format!("export/{name}");
        state.urls.own_event_part(&m.event.id, &part).to_string()
    };
    AnalyticsPage {
        frame,
        title: m.event.title.clone(),
        tabs: super::events::event_tabs(state, &m.event, "analytics"),
        live: m.on_sale,
        read_at: when::clock(now, &m.zone),
        period,
        stats: stats_of(m),
        empty: (m.totals == Numbers::default()).then(|| empty_of(state, m)),
        chart: chart_of(m, sales),
        rows,
        gaps,
        facets: facets_of(m),
        linker: linker_of(state, m, search, &here),
        files: vec![
            ("Orders (CSV)".to_owned(), file("orders.csv")),
            ("Tickets (CSV)".to_owned(), file("tickets.csv")),
            ("Orders (Excel)".to_owned(), file("orders.xlsx")),
            ("Tickets (Excel)".to_owned(), file("tickets.xlsx")),
        ],
    }
}

fn empty_of(state: &WebState, m: &EventMetrics) -> Empty {
    let whole = Empty::new(
        "Nothing sold yet",
        "As soon as somebody buys, their order shows up here: when, what, and where they came from.",
    );
    if m.event.status == model::event::EventStatus::Published {
        whole.step("Make a link to share", "#link")
    } else {
        let event = state.urls.own_event_part(&m.event.id, "");
        whole.step("Go on with the event", event.to_string())
    }
}

fn money(m: &EventMetrics, cents: i64) -> String {
    Money::new(cents, m.currency).to_string()
}

fn tickets(n: i64) -> String {
    match n {
        1 => "1 ticket".to_owned(),
        n => format!("{} tickets", grouped(n)),
    }
}

/// Millionths in percent with one digit: `66.7%`.
fn percent(ppm: i64) -> String {
    let tenths = (ppm + 500) / 1_000;
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// The service fee with its tax, less what went back of it: with it, net and taxes add up to what buyers
/// paid less what went back to them.
const fn fees_kept(n: &Numbers) -> i64 {
    n.fee_cents + n.fee_tax_cents - n.refund_fee_cents - n.refund_fee_tax_cents
}

fn stats_of(m: &EventMetrics) -> Vec<Stat> {
    let n = &m.totals;
    let conversion = n.conversion_ppm();
    let mut stats = vec![
        Stat::new("Tickets sold", grouped(n.units)).note(match n.refund_units {
            0 => String::new(),
            back => format!("{} refunded", grouped(back)),
        }),
        Stat::new("Sales", money(m, n.gross_cents)).note("what buyers paid"),
        Stat::new("Net", money(m, n.net_cents() - n.refund_net_cents()))
            .note("yours, without taxes and fees, after refunds"),
        Stat::new("Taxes", money(m, n.tax_cents - n.refund_tax_cents))
            .note("collected for you to pay on"),
        Stat::new("Fees", money(m, fees_kept(n))).note("service fee with its tax, after refunds"),
        Stat::new("Refunds", money(m, n.refund_gross_cents)).note("back to buyers"),
        Stat::new("Left to sell", grouped(m.remaining)).note(match m.held {
            0 => format!("of {}", grouped(m.capacity)),
            held => format!("of {}; {} in carts", grouped(m.capacity), grouped(held)),
        }),
    ];
    stats.push(match conversion {
        Some(ppm) => Stat::new("Finished checkouts", percent(ppm)).note(format!(
            "{} paid, {} given up",
            grouped(n.paid),
            grouped(n.abandoned)
        )),
        None => Stat::new("Finished checkouts", "–").note("none has ended yet"),
    });
    stats
}

fn chart_of(m: &EventMetrics, sales: bool) -> Chart {
    let many = m.buckets.len();
    let step = |b: &BucketRow| Step {
        name: name_of(m.asked.bucket, b.begin, &m.zone),
        short: short_of(m.asked.bucket, b.begin, &m.zone, many),
        value: if sales {
            b.numbers.gross_cents
        } else {
            b.numbers.units
        },
        marks: marks(m.asked.bucket, b.begin, &m.zone, many),
    };
    let steps: Vec<Step> = m.buckets.iter().map(step).collect();
    let by = m.asked.bucket.code();
    if sales {
        let axis = |cents: i64| {
            let whole = money(m, cents);
            whole
                .strip_suffix(".00")
                .map_or(whole.clone(), str::to_owned)
        };
        let titles = (format!("Sales by {by}"), "Sales in all");
        let words = |cents| money(m, cents);
        return draw(
            (&titles.0, titles.1),
            &steps,
            words,
            axis,
            Scale::Hundredths,
        );
    }
    let title = format!("Tickets sold by {by}");
    draw(
        (&title, "Tickets in all"),
        &steps,
        tickets,
        grouped,
        Scale::Things,
    )
}

fn name_of(bucket: Bucket, begin: Time, zone: &Zone) -> String {
    let Some(at) = begin.in_zone(zone) else {
        return begin.to_iso();
    };
    match bucket {
        Bucket::Hour => format!(
            "{}, {}",
            at.strftime("%a, %b %-d"),
            when::clock(begin, zone)
        ),
        Bucket::Day => at.strftime("%a, %b %-d, %Y").to_string(),
        Bucket::Week => at.strftime("Week of %b %-d, %Y").to_string(),
    }
}

fn short_of(bucket: Bucket, begin: Time, zone: &Zone, many: usize) -> String {
    let Some(at) = begin.in_zone(zone) else {
        return String::new();
    };
    match bucket {
        Bucket::Hour if many <= 48 && at.hour() != 0 => {
            let half = if at.hour() < 12 { "a.m." } else { "p.m." };
            format!("{} {half}", at.strftime("%-I"))
        }
        Bucket::Week if many > 40 => at.strftime("%b %Y").to_string(),
        Bucket::Hour | Bucket::Day | Bucket::Week => at.strftime("%b %-d").to_string(),
    }
}

/// Whether a mark belongs on a step: on midnights of many hours, on Mondays of many days, on new months of
/// many weeks.
fn marks(bucket: Bucket, begin: Time, zone: &Zone, many: usize) -> bool {
    let Some(at) = begin.in_zone(zone) else {
        return false;
    };
    match bucket {
        Bucket::Hour => many > 48 && at.hour() == 0,
        Bucket::Day => many > 14 && at.weekday() == jiff::civil::Weekday::Monday,
        Bucket::Week => many > 40 && at.day() <= 7,
    }
}

/// The steps in words; of many, those of nothing are left out.
fn rows_of(m: &EventMetrics) -> (Vec<Row>, bool) {
    let quiet = |b: &&BucketRow| {
        let n = &b.numbers;
        n.units == 0 && n.refund_units == 0 && n.refund_gross_cents == 0
    };
    let gaps = m.buckets.len() > 31 && m.buckets.iter().any(|b| quiet(&b));
    let shown = m.buckets.iter().filter(|b| !(gaps && quiet(b)));
    let row = |b: &BucketRow| {
        let n = &b.numbers;
        Row {
            when: name_of(m.asked.bucket, b.begin, &m.zone),
            units: n.units,
            gross: money(m, n.gross_cents),
            net: money(m, n.net_cents() - n.refund_net_cents()),
            tax: money(m, n.tax_cents - n.refund_tax_cents),
            fees: money(m, fees_kept(n)),
            back: money(m, n.refund_gross_cents),
        }
    };
    (shown.map(row).collect(), gaps)
}

fn facets_of(m: &EventMetrics) -> Vec<Facet> {
    let facet = |title, hint: &str, rows: &[KeyRow], name: fn(&KeyRow) -> String| {
        let most = rows
            .iter()
            .map(|r| r.numbers.units)
            .max()
            .unwrap_or(0)
            .max(1);
        let share = |row: &KeyRow| Share {
            label: name(row),
            value: tickets(row.numbers.units),
            note: note_of(m, row),
            width: Place(10_000 * row.numbers.units.max(0) / most),
        };
        Facet {
            title,
            hint: hint.to_owned(),
            shares: rows.iter().take(MOST_SHARES).map(share).collect(),
        }
    };
    vec![
        facet(
            "By kind of ticket",
            "There are no tickets yet.",
            &m.tiers,
            |r| r.label.clone(),
        ),
        facet(
            "By where buyers came from",
            "Nothing was sold in that time.",
            &m.sources,
            |r| source_words(&r.label),
        ),
        facet(
            "By discount code",
            "This event has no discount codes.",
            &m.discounts,
            |r| match r.label.as_str() {
                "" => "Without a code".to_owned(),
                code => code.to_owned(),
            },
        ),
    ]
}

/// The most shares that are shown of one division: whoever has more takes the file.
const MOST_SHARES: usize = 25;

fn note_of(m: &EventMetrics, row: &KeyRow) -> String {
    let n = &row.numbers;
    let mut parts = vec![format!("{} in sales", money(m, n.gross_cents))];
    if let Some(capacity) = row.capacity {
        parts.push(format!("{} places", grouped(capacity)));
    }
    if n.discount_cents > 0 {
        parts.push(format!("{} taken off", money(m, n.discount_cents)));
    }
    if n.refund_units > 0 {
        parts.push(format!("{} refunded", grouped(n.refund_units)));
    }
    if let Some(ppm) = n.conversion_ppm() {
        parts.push(format!("{} of checkouts finished", percent(ppm)));
    }
    parts.join(" · ")
}

fn source_words(source: &str) -> String {
    match source {
        "" => "Not known".to_owned(),
        "page" => "Your event page".to_owned(),
        "widget" => "The widget on a website".to_owned(),
        "api" => "A program (API)".to_owned(),
        other => other.to_owned(),
    }
}

fn linker_of(state: &WebState, m: &EventMetrics, search: &AnalyticsSearch, here: &str) -> Linker {
    let typed: String = search.link.clone().unwrap_or_default();
    let typed: String = typed.chars().take(100).collect();
    let tag = text::tag(&typed);
    let url = |tag: &str| {
        let link = state.urls.event_from(&m.event.slug, tag);
        link.absolute()
    };
    Linker {
        action: format!("{here}#link"),
        error: (search.link.is_some() && tag.is_empty())
            .then(|| "Write a name with letters of the Latin alphabet or digits.".to_owned()),
        made: (!tag.is_empty()).then(|| (tag.clone(), url(&tag))),
        typed,
    }
}
