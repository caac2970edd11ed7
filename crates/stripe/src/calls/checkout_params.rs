//! What a Checkout Session is made from.
//!
//! Prices and taxes are computed by the seller and sent as ordinary lines, so most of Stripe's 242
//! parameters have no place here. `payment_method_types` is gone since 2026-09-30.endive, and the
//! names of `ui_mode` changed in 2026-03-25.dahlia.

use serde::Serialize;

use crate::objects::Metadata;
use crate::open_enum::open_enum;

open_enum! {
    /// What a session is for; a ticket is paid once.
    Mode { Payment = "payment" }
}

open_enum! {
    /// Where the page lives.
    UiMode {
        HostedPage = "hosted_page",
        EmbeddedPage = "embedded_page",
        Elements = "elements",
    }
}

open_enum! {
    /// Whether a price includes its tax.
    TaxBehavior { Exclusive = "exclusive", Inclusive = "inclusive" }
}

open_enum! {
    /// What the button says.
    SubmitType { Auto = "auto", Book = "book", Donate = "donate", Pay = "pay" }
}

open_enum! {
    /// Whether Stripe makes a customer object.
    CustomerCreation { Always = "always", IfRequired = "if_required" }
}

open_enum! {
    /// Whether the page asks for an address.
    BillingAddressCollection { Auto = "auto", Required = "required" }
}

open_enum! {
    /// Whether the page asks for agreement to the seller's terms.
    TermsOfServiceConsent { None = "none", Required = "required" }
}

/// `POST /v1/checkout/sessions`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreateSession {
    pub mode: Mode,
    pub ui_mode: UiMode,
    /// For the hosted page only; `{CHECKOUT_SESSION_ID}` is filled in by Stripe.
    pub success_url: Option<String>,
    /// For the hosted page only.
    pub cancel_url: Option<String>,
    /// For the embedded page and elements only.
    pub return_url: Option<String>,
    /// The seller's id of the order.
    pub client_reference_id: Option<String>,
    pub customer_email: Option<String>,
    /// Such as `en` or `fr-CA`.
    pub locale: Option<String>,
    /// Seconds since 1970: 30 minutes to 24 hours from now.
    pub expires_at: Option<i64>,
    /// At most 100.
    pub line_items: Vec<LineItemParams>,
    pub payment_intent_data: Option<PaymentIntentData>,
    pub automatic_tax: Option<AutomaticTaxParams>,
    pub consent_collection: Option<ConsentCollection>,
    pub submit_type: Option<SubmitType>,
    pub customer_creation: Option<CustomerCreation>,
    pub billing_address_collection: Option<BillingAddressCollection>,
    pub invoice_creation: Option<InvoiceCreation>,
    /// Off, or Stripe shows and charges the amount in another currency.
    pub adaptive_pricing: AdaptivePricing,
    pub integration_identifier: Option<String>,
    pub metadata: Metadata,
    pub expand: Vec<String>,
}

impl CreateSession {
    /// A one-time payment for these lines, in exactly their currency; the rest is absent.
    pub fn payment(ui_mode: UiMode, line_items: Vec<LineItemParams>) -> Self {
        Self {
            mode: Mode::Payment,
            ui_mode,
            success_url: None,
            cancel_url: None,
            return_url: None,
            client_reference_id: None,
            customer_email: None,
            locale: None,
            expires_at: None,
            line_items,
            payment_intent_data: None,
            automatic_tax: None,
            consent_collection: None,
            submit_type: None,
            customer_creation: None,
            billing_address_collection: None,
            invoice_creation: None,
            adaptive_pricing: AdaptivePricing { enabled: false },
            integration_identifier: None,
            metadata: Metadata::new(),
            expand: Vec::new(),
        }
    }
}

/// One line of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineItemParams {
    pub quantity: i64,
    pub price_data: PriceData,
    /// The seller's own marks on the line, to find it again.
    pub metadata: Metadata,
}

impl LineItemParams {
    /// So many of something, at so many cents each.
    pub fn new(name: impl Into<String>, currency: &str, unit_amount: i64, quantity: i64) -> Self {
        Self {
            quantity,
            metadata: Metadata::new(),
            price_data: PriceData {
                currency: currency.to_ascii_lowercase(),
                unit_amount,
                tax_behavior: None,
                product_data: ProductData {
                    name: name.into(),
                    description: None,
                    tax_code: None,
                    tax_details: None,
                },
            },
        }
    }
}

/// A price made up on the spot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PriceData {
    /// Three small letters.
    pub currency: String,
    /// Cents each, not negative.
    pub unit_amount: i64,
    pub tax_behavior: Option<TaxBehavior>,
    pub product_data: ProductData,
}

/// What the line is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProductData {
    pub name: String,
    pub description: Option<String>,
    /// `txcd_…`, for Stripe Tax.
    pub tax_code: Option<String>,
    pub tax_details: Option<TaxDetails>,
}

/// The venue, for Stripe Tax on admissions (since 2026-09-30.endive).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaxDetails {
    /// `taxloc_…`
    pub performance_location: String,
}

/// What becomes of the money.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PaymentIntentData {
    /// The platform's fee in cents; absent and not zero when there is none.
    pub application_fee_amount: Option<i64>,
    pub transfer_data: Option<TransferDataParams>,
    /// The account that settles and stands on the statement; absent by default.
    pub on_behalf_of: Option<String>,
    pub transfer_group: Option<String>,
    pub description: Option<String>,
    /// Up to 22 characters after the platform's own on the buyer's statement.
    pub statement_descriptor_suffix: Option<String>,
    pub receipt_email: Option<String>,
    pub metadata: Metadata,
}

/// A destination charge's destination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TransferDataParams {
    /// `acct_…`
    pub destination: String,
    /// Cents, as the alternative to the platform's fee.
    pub amount: Option<i64>,
}

/// Whether Stripe computes the tax.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AutomaticTaxParams {
    pub enabled: bool,
    pub liability: Option<TaxLiability>,
}

/// Who owes the tax.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaxLiability {
    /// `self` or `account`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `acct_…` when it is an account.
    pub account: Option<String>,
}

/// What the buyer must agree to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConsentCollection {
    pub terms_of_service: TermsOfServiceConsent,
}

/// Whether Stripe writes an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct InvoiceCreation {
    pub enabled: bool,
}

/// Whether Stripe may present another currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AdaptivePricing {
    pub enabled: bool,
}
