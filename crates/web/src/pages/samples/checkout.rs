use super::{
    BadSample, Desk, Sample, code_box, discounted_sum, event_id, free_sum, included_sum, put,
    sum_at_payment, tier_id, ugly_sum, usual_sum,
};
use crate::pages::views::checkout::{CheckoutPage, ConsentBox, HolderField};
use crate::pages::views::parts::Field;
use crate::words::{t, t1};

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    put(samples, "checkout", &usual(desk)?)?;
    put(
        samples,
        "checkout-free",
        &CheckoutPage {
            sum: free_sum(),
            ..usual(desk)?
        },
    )?;
    for (name, sum) in [
        ("checkout-tax-included", included_sum()),
        ("checkout-tax-at-payment", sum_at_payment()),
    ] {
        put(
            samples,
            name,
            &CheckoutPage {
                sum,
                ..usual(desk)?
            },
        )?;
    }
    put(samples, "checkout-errors", &errors(desk)?)?;
    put(samples, "checkout-names", &with_names(desk)?)?;
    put(samples, "checkout-code", &with_code(desk)?)?;
    put(samples, "checkout-code-refused", &code_refused(desk)?)?;
    put(samples, "checkout-ugly", &ugly(desk)?)
}

fn usual(desk: &Desk) -> Result<CheckoutPage, BadSample> {
    Ok(CheckoutPage {
        shell: desk.shell.clone(),
        action: desk.urls.checkout(&event_id()).to_string(),
        csrf: "c5rf".to_owned(),
        attempt: "4tt3mpt".to_owned(),
        chosen: vec![(tier_id(1).to_string(), 2)],
        occasion: desk.diwali()?,
        sum: usual_sum(),
        name: Field::default(),
        email: Field::default(),
        holders: Vec::new(),
        consents: consents(),
        code: Some(code_box("", None, None, None)),
        error: None,
        source: "poster-at-the-library".to_owned(),
        hold_minutes: 15,
        seller: "Fraser Valley Community Arts Society".to_owned(),
    })
}

fn consents() -> Vec<ConsentBox> {
    vec![
        ConsentBox {
            name: "news-organizer",
            words: t1(
                "checkout-consent-organizer",
                "organizer",
                "Fraser Valley Arts",
            ),
            ticked: false,
        },
        ConsentBox {
            name: "news-platform",
            words: t("checkout-consent-platform"),
            ticked: false,
        },
    ]
}

fn with_names(desk: &Desk) -> Result<CheckoutPage, BadSample> {
    let holder = |number: usize, value: &str, error: Option<String>| HolderField {
        id: format!("holder-{}-{number}", tier_id(1)),
        tier: "General admission".to_owned(),
        number,
        field: Field {
            value: value.to_owned(),
            error,
        },
    };
    Ok(CheckoutPage {
        holders: vec![
            holder(1, "ਹਰਪ੍ਰੀਤ ਕੌਰ", None),
            holder(2, "", Some(t("field-holder"))),
        ],
        ..usual(desk)?
    })
}

fn errors(desk: &Desk) -> Result<CheckoutPage, BadSample> {
    let wrong = |value: &str, error: &str| Field {
        value: value.to_owned(),
        error: Some(error.to_owned()),
    };
    Ok(CheckoutPage {
        name: wrong("", &t("field-name")),
        email: wrong("harpreet@example", &t("field-email")),
        ..usual(desk)?
    })
}

fn with_code(desk: &Desk) -> Result<CheckoutPage, BadSample> {
    Ok(CheckoutPage {
        sum: discounted_sum(),
        code: Some(code_box(
            "DIWALI10",
            Some("10% off: General admission, Child."),
            None,
            None,
        )),
        ..usual(desk)?
    })
}

fn code_refused(desk: &Desk) -> Result<CheckoutPage, BadSample> {
    let why = "This discount code needs at least 4 of the tickets that it is for.";
    Ok(CheckoutPage {
        code: Some(code_box("FAMILY", None, Some(why), None)),
        name: Field {
            value: "Harpreet Kaur".to_owned(),
            error: None,
        },
        ..usual(desk)?
    })
}

fn ugly(desk: &Desk) -> Result<CheckoutPage, BadSample> {
    Ok(CheckoutPage {
        occasion: desk.ugly_occasion()?,
        sum: ugly_sum(),
        name: Field {
            value: "محمد عبد الرحمن \"><script>".to_owned(),
            error: None,
        },
        error: Some("Somebody was faster: only 3 of these tickets are left.".to_owned()),
        seller: "जगन्नाथ सांस्कृतिक मंडल".to_owned(),
        ..usual(desk)?
    })
}
