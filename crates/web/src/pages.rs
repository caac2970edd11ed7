//! The pages: what they show (`views`), who fills them (`handlers`), and examples of each (`samples`).

pub mod handlers;
pub mod samples;
pub mod views;
