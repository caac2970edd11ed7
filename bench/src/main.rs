//! What BENCHMARKS.md claims, runnable.
fn main() {}
