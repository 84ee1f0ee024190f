//! Estimates as tuples, which Python makes `Estimate` objects of.

use drypoint_sketches::Estimate;

/// Value, lower bound, upper bound, confidence.
pub(crate) type Answer<T> = (T, T, T, f64);

pub(crate) fn answer<T>(estimate: Estimate<T>) -> Answer<T> {
    (estimate.value, estimate.lower, estimate.upper, estimate.confidence)
}

pub(crate) fn answers<T>(estimates: Vec<Estimate<T>>) -> Vec<Answer<T>> {
    estimates.into_iter().map(answer).collect()
}
