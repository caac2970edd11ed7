//! The boxes for news: one for each sender, never ticked for anybody, kept word for word if ticked.
//!
//! Canada's anti-spam law wants consent that is asked for by itself and can be proven (CASL, S.C. 2010,
//! c. 23, s. 6 and 10; CRTC Information Bulletin 2012-549 on pre-ticked boxes; read in November 2026).

use crate::extract::Form;
use crate::pages::views::checkout::ConsentBox;
use crate::words::{t, t1};
use app::buyers::{ConsentGiven, Sender};
use app::records::Organizer;

const ORGANIZER: &str = "news-organizer";
const PLATFORM: &str = "news-platform";
const BOXES: [(&str, Sender); 2] = [(ORGANIZER, Sender::Organizer), (PLATFORM, Sender::Platform)];

fn words(sender: Sender, organizer: &Organizer) -> String {
    match sender {
        Sender::Organizer => t1("checkout-consent-organizer", "organizer", &organizer.name),
        Sender::Platform => t("checkout-consent-platform"),
    }
}

/// The boxes of a form.
pub(super) fn boxes(organizer: &Organizer, ticked: &[&'static str]) -> Vec<ConsentBox> {
    let of = |(name, sender): (&'static str, Sender)| ConsentBox {
        name,
        words: words(sender, organizer),
        ticked: ticked.contains(&name),
    };
    BOXES.map(of).to_vec()
}

/// Which boxes a form came with.
pub(super) fn ticked(form: &Form) -> Vec<&'static str> {
    let ticked = BOXES.iter().filter(|(name, _)| form.get(name) == "yes");
    ticked.map(|(name, _)| *name).collect()
}

/// What was agreed to, word for word; the organizer's name is filled in by the use case's caller.
pub(super) fn given(form: &Form, organizer: &Organizer) -> Vec<ConsentGiven> {
    let ticked = ticked(form);
    let given = BOXES.iter().filter(|(name, _)| ticked.contains(name));
    given
        .map(|(_, sender)| ConsentGiven {
            sender: *sender,
            wording: words(*sender, organizer),
        })
        .collect()
}
