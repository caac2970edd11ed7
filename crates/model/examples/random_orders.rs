//! Prints random orders as JSON, one a line, for `price` and for other programs to compare with:
//! `cargo run -p model --example random_orders -- 100000 7`.

#[path = "../tests/support/mod.rs"]
mod support;

use std::io::{BufWriter, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let count: u64 = args.next().unwrap_or_else(|| "10".to_owned()).parse()?;
    let seed: u64 = args.next().unwrap_or_else(|| "7".to_owned()).parse()?;
    let mut random = support::Random(seed);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for _ in 0..count {
        writeln!(
            out,
            "{}",
            serde_json::to_string(&support::order(&mut random))?
        )?;
    }
    Ok(())
}
