//! Stops the build with one clear sentence when the typefaces have not been installed, instead of with eight unclear ones.

use std::{env, path::Path, process::ExitCode};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=fonts/package-lock.json");
    println!("cargo::rerun-if-changed=fonts/node_modules/.package-lock.json");
    let Ok(root) = env::var("CARGO_MANIFEST_DIR") else {
        println!("cargo::error=cargo did not say where the crate lies");
        return ExitCode::FAILURE;
    };
    let fonts = Path::new(&root).join("fonts/node_modules/@expo-google-fonts");
    let missing = [
        "noto-sans",
        "noto-sans-gurmukhi",
        "noto-sans-gujarati",
        "noto-sans-tamil",
        "noto-sans-sc",
        "noto-sans-arabic",
        "noto-sans-kr",
        "noto-emoji",
    ]
    .into_iter()
    .find(|family| !fonts.join(family).is_dir());
    match missing {
        None => ExitCode::SUCCESS,
        Some(family) => {
            println!(
                "cargo::error=the typeface {family} is missing: run `npm ci` in crates/press/fonts (./dev does it by itself)"
            );
            ExitCode::FAILURE
        }
    }
}
