//! The binary `jugnu-tickets`.
fn main() {}
