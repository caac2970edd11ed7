//! How it is reached: pages, API, widget, templates and typed URLs.
