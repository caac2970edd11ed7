use super::{BadSample, Desk, Sample, put};
use crate::pages::views::plain::{
    ErrorKind, ErrorPage, PrivacyPage, RefundPolicyPage, SignInNeededPage, TermsPage,
};

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let kinds = [
        ("error-404", ErrorKind::NotFound),
        ("error-404-portal", ErrorKind::NotFound),
        ("error-410", ErrorKind::Gone),
        ("error-stale", ErrorKind::Stale),
        (
            "error-400",
            ErrorKind::BadRequest("Choose at least one ticket.".to_owned()),
        ),
        ("error-429", ErrorKind::TooMany(20)),
        ("error-off", ErrorKind::Off),
        ("error-503", ErrorKind::Busy(150)),
        ("error-stripe-away", ErrorKind::PaymentsAway(30)),
        ("error-no-more-time", ErrorKind::NoMoreTime),
        ("error-500", ErrorKind::Ours),
    ];
    for (name, kind) in kinds {
        let request_id =
            (kind == ErrorKind::Ours).then(|| "req_06g8z3k7y8v5n4c2r1q0w9e8t7".to_owned());
        put(
            samples,
            name,
            &ErrorPage {
                shell: desk.shell.clone(),
                again: request_id.is_some().then(|| desk.urls.events().to_string()),
                kind,
                portal: name.ends_with("-portal"),
                request_id,
            },
        )?;
    }
    put(
        samples,
        "sign-in-needed",
        &SignInNeededPage {
            shell: desk.shell.clone(),
        },
    )?;
    put(
        samples,
        "terms",
        &TermsPage {
            shell: desk.shell.clone(),
        },
    )?;
    put(
        samples,
        "privacy",
        &PrivacyPage {
            shell: desk.shell.clone(),
        },
    )?;
    put(
        samples,
        "refund-policy",
        &RefundPolicyPage {
            shell: desk.shell.clone(),
        },
    )
}
