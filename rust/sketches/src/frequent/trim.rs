//! What a sketch can do without when it is stored.

use super::item::FrequentItem;
use super::sketch::FrequentItems;

/// What is taken from all counters of a sketch that is trimmed, as a share of its error.
const TRIM_SHARE: u64 = 32;

impl<T: FrequentItem> FrequentItems<T> {
    /// A copy to be stored, without the counters that say nearly nothing: as long as a 32nd of the
    /// error, taken from all, leaves a quarter of them with nothing, it is taken. The error stays
    /// within its bound. What is nearly unique has no counters then.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let mut left = self.clone();
        while let Some(amount) = left.trim_amount() {
            left.counters.subtract(amount);
            left.offset += amount;
        }
        left
    }

    fn trim_amount(&self) -> Option<u64> {
        let amount = self.offset / TRIM_SHARE;
        let bound = u128::from(self.total) / (self.capacity() as u128 / 2 + 1);
        let weights = self.counters.weights();
        let gone = weights.iter().filter(|&&weight| weight <= amount).count();
        let worth = amount > 0 && gone > 0 && 4 * gone >= weights.len();
        (worth && u128::from(self.offset + amount) <= bound).then_some(amount)
    }
}
