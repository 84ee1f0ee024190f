//! A number that knows how far off it can be.

/// An approximate answer with its bounds: the truth lies in `lower..=upper` with `confidence`.
///
/// Exact answers have `lower == value == upper` and confidence 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate<T = f64> {
    /// The best single answer.
    pub value: T,
    /// The truth is not below this, with `confidence`.
    pub lower: T,
    /// The truth is not above this, with `confidence`.
    pub upper: T,
    /// Probability in (0, 1] that the truth lies within the bounds.
    pub confidence: f64,
}

impl<T: Clone> Estimate<T> {
    /// An answer that is known exactly.
    pub fn exact(value: T) -> Self {
        Self { lower: value.clone(), upper: value.clone(), value, confidence: 1.0 }
    }

    /// Applies `f` to the value and both bounds; `f` must not decrease.
    pub fn map<U>(self, f: impl Fn(T) -> U) -> Estimate<U> {
        Estimate {
            value: f(self.value),
            lower: f(self.lower),
            upper: f(self.upper),
            confidence: self.confidence,
        }
    }
}
