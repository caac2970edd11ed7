//! The table of rates, with the dates between which each holds and where it was read.
//!
//! A change of the law is a new row and an end to the old one. Nothing earlier than 2022 is
//! recorded, since nothing was sold. Times are the start of the day in the province. What the
//! sources leave open stands in the source: it wants an advisor before it is promised to anyone.

use super::{Province, TaxComponent, TaxRate};
use crate::money::Ppm;
use crate::time::Time;
use Province::{Ab, Bc, Mb, Nb, Nl, Ns, Nt, Nu, On, Pe, Qc, Sk, Yt};
use Supply::{Admission, Goods, ServiceFee};

/// What is supplied, as far as rates differ.
#[derive(Copy, Clone, Eq, PartialEq, Debug)]
pub enum Supply {
    /// The right to come in, by the organizer.
    Admission,
    /// A thing to take home, by the organizer.
    Goods,
    /// The platform's service fee.
    ServiceFee,
}

/// One rule: this rate on these supplies in these provinces, between two times.
#[derive(Copy, Clone, Debug)]
pub struct Row {
    /// Where the event takes place.
    pub provinces: &'static [Province],
    /// What is supplied.
    pub supplies: &'static [Supply],
    /// The tax and its rate.
    pub rate: TaxRate,
    /// From this time on; `None` is since before anything was sold.
    pub from: Option<Time>,
    /// Until before this time; `None` is until further notice.
    pub until: Option<Time>,
    /// Where the rule was read, and when.
    pub source: &'static str,
}

impl Row {
    /// True if the rule holds for this supply, there and then.
    pub fn covers(&self, province: Province, supply: Supply, at: Time) -> bool {
        self.provinces.contains(&province)
            && self.supplies.contains(&supply)
            && self.from.is_none_or(|from| from <= at)
            && self.until.is_none_or(|until| at < until)
    }
}

const ALL: &[Supply] = &[Admission, Goods, ServiceFee];

/// 2022-10-01 00:00 in Regina.
const SK_ADMISSIONS: Time = Time::from_seconds(1_664_604_000);
/// 2025-04-01 00:00 in Halifax.
const NS_CUT: Time = Time::from_seconds(1_743_476_400);

const fn always(
    provinces: &'static [Province],
    supplies: &'static [Supply],
    component: TaxComponent,
    ppm: u32,
    source: &'static str,
) -> Row {
    let rate = TaxRate {
        component,
        ppm: Ppm(ppm),
    };
    Row {
        provinces,
        supplies,
        rate,
        from: None,
        until: None,
        source,
    }
}

/// All rules. For one supply, place and time they name each component at most once; a test walks
/// all of them.
pub const ROWS: &[Row] = &[
    always(
        &[Ab, Bc, Mb, Nt, Nu, Qc, Sk, Yt],
        ALL,
        TaxComponent::Gst,
        50_000,
        "Excise Tax Act; admissions are intangible personal property, supplied where the venue is: CRA GI-058, Memo 3-3-5. Read in 2026.",
    ),
    always(
        &[On],
        ALL,
        TaxComponent::Hst,
        130_000,
        "Excise Tax Act, rate of Ontario. Read in 2026.",
    ),
    always(
        &[Nb, Nl, Pe],
        ALL,
        TaxComponent::Hst,
        150_000,
        "Excise Tax Act, rates of New Brunswick, Newfoundland and Labrador, Prince Edward Island. Read in 2026.",
    ),
    Row {
        until: Some(NS_CUT),
        ..always(
            &[Ns],
            ALL,
            TaxComponent::Hst,
            150_000,
            "Rate of Nova Scotia before SOR/2025-77. Read in 2026.",
        )
    },
    Row {
        from: Some(NS_CUT),
        ..always(
            &[Ns],
            ALL,
            TaxComponent::Hst,
            140_000,
            "SOR/2025-77, CRA Notice 342: 14 % from 2025-04-01, by the earlier of paid and payable. Read in 2026.",
        )
    },
    always(
        &[Bc],
        &[Goods],
        TaxComponent::Pst,
        70_000,
        "Provincial Sales Tax Act of British Columbia. Admissions are not on its list of taxable services (Bulletin PST 304 for charities; in general an inference: ask an advisor). Read in 2026.",
    ),
    Row {
        from: Some(SK_ADMISSIONS),
        ..always(
            &[Sk],
            &[Admission, ServiceFee],
            TaxComponent::Pst,
            60_000,
            "Saskatchewan: PST on admissions from 2022-10-01, with administration and service fees; platforms that collect payment must register. Read in 2026.",
        )
    },
    always(
        &[Sk],
        &[Goods],
        TaxComponent::Pst,
        60_000,
        "Provincial Sales Tax Act of Saskatchewan. Read in 2026.",
    ),
    always(
        &[Mb],
        &[Goods],
        TaxComponent::Pst,
        70_000,
        "Retail Sales Tax Act of Manitoba; admissions were not found among its listed services, nor is Winnipeg's tax on large venues charged here (ask an advisor). From memory, 2026.",
    ),
    always(
        &[Qc],
        ALL,
        TaxComponent::Qst,
        99_750,
        "Act respecting the Quebec sales tax: 9.975 % on the price before GST. Read in 2026.",
    ),
];
