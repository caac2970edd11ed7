//! The languages that buyers can read, and how one is chosen for a reader.

/// A language.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq, Hash)]
pub enum Lang {
    /// English as written in Canada.
    #[default]
    En,
    /// French as written in Canada.
    Fr,
}

impl Lang {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The word that orders, links and cookies keep: `en`, `fr`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The tag of pages and papers (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en-CA",
            Self::Fr => "fr-CA",
        }
    }

    /// The tag as Open Graph spells it.
    pub const fn og(self) -> &'static str {
        match self {
            Self::En => "en_CA",
            Self::Fr => "fr_CA",
        }
    }

    /// The one that is offered to somebody who reads this one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::En => Self::Fr,
            Self::Fr => Self::En,
        }
    }

    /// Reads `fr`, `fr-CA`, `EN`; nothing else is one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let first = text.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|lang| first.eq_ignore_ascii_case(lang.code()))
    }

    /// The language that an order keeps; English for whatever we do not speak.
    pub fn of(locale: &str) -> Self {
        Self::parse(locale).unwrap_or_default()
    }

    /// What a browser asks for (RFC 9110, 12.5.4): the language of ours with the greatest weight.
    pub fn accepted(header: &str) -> Option<Self> {
        let weighed = header.split(',').take(20).filter_map(|item| {
            let mut parts = item.split(';');
            let lang = Self::parse(parts.next()?)?;
            let weight = parts.find_map(|p| p.trim().strip_prefix("q="));
            Some((thousandths(weight.unwrap_or("1")), lang))
        });
        // The first of equals: browsers list what they like best first.
        weighed
            .filter(|(weight, _)| *weight > 0)
            .reduce(|best, next| if next.0 > best.0 { next } else { best })
            .map(|(_, lang)| lang)
    }
}

/// A weight such as `0.8`, in thousandths; what is none weighs nothing.
fn thousandths(text: &str) -> u32 {
    let (whole, rest) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let padded: String = rest.chars().chain("000".chars()).take(3).collect();
    let read = |digits: &str| digits.parse::<u32>().ok();
    match (read(whole), read(&padded)) {
        (Some(0), Some(part)) => part,
        (Some(1), Some(_)) => 1000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_language_that_it_likes_best_of_those_that_we_speak() {
        let cases = [
            ("fr-CA,fr;q=0.9,en;q=0.8", Some(Lang::Fr)),
            ("en-CA,fr;q=0.9", Some(Lang::En)),
            ("pa-IN, fr;q=0.5, en;q=0.7", Some(Lang::En)),
            ("fr;q=0, en;q=0.1", Some(Lang::En)),
            ("zh-CN", None),
            ("fr;q=banana, *", None),
            ("", None),
        ];
        for (header, wanted) in cases {
            assert_eq!(Lang::accepted(header), wanted, "{header}");
        }
        assert_eq!(Lang::of("de"), Lang::En);
    }
}
