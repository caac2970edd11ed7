//! Prices orders from the standard input: one `PriceRequest` as JSON a line in, one answer a line
//! out (`{"order": …, "total_cents": …}` or `{"error": "…"}`). For comparisons with other programs.

use model::pricing::{PriceRequest, price};
use std::io::{BufRead, BufWriter, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let request: PriceRequest = serde_json::from_str(&line?)?;
        let answer = match price(&request) {
            Ok(order) => serde_json::json!({
                "total_cents": order.total_cents(),
                "application_fee_cents": order.application_fee_cents(),
                "discount_cents": order.discount_cents(),
                "order": order,
            }),
            Err(error) => serde_json::json!({ "error": error.code() }),
        };
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
