//! The typefaces, built into the binary: Noto Sans in two weights for each script (SIL Open Font License 1.1).
//!
//! They come from npm (`fonts/package.json`) and are compiled in, so one binary prints the same page on any machine. A face is copied
//! to shared memory when the first document needs it, and stays there.

use std::sync::{Arc, OnceLock};

use crate::scripts::{Script, Scripts};

macro_rules! face {
    ($path:literal) => {
        include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/fonts/node_modules/@expo-google-fonts/",
            $path
        ))
        .as_slice()
    };
}

/// Regular and bold of one script.
type Pair = [&'static [u8]; 2];

static LATIN: Pair = [
    face!("noto-sans/400Regular/NotoSans_400Regular.ttf"),
    face!("noto-sans/700Bold/NotoSans_700Bold.ttf"),
];
static GURMUKHI: Pair = [
    face!("noto-sans-gurmukhi/400Regular/NotoSansGurmukhi_400Regular.ttf"),
    face!("noto-sans-gurmukhi/700Bold/NotoSansGurmukhi_700Bold.ttf"),
];
static GUJARATI: Pair = [
    face!("noto-sans-gujarati/400Regular/NotoSansGujarati_400Regular.ttf"),
    face!("noto-sans-gujarati/700Bold/NotoSansGujarati_700Bold.ttf"),
];
static TAMIL: Pair = [
    face!("noto-sans-tamil/400Regular/NotoSansTamil_400Regular.ttf"),
    face!("noto-sans-tamil/700Bold/NotoSansTamil_700Bold.ttf"),
];
static HANGUL: Pair = [
    face!("noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf"),
    face!("noto-sans-kr/700Bold/NotoSansKR_700Bold.ttf"),
];
static EMOJI: Pair = [
    face!("noto-emoji/400Regular/NotoEmoji_400Regular.ttf"),
    face!("noto-emoji/700Bold/NotoEmoji_700Bold.ttf"),
];
static ARABIC: Pair = [
    face!("noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf"),
    face!("noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf"),
];
static HAN: Pair = [
    face!("noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"),
    face!("noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf"),
];

const fn family(script: Script) -> &'static str {
    match script {
        Script::Latin => "Noto Sans",
        Script::Gurmukhi => "Noto Sans Gurmukhi",
        Script::Gujarati => "Noto Sans Gujarati",
        Script::Tamil => "Noto Sans Tamil",
        Script::Hangul => "Noto Sans KR",
        Script::Emoji => "Noto Emoji",
        Script::Arabic => "Noto Sans Arabic",
        Script::Han => "Noto Sans SC",
    }
}

fn pair(script: Script) -> &'static Pair {
    match script {
        Script::Latin => &LATIN,
        Script::Gurmukhi => &GURMUKHI,
        Script::Gujarati => &GUJARATI,
        Script::Tamil => &TAMIL,
        Script::Hangul => &HANGUL,
        Script::Emoji => &EMOJI,
        Script::Arabic => &ARABIC,
        Script::Han => &HAN,
    }
}

/// The bytes of a face, shared by every document that uses it.
pub type Face = Arc<Vec<u8>>;

/// The faces that were needed so far.
#[derive(Debug, Default)]
pub struct Fonts {
    loaded: [OnceLock<[Face; 2]>; Script::ALL.len()],
}

impl Fonts {
    /// The faces for these scripts.
    pub fn faces(&self, scripts: Scripts) -> Vec<Face> {
        scripts
            .iter()
            .filter_map(|script| Some((script, self.loaded.get(script as usize)?)))
            .flat_map(|(script, slot)| {
                slot.get_or_init(|| pair(script).map(|bytes| Arc::new(bytes.to_vec())))
                    .clone()
            })
            .collect()
    }

    /// The name of the first face whose bytes are not a TrueType font, as when a package manager left a pointer instead of a file.
    pub fn first_damaged() -> Option<&'static str> {
        Script::ALL
            .into_iter()
            .find(|script| {
                !pair(*script)
                    .iter()
                    .all(|face| face.starts_with(&[0, 1, 0, 0]))
            })
            .map(family)
    }
}

/// The value of `font-family` that reaches every face of these scripts.
pub fn stack(scripts: Scripts) -> String {
    let names: Vec<String> = scripts
        .iter()
        .map(|script| format!("\"{}\"", family(script)))
        .collect();
    names.join(", ")
}
