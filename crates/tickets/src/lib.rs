//! The door for a host: configuration, open(), pages, API and worker.
