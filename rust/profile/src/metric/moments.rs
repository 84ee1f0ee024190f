//! Mean and variance, kept so that parts merge without loss.
//!
//! With n values, mean m and M = Σ (x - m)², parts A and B join to (Chan, Golub and Leveque 1983)
//! `m = m_A + (m_B - m_A)·n_B/n` and `M = M_A + M_B + (m_B - m_A)²·n_A·n_B/n`.

/// Count, mean and spread of numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moments {
    n: f64,
    mean: f64,
    spread: f64,
}

const LANES: usize = 8;

impl Moments {
    /// Of a block of finite numbers: two looks at it, while it is in the cache.
    pub(crate) fn of(block: &[f64]) -> Self {
        if block.is_empty() {
            return Self::default();
        }
        let n = block.len() as f64;
        let mean = sum(block, |x| x) / n;
        let spread = sum(block, |x| (x - mean) * (x - mean));
        Self { n, mean, spread }
    }

    /// Of one number that came `weight` times.
    pub(crate) fn repeated(value: f64, weight: u64) -> Self {
        Self { n: weight as f64, mean: value, spread: 0.0 }
    }

    /// Folds other numbers in.
    pub(crate) fn merge(&mut self, other: &Self) {
        let n = self.n + other.n;
        if n == 0.0 {
            return;
        }
        let apart = other.mean - self.mean;
        self.mean += apart * (other.n / n);
        self.spread += other.spread + apart * apart * (self.n * other.n / n);
        self.n = n;
    }

    /// Arithmetic mean; `None` without numbers.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0.0).then_some(self.mean)
    }

    /// Sample standard deviation, with n - 1; `None` with fewer than two numbers.
    pub fn std(&self) -> Option<f64> {
        (self.n > 1.0).then(|| (self.spread / (self.n - 1.0)).sqrt())
    }
}

/// Σ f(x), in lanes so that the compiler may vectorise it.
fn sum(block: &[f64], f: impl Fn(f64) -> f64) -> f64 {
    let (chunks, rest) = block.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for chunk in chunks {
        for lane in 0..LANES {
            lanes[lane] += f(chunk[lane]);
        }
    }
    lanes.iter().sum::<f64>() + rest.iter().map(|&x| f(x)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn parts_merge_to_the_moments_of_the_whole(
            a in prop::collection::vec(-1e6..1e6, 0..50), b in prop::collection::vec(-1e6..1e6, 0..50)
        ) {
            let mut merged = Moments::of(&a);
            merged.merge(&Moments::of(&b));
            let whole = Moments::of(&[a, b].concat());
            // Sums of 100 terms below 1e12 round by less than 100·2^-53·1e12 each.
            prop_assert!((merged.mean - whole.mean).abs() <= 1e-6);
            prop_assert!((merged.spread - whole.spread).abs() <= 1e-2 + whole.spread * 1e-12);
        }

        #[test]
        fn a_weight_is_as_many_copies(x in -1e6..1e6, y in -1e6..1e6, weight in 1u64..40) {
            let mut weighted = Moments::repeated(x, weight);
            weighted.merge(&Moments::repeated(y, 1));
            let mut copies = vec![x; weight as usize];
            copies.push(y);
            let whole = Moments::of(&copies);
            prop_assert!((weighted.mean - whole.mean).abs() <= 1e-6);
            prop_assert!((weighted.spread - whole.spread).abs() <= 1e-2 + whole.spread * 1e-12);
        }
    }

    #[test]
    fn nothing_has_no_mean_and_one_number_no_deviation() {
        assert_eq!(Moments::of(&[]).mean(), None);
        assert_eq!((Moments::of(&[3.0]).mean(), Moments::of(&[3.0]).std()), (Some(3.0), None));
        assert_eq!(Moments::of(&[1.0, 3.0]).std(), Some(2f64.sqrt()));
    }
}
