//! Sales tax in Canada: which components at which rate, by province, kind of thing and date.
//!
//! The rates stand in one effective-dated table ([`table`]), never in branches of the code. What is
//! charged also depends on what the supplier is registered for: who is not registered charges
//! nothing. Deliberately not here: amounts (`pricing`), and online events, whose place of supply
//! is the buyer's address and not the venue.

use crate::money::Ppm;
use crate::time::Time;
use serde::{Deserialize, Serialize};

mod choice;
mod profile;
pub mod table;
#[cfg(test)]
mod tests;

pub use choice::{BadChoice, TaxChoice, chosen_rates};
pub use profile::{BadNumber, TaxAccount, TaxProfile, TaxRegistration, provincial};
use table::Supply;

/// One tax, as it stands on a receipt.
#[derive(Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TaxComponent {
    /// The federal goods and services tax.
    Gst,
    /// The harmonized sales tax: federal and provincial in one.
    Hst,
    /// A provincial sales tax (British Columbia, Saskatchewan; in Manitoba it is called RST).
    Pst,
    /// The Quebec sales tax.
    Qst,
}

impl TaxComponent {
    /// All of them, in the order in which receipts show them.
    pub const ALL: [Self; 4] = [Self::Gst, Self::Hst, Self::Pst, Self::Qst];

    /// The name on receipts and in records: `GST`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Gst => "GST",
            Self::Hst => "HST",
            Self::Pst => "PST",
            Self::Qst => "QST",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code() == text)
    }

    /// The name that people of a province know it by: Manitoba's own tax is its RST.
    pub const fn name_in(self, province: Province) -> &'static str {
        match (self, province) {
            (Self::Pst, Province::Mb) => "RST",
            _ => self.code(),
        }
    }
}

/// What kind of thing is sold, for the purpose of tax.
#[derive(Copy, Clone, Eq, PartialEq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemClass {
    /// The right to come in.
    Admission,
    /// A thing that one takes home: a shirt, a printed programme.
    Goods,
    /// Money given for nothing in return: no tax.
    Donation,
    /// A supply that the law exempts: no tax.
    Exempt,
}

impl ItemClass {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Admission, Self::Goods, Self::Donation, Self::Exempt];

    /// The name in records: `admission`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Admission => "admission",
            Self::Goods => "goods",
            Self::Donation => "donation",
            Self::Exempt => "exempt",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code() == text)
    }
}

macro_rules! provinces {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// A province or territory of Canada: where the event takes place.
        #[derive(Copy, Clone, Eq, PartialEq, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "UPPERCASE")]
        pub enum Province { $($(#[$doc])* $name,)* }

        impl Province {
            /// All thirteen, in the order of their codes.
            pub const ALL: [Self; 13] = [$(Self::$name),*];

            /// The two letters that Canada Post uses: `BC`.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

provinces! {
    /// Alberta.
    Ab = "AB";
    /// British Columbia.
    Bc = "BC";
    /// Manitoba.
    Mb = "MB";
    /// New Brunswick.
    Nb = "NB";
    /// Newfoundland and Labrador.
    Nl = "NL";
    /// Nova Scotia.
    Ns = "NS";
    /// Northwest Territories.
    Nt = "NT";
    /// Nunavut.
    Nu = "NU";
    /// Ontario.
    On = "ON";
    /// Prince Edward Island.
    Pe = "PE";
    /// Quebec.
    Qc = "QC";
    /// Saskatchewan.
    Sk = "SK";
    /// Yukon.
    Yt = "YT";
}

/// Why a text is not a province.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("This is not a province or territory of Canada: write its two letters, like BC.")]
pub struct BadProvince;

impl Province {
    /// Reads the two letters, in capitals or in small letters.
    pub fn parse(text: &str) -> Result<Self, BadProvince> {
        Self::ALL
            .into_iter()
            .find(|p| p.code().eq_ignore_ascii_case(text))
            .ok_or(BadProvince)
    }
}

/// One component at its rate.
#[derive(Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash, Debug, Serialize, Deserialize)]
pub struct TaxRate {
    /// The tax.
    pub component: TaxComponent,
    /// Its rate in parts per million.
    pub ppm: Ppm,
}

/// What a supplier is registered for; it decides what is charged.
#[derive(Copy, Clone, Eq, PartialEq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Registration {
    /// Registered for GST and HST (one registration for both).
    pub gst_hst: bool,
    /// Registered for the provincial sales tax of the event's province.
    pub pst: bool,
    /// Registered for QST.
    pub qst: bool,
}

impl Registration {
    /// Registered for nothing: a small supplier, who charges no tax.
    pub const NONE: Self = Self {
        gst_hst: false,
        pst: false,
        qst: false,
    };

    /// True if this supplier charges the component.
    pub const fn charges(&self, component: TaxComponent) -> bool {
        match component {
            TaxComponent::Gst | TaxComponent::Hst => self.gst_hst,
            TaxComponent::Pst => self.pst,
            TaxComponent::Qst => self.qst,
        }
    }
}

/// The taxes that an organizer charges on a thing of this class at an event in this province, when
/// it is paid (or becomes payable) at `at`. Empty for donations, exempt things and who is not registered.
pub fn rates(
    province: Province,
    class: ItemClass,
    at: Time,
    registration: &Registration,
) -> Vec<TaxRate> {
    let supply = match class {
        ItemClass::Admission => Supply::Admission,
        ItemClass::Goods => Supply::Goods,
        ItemClass::Donation | ItemClass::Exempt => return Vec::new(),
    };
    charged(province, supply, at, *registration)
}

/// The taxes that the platform charges on its service fee for an event in this province at `at`.
///
/// They do not depend on the organizer: a fee on a ticket without tax carries the platform's own.
pub fn fee_rates(province: Province, at: Time, platform: &Registration) -> Vec<TaxRate> {
    charged(province, Supply::ServiceFee, at, *platform)
}

fn charged(province: Province, supply: Supply, at: Time, who: Registration) -> Vec<TaxRate> {
    table::ROWS
        .iter()
        .filter(|row| row.covers(province, supply, at) && who.charges(row.rate.component))
        .map(|row| row.rate)
        .collect()
}
