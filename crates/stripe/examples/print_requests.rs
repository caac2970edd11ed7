//! Prints each request that a ticket sale sends, as JSON lines of type name and parameters.
//!
//! The names are those of Stripe's own TypeScript types (npm `stripe` 23.1.0), against which the
//! lines are checked: a field that Stripe does not know, or a value that it does not take, fails
//! there. The values are those of a real sale; each optional field that we ever send appears.

use std::error::Error;
use std::io::Write;

use serde::Serialize;
use serde_json::json;
use stripe::calls::{
    AccountLinkType, AutomaticTaxParams, BillingAddressCollection, BusinessProfile, BusinessType,
    ConsentCollection, CreateAccount, CreateAccountLink, CreateFeeRefund, CreateRefund,
    CreateSession, CreateTaxLocation, CreateTransfer, CreateTransferReversal, CustomerCreation,
    Evidence, InvoiceCreation, LineItemParams, ListBalanceTransactions, ListDisputes, ListEvents,
    ListLineItems, ListPayouts, ListRefunds, ListSessions, ListTransfers, Page, PaymentIntentData,
    PayoutInterval, Range, RefundReason, SubmitType, TaxAddress, TaxBehavior, TaxDetails,
    TaxLiability, TaxLocationType, TermsOfServiceConsent, TransferDataParams, UiMode,
    UpdateDispute,
};
use stripe::form::to_tree;
use stripe::objects::Metadata;

type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    account()?;
    print("Checkout.SessionCreateParams", &hosted_session())?;
    print("Checkout.SessionCreateParams", &embedded_session())?;
    tax()?;
    refund()?;
    settled()?;
    lists()?;
    lists_of_settled_money()
}

fn print<T: Serialize>(kind: &str, request: &T) -> Outcome {
    let line = json!({"type": kind, "params": to_tree(request)?});
    writeln!(std::io::stdout(), "{line}")?;
    Ok(())
}

fn metadata() -> Metadata {
    let pairs = [
        ("order_id", "ord_01K9"),
        ("event_id", "evt_01K8"),
        ("org_id", "org_01K7"),
    ];
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
}

fn account() -> Outcome {
    let mut account = CreateAccount::organizer_in_canada().with_payouts(PayoutInterval::Manual);
    account.email = Some("treasurer@example.org".to_owned());
    account.business_type = Some(BusinessType::NonProfit);
    account.default_currency = Some("cad".to_owned());
    account.business_profile = Some(BusinessProfile {
        name: Some("Surrey Folk Society".to_owned()),
        url: Some("https://example.org".to_owned()),
        product_description: Some("Tickets to community concerts".to_owned()),
        mcc: Some("7922".to_owned()),
        support_email: Some("help@example.org".to_owned()),
    });
    account.metadata = metadata();
    print("AccountCreateParams", &account)?;
    print(
        "AccountLinkCreateParams",
        &CreateAccountLink {
            account: "acct_1Org".to_owned(),
            refresh_url: "https://tickets.example.org/organizer/connect".to_owned(),
            return_url: "https://tickets.example.org/organizer/connected".to_owned(),
            kind: AccountLinkType::AccountOnboarding,
        },
    )
}

fn hosted_session() -> CreateSession {
    let back = "https://tickets.example.org/order/ord_01K9";
    let mut fee = LineItemParams::new("Service fee", "cad", 250, 2);
    fee.price_data.product_data.description = Some("Charged by Jugnu Tickets".to_owned());
    let lines = vec![
        LineItemParams::new("ਦੀਵਾਲੀ Night: Adult", "cad", 2_500, 2),
        fee,
        LineItemParams::new("GST 5%", "cad", 275, 1),
    ];
    CreateSession {
        success_url: Some(format!("{back}?session_id={{CHECKOUT_SESSION_ID}}")),
        cancel_url: Some(back.to_owned()),
        client_reference_id: Some("ord_01K9".to_owned()),
        customer_email: Some("buyer@example.com".to_owned()),
        locale: Some("en".to_owned()),
        expires_at: Some(1_795_001_800),
        submit_type: Some(SubmitType::Book),
        customer_creation: Some(CustomerCreation::IfRequired),
        billing_address_collection: Some(BillingAddressCollection::Auto),
        invoice_creation: Some(InvoiceCreation { enabled: false }),
        consent_collection: Some(ConsentCollection {
            terms_of_service: TermsOfServiceConsent::None,
        }),
        integration_identifier: Some("jugnu-tickets".to_owned()),
        payment_intent_data: Some(PaymentIntentData {
            application_fee_amount: Some(500),
            transfer_data: Some(TransferDataParams {
                destination: "acct_1Org".to_owned(),
                amount: None,
            }),
            on_behalf_of: None,
            transfer_group: Some("ord_01K9".to_owned()),
            description: Some("2 tickets: Diwali Night".to_owned()),
            statement_descriptor_suffix: Some("DIWALI NIGHT".to_owned()),
            receipt_email: Some("buyer@example.com".to_owned()),
            metadata: metadata(),
        }),
        metadata: metadata(),
        expand: vec!["payment_intent".to_owned()],
        ..CreateSession::payment(UiMode::HostedPage, lines)
    }
}

/// The embedded page with Stripe's tax engine instead of ours.
fn embedded_session() -> CreateSession {
    let mut line = LineItemParams::new("Adult", "cad", 2_500, 1);
    line.metadata = [("tickets".to_owned(), "0".to_owned())].into();
    line.price_data.tax_behavior = Some(TaxBehavior::Exclusive);
    line.price_data.product_data.tax_code = Some("txcd_50010001".to_owned());
    line.price_data.product_data.tax_details = Some(TaxDetails {
        performance_location: "taxloc_1".to_owned(),
    });
    CreateSession {
        return_url: Some("https://tickets.example.org/order/ord_01K9".to_owned()),
        automatic_tax: Some(AutomaticTaxParams {
            enabled: true,
            liability: Some(TaxLiability {
                kind: "account".to_owned(),
                account: Some("acct_1Org".to_owned()),
            }),
        }),
        payment_intent_data: Some(PaymentIntentData {
            transfer_data: Some(TransferDataParams {
                destination: "acct_1Org".to_owned(),
                amount: Some(2_000),
            }),
            on_behalf_of: Some("acct_1Org".to_owned()),
            ..PaymentIntentData::default()
        }),
        ..CreateSession::payment(UiMode::EmbeddedPage, vec![line])
    }
}

/// What Stripe Tax needs besides: the venue, and the lines with their taxes afterwards.
fn tax() -> Outcome {
    print(
        "Tax.LocationCreateParams",
        &CreateTaxLocation {
            kind: TaxLocationType::Performance,
            address: TaxAddress {
                country: "CA".to_owned(),
                state: Some("BC".to_owned()),
                city: Some("Surrey".to_owned()),
                line1: Some("13750 88 Avenue".to_owned()),
                postal_code: Some("V3W 3L1".to_owned()),
            },
            description: Some("Surrey Arts Hall".to_owned()),
        },
    )?;
    print(
        "Checkout.SessionListLineItemsParams",
        &ListLineItems::with_taxes(Page {
            limit: Some(100),
            starting_after: Some("li_1".to_owned()),
        }),
    )
}

fn refund() -> Outcome {
    let by_payment = CreateRefund {
        payment_intent: Some("pi_1".to_owned()),
        amount: Some(2_887),
        reason: Some(RefundReason::RequestedByCustomer),
        metadata: metadata(),
        ..CreateRefund::default()
    };
    let whole_charge = CreateRefund {
        charge: Some("ch_1".to_owned()),
        refund_application_fee: Some(true),
        reverse_transfer: Some(true),
        ..CreateRefund::default()
    };
    print("RefundCreateParams", &by_payment)?;
    print("RefundCreateParams", &whole_charge)?;
    print(
        "TransferCreateReversalParams",
        &CreateTransferReversal {
            amount: Some(2_637),
            description: Some("Refund of one ticket".to_owned()),
            metadata: metadata(),
        },
    )?;
    print(
        "ApplicationFeeCreateRefundParams",
        &CreateFeeRefund {
            amount: Some(250),
            metadata: metadata(),
        },
    )
}

/// A dispute with its evidence, and money that goes to an organizer beside a charge.
fn settled() -> Outcome {
    let text = |words: &str| Some(words.to_owned());
    let evidence = Evidence {
        product_description: text("Two admissions to Diwali Night on 14 November 2026"),
        customer_name: text("Amrit Gill"),
        customer_email_address: text("buyer@example.com"),
        customer_purchase_ip: text("192.0.2.7"),
        billing_address: text("1 Main Street, Surrey BC"),
        service_date: text("14 November 2026"),
        service_documentation: text("file_1"),
        access_activity_log: text("Both tickets were scanned at 19:04"),
        customer_communication: text("file_2"),
        receipt: text("file_3"),
        refund_policy: text("file_4"),
        refund_policy_disclosure: text("Shown above the button to pay"),
        refund_refusal_explanation: text("The event took place and both tickets were used"),
        cancellation_policy_disclosure: text("Shown above the button to pay"),
        uncategorized_file: text("file_5"),
        uncategorized_text: text("The order's history follows"),
    };
    let update = UpdateDispute {
        evidence: Some(evidence),
        submit: Some(true),
        metadata: metadata(),
    };
    print("DisputeUpdateParams", &update)?;
    let transfer = CreateTransfer {
        amount: 4_750,
        currency: "cad".to_owned(),
        destination: "acct_1Org".to_owned(),
        source_transaction: text("ch_1"),
        transfer_group: text("ord_01K9"),
        description: text("The dispute over order ord_01K9 was won"),
        metadata: metadata(),
    };
    print("TransferCreateParams", &transfer)
}

fn page() -> Page {
    Page {
        limit: Some(100),
        starting_after: Some("evt_1".to_owned()),
    }
}

fn one_day() -> Range {
    Range {
        gte: Some(1_795_000_000),
        lte: Some(1_795_086_400),
    }
}

fn lists_of_settled_money() -> Outcome {
    let created = Some(one_day());
    print(
        "DisputeListParams",
        &ListDisputes {
            payment_intent: Some("pi_1".to_owned()),
            charge: Some("ch_1".to_owned()),
            created,
            page: page(),
        },
    )?;
    print(
        "PayoutListParams",
        &ListPayouts {
            status: Some("paid".into()),
            created,
            arrival_date: created,
            page: page(),
        },
    )?;
    print(
        "TransferListParams",
        &ListTransfers {
            destination: Some("acct_1Org".to_owned()),
            transfer_group: Some("ord_01K9".to_owned()),
            created,
            page: page(),
        },
    )
}

fn lists() -> Outcome {
    let created = Some(one_day());
    print(
        "EventListParams",
        &ListEvents {
            types: vec!["checkout.session.completed".into()],
            created,
            page: page(),
        },
    )?;
    print(
        "BalanceTransactionListParams",
        &ListBalanceTransactions {
            created,
            payout: Some("po_1".to_owned()),
            source: Some("ch_1".to_owned()),
            kind: Some("charge".to_owned()),
            page: page(),
            ..ListBalanceTransactions::default().with_sources()
        },
    )?;
    print(
        "RefundListParams",
        &ListRefunds {
            payment_intent: Some("pi_1".to_owned()),
            charge: Some("ch_1".to_owned()),
            created,
            page: page(),
        },
    )?;
    print(
        "Checkout.SessionListParams",
        &ListSessions {
            payment_intent: Some("pi_1".to_owned()),
            status: Some("complete".into()),
            created,
            page: page(),
        },
    )
}
