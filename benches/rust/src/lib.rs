//! The accuracy experiment: streams whose truth is known, and the errors of sketches over them.

pub mod streams;
