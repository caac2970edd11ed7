//! Throwaway databases of both kinds, for tests.
