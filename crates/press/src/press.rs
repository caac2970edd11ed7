//! The press: chooses typefaces for a document and hands both to the engine.

use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
};

use crate::{
    Document, Engine, EngineError, Job,
    engine::Fulgur,
    fonts::{self, Fonts},
    scripts::scripts_in,
};

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PressError {
    /// A typeface in the binary is not a font.
    #[error("the typeface {0} in this binary is damaged; install the fonts again and rebuild")]
    Font(&'static str),
    /// The engine refused the document.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The engine broke on the document; the process is unharmed.
    #[error("the engine broke while setting the document")]
    Broke,
}

/// Prints documents; share one behind an `Arc`, it is made for many threads.
pub struct Press {
    engine: Box<dyn Engine>,
    fonts: Fonts,
}

impl Press {
    /// A press with the built-in engine and typefaces.
    pub fn new() -> Result<Self, PressError> {
        Self::with_engine(Box::new(Fulgur))
    }

    /// A press with another engine.
    pub fn with_engine(engine: Box<dyn Engine>) -> Result<Self, PressError> {
        match Fonts::first_damaged() {
            Some(family) => Err(PressError::Font(family)),
            None => Ok(Self {
                engine,
                fonts: Fonts::default(),
            }),
        }
    }

    /// Prints a document to PDF bytes. This computes for 10 to 50 ms and never waits, so async callers use `spawn_blocking`.
    pub fn pdf(&self, document: &Document) -> Result<Vec<u8>, PressError> {
        let scripts = document
            .css
            .iter()
            .fold(scripts_in(&document.html), |all, css| {
                all.or(scripts_in(css))
            });
        let job = Job {
            document,
            faces: self.fonts.faces(scripts),
            font_stack: fonts::stack(scripts),
        };
        // The engine is young, and the text comes from strangers: a panic must cost one document and not the worker.
        match catch_unwind(AssertUnwindSafe(|| self.engine.render(&job))) {
            Ok(printed) => Ok(printed?),
            Err(_) => Err(PressError::Broke),
        }
    }
}

/// Says that it is a press; the engine and megabytes of fonts would not help a reader.
impl fmt::Debug for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Press").finish_non_exhaustive()
    }
}
