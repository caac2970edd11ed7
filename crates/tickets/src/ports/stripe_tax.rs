//! Stripe Tax, said to Stripe in its own words and read back.
//!
//! Tax codes are Stripe's (docs.stripe.com/tax/tax-codes, read in November 2026): an admission must name
//! its venue, goods may, and a line that is "nontaxable" carries no tax whatever Stripe knows.

use super::stripe_objects::failed;
use app::ports::{CheckoutLine, LineClass, LineTax, PaymentsError, StripeTax, VenueAddress};
use model::money::Ppm;
use stripe::calls::{
    AutomaticTaxParams, CreateTaxLocation, LineItemParams, ListLineItems, Page, TaxAddress,
    TaxBehavior, TaxDetails, TaxLiability, TaxLocationType,
};
use stripe::objects::LineItem;
use stripe::{Client, IdempotencyKey};

/// Admission to amusement, entertainment and recreation venues.
const ADMISSION: &str = "txcd_50010001";
/// General: tangible goods.
const GOODS: &str = "txcd_99999999";
/// Nontaxable.
const UNTAXED: &str = "txcd_00000000";
/// The mark on a line by which its taxes are found again.
const TICKETS: &str = "tickets";

/// Who owes the taxes that Stripe computes.
pub(super) fn automatic_tax(tax: &StripeTax) -> AutomaticTaxParams {
    AutomaticTaxParams {
        enabled: true,
        liability: Some(TaxLiability {
            kind: "account".to_owned(),
            account: Some(tax.liable.clone()),
        }),
    }
}

/// Tells Stripe what a line is.
pub(super) fn mark(params: &mut LineItemParams, line: &CheckoutLine, tax: &StripeTax) {
    if let Some(at) = line.tickets {
        params.metadata.insert(TICKETS.to_owned(), at.to_string());
    }
    let data = &mut params.price_data;
    let (code, at_venue) = match line.class {
        LineClass::Admission => (ADMISSION, true),
        LineClass::Goods => (GOODS, true),
        LineClass::Untaxed => (UNTAXED, false),
    };
    let inside = tax.included && line.class != LineClass::Untaxed;
    data.tax_behavior = Some(if inside {
        TaxBehavior::Inclusive
    } else {
        TaxBehavior::Exclusive
    });
    data.product_data.tax_code = Some(code.to_owned());
    data.product_data.tax_details = at_venue.then(|| TaxDetails {
        performance_location: tax.location_id.clone(),
    });
}

/// Makes a venue known to Stripe.
pub(super) async fn location(
    client: &Client,
    address: &VenueAddress,
    key: &IdempotencyKey,
) -> Result<String, PaymentsError> {
    let filled = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    let request = CreateTaxLocation {
        kind: TaxLocationType::Performance,
        address: TaxAddress {
            country: "CA".to_owned(),
            state: Some(address.province.to_owned()),
            city: filled(&address.city),
            line1: filled(&address.line1),
            postal_code: None,
        },
        description: None,
    };
    let made = client.tax_locations().create(&request, key).await;
    made.map(|location| location.id).map_err(|e| failed(&e))
}

/// The taxes of a page, line by line; a page of lines holds a hundred, which is the most there are.
pub(super) async fn taxes(
    client: &Client,
    session_id: &str,
) -> Result<Vec<LineTax>, PaymentsError> {
    let request = ListLineItems::with_taxes(Page {
        limit: Some(100),
        starting_after: None,
    });
    let lines = client
        .checkout_sessions()
        .line_items(session_id, &request)
        .await
        .map_err(|e| failed(&e))?;
    Ok(lines.data.iter().flat_map(of_line).collect())
}

fn of_line(line: &LineItem) -> Vec<LineTax> {
    let tickets = line.metadata.get(TICKETS).and_then(|at| at.parse().ok());
    let taxes = line.taxes.iter().map(|tax| LineTax {
        tickets,
        name: tax.rate.tax_type.clone().unwrap_or_default(),
        ppm: Ppm::from_percentage(&tax.rate.percentage.to_string()),
        cents: tax.amount,
    });
    taxes.collect()
}
