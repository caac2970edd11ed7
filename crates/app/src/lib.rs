//! What can be done: one file per use case, the lanes, the jobs, the flags and the ports to the outside.
