//! HTML and CSS in, PDF bytes out; QR codes; calendar files; passes for wallets; strangers' pictures drawn anew.
//!
//! A leaf: it knows nothing of tickets. [`Press::pdf`] sets a [`Document`] with typefaces that are built into the binary, so that every
//! machine prints the same page, and loads only those that the text's scripts ask for (the Chinese and Korean ones weigh 33 MB). The engine
//! behind it stands behind the trait [`Engine`], because it is young and has one main author. Templates are deliberately not here:
//! they live with the pages. What the engine can and cannot set is told in [`engine`], for whoever writes a template.

mod calendar;
mod decode;
mod document;
pub mod engine;
mod fonts;
mod logo;
mod picture;
mod press;
mod qr;
mod scripts;
pub mod wallet;

pub use calendar::{CalendarError, CalendarEvent};
pub use decode::{PICTURE_MOST_BYTES, PictureError};
pub use document::{Asset, Document};
pub use engine::{Engine, EngineError, Job};
pub use logo::{Ground, Logo};
pub use picture::{Picture, Print};
pub use press::{Press, PressError};
pub use qr::{Qr, QrError, SvgOptions};
pub use scripts::{Script, Scripts, scripts_in};
