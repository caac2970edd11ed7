use super::{BadSample, Desk, Sample, put};
use crate::pages::views::docs::{DocsPage, Group, Operation};

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let text = str::to_owned;
    let answer = |status: &str, meaning: &str| (text(status), text(meaning));
    let list = Operation {
        id: text("my_events"),
        verb: text("GET"),
        path: text("/api/tickets/organizers/me/events"),
        summary: text("Lists the organizer's events, newest first."),
        audience: text("organizer"),
        flag: text("ticketing"),
        parameters: vec![(
            text("cursor"),
            text("query"),
            text("The `next_cursor` of the page before."),
        )],
        body: String::new(),
        answers: vec![
            answer("200", "The events."),
            answer(
                "401",
                "No key was shown, or one that is unknown or revoked.",
            ),
        ],
    };
    let long = Operation {
        id: text("decline_refund_request"),
        verb: text("DELETE"),
        path: text("/api/tickets/organizers/me/refund-requests/{id}/tickets/{ticket_id}/decline"),
        summary: text(
            "Declines a buyer's request with a sentence, which goes to the buyer by mail, and leaves the tickets as they are.",
        ),
        parameters: Vec::new(),
        body: text("DeclineIn"),
        ..list.clone()
    };
    let flags = Operation {
        id: text("list_flags"),
        path: text("/api/tickets/admin/flags"),
        ..list.clone()
    };
    let group = |name: &str, operations: Vec<Operation>| Group {
        name: text(name),
        operations,
    };
    put(
        samples,
        "docs",
        &DocsPage {
            shell: desk.shell.clone(),
            openapi: desk.urls.api_openapi().to_string(),
            groups: vec![
                group("organizers", vec![list, long]),
                group("admin", vec![flags]),
            ],
            problems: vec![
                ("sold-out", 409, "Not enough tickets are left."),
                (
                    "idempotency-key-reused",
                    422,
                    "This Idempotency-Key came with another request before.",
                ),
            ],
        },
    )
}
