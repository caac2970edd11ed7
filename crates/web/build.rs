//! Builds again when the pages' files have been built again: their names change, so watching the
//! files that went into the last binary would miss the new ones.

fn main() {
    println!("cargo::rerun-if-changed=../../web/dist");
}
