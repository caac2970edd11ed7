//! Prints real pages and looks at them with outside eyes: poppler for text, fonts and pixels, zbar for the codes.
//!
//! `./dev test` installs both; where they are missing, a test says so and stops.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../examples/support/codes.rs"]
mod codes;

use std::{fs, path::Path, process::Command};

use press::{Asset, Document, Engine, EngineError, Job, Press, PressError, Qr};

const SAMPLE: &str = include_str!("../examples/ticket.html");

/// Runs a tool in a folder and returns what it printed; `None` when it is not installed.
fn run(tool: &str, arguments: &[&str], dir: &Path) -> Option<String> {
    let ran = Command::new(tool).args(arguments).current_dir(dir).output();
    if ran.is_err() {
        eprintln!("{tool} is not installed, so this test ends here");
    }
    ran.ok()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn page(body: &str) -> Document {
    Document {
        html: format!("<!doctype html><html lang=\"en\"><body>{body}</body></html>"),
        title: "A page".to_owned(),
        lang: "en".to_owned(),
        ..Document::default()
    }
}

fn printed(document: &Document) -> (tempfile::TempDir, usize) {
    let pdf = Press::new().unwrap().pdf(document).unwrap();
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("out.pdf"), &pdf).unwrap();
    (dir, pdf.len())
}

#[test]
fn every_script_is_set_in_its_own_face_in_both_weights() {
    // Vowel signs get lost in extraction (a known fault of the engine), so the letters are what is looked for.
    for (name, face, letters) in [
        ("Renée Đỗ", "NotoSans-Regular", "Renée Đỗ"),
        ("ਹਰਪ੍ਰੀਤ ਕੌਰ", "NotoSansGurmukhi-Regular", "ਹਰ"),
        // The base face holds Devanagari itself.
        ("प्रिया शर्मा", "NotoSans-Regular", "श"),
        ("ગુજરાતી", "NotoSansGujarati-Regular", "જ"),
        ("தமிழ்", "NotoSansTamil-Regular", "த"),
        ("김민준", "NotoSansKR-Regular", "민"),
        ("🪔 🎉", "NotoEmoji-Regular", "🎉"),
        ("陳大文 㗎", "NotoSansSC-Regular", "陳大文 㗎"),
        ("محمد علي", "NotoSansArabic-Regular", "محمد"),
    ] {
        let (dir, size) = printed(&page(&format!("<p>{name}</p><p><b>{name}</b></p>")));
        let Some(text) = run("pdftotext", &["out.pdf", "-"], dir.path()) else {
            return;
        };
        assert!(text.contains(letters), "{name} vanished: {text:?}");
        let fonts = run("pdffonts", &["out.pdf"], dir.path()).unwrap();
        let bold = face.replace("Regular", "Bold");
        assert!(
            fonts.contains(face) && fonts.contains(&bold),
            "{name}: {fonts}"
        );
        run(
            "pdftoppm",
            &["-gray", "-r", "72", "out.pdf", "page"],
            dir.path(),
        )
        .unwrap();
        let pixels = fs::read(dir.path().join("page-1.pgm")).unwrap();
        let ink = pixels.iter().filter(|pixel| **pixel < 128).count();
        assert!(ink > 60, "{name} left {ink} dark pixels");
        assert!(
            size < 60_000,
            "{name}: a subset should be small, not {size} bytes"
        );
    }
}

#[test]
fn the_sample_tickets_are_one_page_each_and_their_codes_can_be_read() {
    let mut document = page("");
    document.html = codes::drawn(SAMPLE).unwrap();
    let (dir, size) = printed(&document);
    assert!(
        size < 150_000,
        "two tickets in five scripts weigh {size} bytes"
    );
    let Some(info) = run("pdfinfo", &["out.pdf"], dir.path()) else {
        return;
    };
    assert!(
        info.lines()
            .any(|line| line.starts_with("Pages:") && line.ends_with(" 2")),
        "{info}"
    );
    assert!(info.contains("(A4)"), "{info}");
    run(
        "pdftoppm",
        &["-png", "-r", "150", "out.pdf", "page"],
        dir.path(),
    )
    .unwrap();
    for (picture, token) in [
        ("page-1.png", "jt1.4f7k22qp9mzx8c5vb3n1a7s2d6f4g8h0jklqwert"),
        (
            "page-2.png",
            "jt1.8h3d51rt6ywx2c9vb7n4a0s5d1f3g6h8jklqwerty",
        ),
    ] {
        let Some(read) = run("zbarimg", &["--quiet", "--raw", picture], dir.path()) else {
            return;
        };
        assert_eq!(read.trim_end(), token);
    }
}

#[test]
fn the_png_code_can_be_read_at_a_small_size() {
    let dir = tempfile::tempdir().unwrap();
    let text = "https://tickets.jugnu.example/tickets/t/01kb3jq8h6zzzzzzzzzzzzzzzz";
    fs::write(
        dir.path().join("code.png"),
        Qr::encode(text).unwrap().png(3).unwrap(),
    )
    .unwrap();
    let Some(read) = run("zbarimg", &["--quiet", "--raw", "code.png"], dir.path()) else {
        return;
    };
    assert_eq!(read.trim_end(), text);
}

#[test]
fn the_same_document_gives_the_same_bytes_and_pictures_come_from_the_assets() {
    let mut document = page("<p><img src=\"logo.png\" width=\"80\" height=\"80\"></p>");
    document.assets.push(Asset {
        name: "logo.png".to_owned(),
        bytes: Qr::encode("logo").unwrap().png(2).unwrap(),
    });
    let press = Press::new().unwrap();
    assert_eq!(press.pdf(&document).unwrap(), press.pdf(&document).unwrap());
    let (dir, _) = printed(&document);
    let Some(pictures) = run("pdfimages", &["-list", "out.pdf"], dir.path()) else {
        return;
    };
    assert_eq!(
        pictures.lines().count(),
        3,
        "two lines of heading and one picture: {pictures}"
    );
}

struct Broken;

impl Engine for Broken {
    fn render(&self, job: &Job<'_>) -> Result<Vec<u8>, EngineError> {
        assert!(
            job.document.html.contains("fine"),
            "this engine breaks on purpose"
        );
        Ok(b"%PDF".to_vec())
    }
}

#[test]
fn an_engine_that_panics_costs_one_document_only() {
    let press = Press::with_engine(Box::new(Broken)).unwrap();
    assert!(matches!(press.pdf(&page("bad")), Err(PressError::Broke)));
    assert_eq!(press.pdf(&page("fine")).unwrap(), b"%PDF");
}
