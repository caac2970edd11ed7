//! Every kind of problem: its stable code, its status and its title.
//!
//! The documentation lists them from here, and a code is never given a second meaning.

use http::StatusCode;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $status:ident, $code:literal, $title:literal;)*) => {
        /// A kind of problem.
        #[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
        pub enum Kind { $($(#[$doc])* $name,)* }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The HTTP status.
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status),* }
            }

            /// What kind it is, in words.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title),* }
            }
        }
    };
}

kinds! {
    /// The request cannot be read at all.
    Malformed = BAD_REQUEST, "malformed", "The request cannot be read";
    /// The idempotency key has characters that it must not have.
    BadIdempotencyKey = BAD_REQUEST, "idempotency-key", "The Idempotency-Key cannot be used";
    /// A webhook's signature is missing, wrong or stale.
    BadSignature = BAD_REQUEST, "bad-signature", "The signature is not valid";
    /// No key, or one that is unknown or revoked.
    Unauthorized = UNAUTHORIZED, "unauthorized", "A valid key is needed";
    /// The key is good for something else.
    Forbidden = FORBIDDEN, "forbidden", "This key may not do that";
    /// A form that was sent from another site, or is too old.
    CrossSite = FORBIDDEN, "cross-site", "The request came from another site";
    /// Nothing here, or somebody else's.
    NotFound = NOT_FOUND, "not-found", "There is nothing here";
    /// A code that pairs a device is wrong, used or too old.
    PairingNotFound = NOT_FOUND, "pairing-not-found", "This code pairs no device";
    /// Another verb is needed.
    MethodNotAllowed = METHOD_NOT_ALLOWED, "method-not-allowed", "This address takes other methods";
    /// Not enough places are left.
    SoldOut = CONFLICT, "sold-out", "Not enough places are left";
    /// The tier cannot be bought now.
    NotOnSale = CONFLICT, "not-on-sale", "This cannot be bought now";
    /// The organizer cannot take money.
    PaymentsNotReady = CONFLICT, "payments-not-ready", "The organizer cannot take payments";
    /// The event is not ready to be published.
    NotReady = CONFLICT, "not-ready", "Something is missing before this can be published";
    /// The status cannot follow the one that it has.
    BadStep = CONFLICT, "bad-step", "This step is not possible";
    /// The time of the discount code has not come.
    DiscountNotYet = CONFLICT, "discount-not-yet", "The discount code cannot be used yet";
    /// The time of the discount code is over.
    DiscountEnded = CONFLICT, "discount-ended", "The discount code has ended";
    /// Every use of the discount code is taken.
    DiscountUsedUp = CONFLICT, "discount-used-up", "The discount code has been used up";
    /// The event has this code already.
    DiscountExists = CONFLICT, "discount-exists", "The event has this code already";
    /// The capacity is below what is taken.
    CapacityTooSmall = CONFLICT, "capacity-too-small", "The capacity is below what is taken";
    /// There are as many as there may be.
    TooMany = CONFLICT, "too-many", "There are as many as there may be";
    /// Somebody else changed it meanwhile.
    Stale = CONFLICT, "stale", "Somebody else changed this meanwhile";
    /// A tier that was sold cannot be taken away.
    InUse = CONFLICT, "in-use", "This is in use";
    /// Nobody is in the audience of a message.
    NobodyToTell = CONFLICT, "nobody-to-tell", "Nobody would hear it";
    /// There is no organizer yet.
    NoOrganizer = CONFLICT, "no-organizer", "Connect an organizer first";
    /// The order does not wait for money.
    NotPending = CONFLICT, "not-pending", "The order is not waiting for a payment";
    /// The hold cannot be extended again.
    NoMoreTime = CONFLICT, "no-more-time", "There is no more time to give";
    /// The order has no tickets.
    NoTickets = CONFLICT, "no-tickets", "The order has no tickets";
    /// Nothing was sold, so nothing can be refunded.
    NotSold = CONFLICT, "not-sold", "The order was not paid";
    /// The event's deadline for refunds has passed.
    RefundsClosed = CONFLICT, "refunds-closed", "Refunds for this event have ended";
    /// The buyer's bank has the money.
    Disputed = CONFLICT, "disputed", "The buyer disputes this payment";
    /// Everything that may go back went back.
    NothingLeft = CONFLICT, "nothing-left", "Nothing is left to refund";
    /// The buyer has asked for a refund, and the organizer has not answered.
    RequestOpen = CONFLICT, "request-open", "A refund was asked for already";
    /// The request for a refund was answered.
    RequestDecided = CONFLICT, "request-decided", "The request was answered already";
    /// The order was never paid.
    NoReceipt = CONFLICT, "no-receipt", "There is no receipt";
    /// The ticket no longer admits anybody.
    DeadTicket = CONFLICT, "dead-ticket", "The ticket is not valid any more";
    /// The same key is at work.
    IdempotencyRunning = CONFLICT, "idempotency-running", "The first request with this key is still running";
    /// The body is too large.
    TooLarge = PAYLOAD_TOO_LARGE, "too-large", "The request is too large";
    /// The body is of another type.
    WrongType = UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "The body is of the wrong type";
    /// Fields are wrong.
    Invalid = UNPROCESSABLE_ENTITY, "invalid", "Some fields are not right";
    /// What was asked to be refunded does not fit the order.
    RefundMismatch = UNPROCESSABLE_ENTITY, "refund-mismatch", "This cannot be refunded as asked";
    /// The discount code is not known.
    UnknownDiscount = UNPROCESSABLE_ENTITY, "unknown-discount", "The discount code is not valid";
    /// The cart has too few tickets of those that the code is for.
    DiscountMinimum = UNPROCESSABLE_ENTITY, "discount-minimum", "The discount code needs more tickets";
    /// The cart has no ticket that the code is for.
    DiscountNotEligible = UNPROCESSABLE_ENTITY, "discount-not-eligible", "The discount code is not for these tickets";
    /// The total is below what Stripe takes.
    TotalTooSmall = UNPROCESSABLE_ENTITY, "total-too-small", "The total is too small to be paid";
    /// What is left of the price does not cover the fee.
    FeeExceedsPrice = UNPROCESSABLE_ENTITY, "fee-exceeds-price", "The price does not cover the fee";
    /// The same key stands for another request.
    IdempotencyMismatch = UNPROCESSABLE_ENTITY, "idempotency-mismatch", "This key was used for another request";
    /// Too many requests at once, from all or from one.
    Busy = TOO_MANY_REQUESTS, "busy", "Too many requests at once";
    /// Too many requests from one address or key.
    RateLimited = TOO_MANY_REQUESTS, "rate-limited", "Too many requests";
    /// Our own fault.
    Internal = INTERNAL_SERVER_ERROR, "internal", "Something broke on our side";
    /// A part of us is away.
    Unavailable = SERVICE_UNAVAILABLE, "unavailable", "We are not available right now";
    /// Stripe is away.
    PaymentsUnavailable = SERVICE_UNAVAILABLE, "payments-unavailable", "Payments are not available right now";
}

#[cfg(test)]
mod tests {
    use super::Kind;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_kinds_share_a_code_and_none_is_a_success() {
        let codes: BTreeSet<&str> = Kind::ALL.iter().map(|k| k.code()).collect();
        assert_eq!(codes.len(), Kind::ALL.len());
        assert!(
            Kind::ALL
                .iter()
                .all(|k| k.status().is_client_error() || k.status().is_server_error())
        );
    }
}
