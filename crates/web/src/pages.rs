//! The pages: what they show (`views`), and examples of each (`samples`).

pub mod samples;
pub mod views;
