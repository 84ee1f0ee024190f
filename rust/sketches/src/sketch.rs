//! What every sketch can do.

use crate::Error;

/// A one-pass summary whose parts can be merged.
pub trait Sketch: Clone + PartialEq + Sized {
    /// Folds `other` in, as if its items had been seen here.
    ///
    /// # Errors
    /// [`Error::Mismatch`] if the two cannot be united; `self` is then as it was.
    fn merge(&mut self, other: &Self) -> Result<(), Error>;

    /// Folds all of `others` in, as [`merge`](Self::merge) does one after the other; a sketch may be
    /// quicker at it, or closer.
    ///
    /// # Errors
    /// As of `merge`; `self` is then as it was.
    fn merge_all(&mut self, others: &[&Self]) -> Result<(), Error> {
        let mut all = self.clone();
        others.iter().try_for_each(|other| all.merge(other))?;
        *self = all;
        Ok(())
    }

    /// The sketch in Apache `DataSketches` bytes, compact form. The same updates in the
    /// same order give the same bytes.
    fn encode(&self) -> Vec<u8>;

    /// Reads Apache `DataSketches` bytes, compact or updatable, whichever library wrote them.
    ///
    /// Total: any byte string gives `Ok` or `Err`, never a panic, and needs memory in proportion
    /// to what arrived. Bytes after the end of the sketch are ignored, as the other libraries do.
    ///
    /// # Errors
    /// Says what is wrong with the bytes, and where.
    fn decode(bytes: &[u8]) -> Result<Self, Error>;

    /// Most bytes that `encode` can write for these parameters and, where items have no fixed
    /// size, these retained items.
    fn byte_bound(&self) -> usize;

    /// Whether nothing has been counted yet.
    fn is_empty(&self) -> bool;
}

/// Takes items of type `T` one at a time. Bulk updates are the fast path: see each sketch.
pub trait Update<T: ?Sized>: Sketch {
    /// Folds one item in. Amortised O(1).
    fn update(&mut self, item: &T);

    /// Folds in `weight` copies of one item; 0 copies change nothing.
    ///
    /// # Errors
    /// [`Error::Overflow`] if that is more than the sketch can count; it is then as it was.
    fn update_weighted(&mut self, item: &T, weight: u64) -> Result<(), Error>;
}
