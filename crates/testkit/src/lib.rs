//! TestApp, a fixed clock, seeded randomness, both databases, faults and the auditor.
