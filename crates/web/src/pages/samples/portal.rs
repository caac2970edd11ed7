//! Samples of the pages of whoever has signed in.

mod admin;
mod desk;
mod desk_money;
mod desk_order;
mod door;
mod event_parts;
mod events;
mod home;
mod mine;
mod numbers;
mod settings;
mod sign_in;

use super::{BadSample, Desk, Sample};
use crate::pages::views::portal::shell::{Frame, Section};

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    sign_in::add(desk, samples)?;
    home::add(desk, samples)?;
    settings::add(desk, samples)?;
    mine::add(desk, samples)?;
    numbers::add(desk, samples)?;
    admin::add(desk, samples)?;
    events::add(desk, samples)?;
    door::add(desk, samples)?;
    desk::add(desk, samples)
}

/// The frame of a usual organizer's page.
pub(super) fn frame(desk: &Desk, section: Section) -> Frame {
    Frame::new(
        &desk.shell,
        section,
        "Surrey Bhangra Club",
        "harpreet@example.ca",
        "0f1e2d3c4b5a69788796a5b4c3d2e1f0".to_owned(),
    )
}
