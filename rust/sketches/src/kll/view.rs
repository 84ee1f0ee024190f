//! Questions: items in order, each with the weight up to it.

use super::bounds::{CONFIDENCE, normalized_pmf_error};
use super::item::{Key, KllItem};
use super::sketch::KllSketch;
use crate::{Error, Estimate};

/// Whether the rank of x counts x itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SearchCriteria {
    /// The rank of x is the share of items <= x. The quantile at q is the least item whose rank
    /// is q or more.
    #[default]
    Inclusive,
    /// The rank of x is the share of items < x. The quantile at q is the least item such that the
    /// items up to it are more than q.
    Exclusive,
}

/// Items in ascending order, each with the weight of itself and all before it.
struct View<K> {
    entries: Vec<(K, u64)>,
    n: u64,
}

impl<K: Key> View<K> {
    fn new<T: KllItem<Key = K>>(sketch: &KllSketch<T>) -> Self {
        let levels = sketch.settled();
        let weighted = levels
            .iter()
            .enumerate()
            .flat_map(|(level, items)| items.iter().map(move |item| (item.clone(), 1u64 << level)));
        let mut entries: Vec<(K, u64)> = weighted.collect();
        entries.sort_unstable();
        let mut below = 0;
        for (_, weight) in &mut entries {
            below += *weight;
            *weight = below;
        }
        Self { entries, n: sketch.n }
    }

    /// The share of items up to `key`.
    fn rank(&self, key: &K, criteria: SearchCriteria) -> f64 {
        let above = match criteria {
            SearchCriteria::Inclusive => self.entries.partition_point(|(item, _)| item <= key),
            SearchCriteria::Exclusive => self.entries.partition_point(|(item, _)| item < key),
        };
        let weight = above.checked_sub(1).map_or(0, |last| self.entries[last].1);
        weight as f64 / self.n as f64
    }

    /// The item at rank `q`, as the other libraries find it.
    fn quantile(&self, q: f64, criteria: SearchCriteria) -> Option<&K> {
        let weight = q * self.n as f64;
        let index = match criteria {
            SearchCriteria::Inclusive => {
                let weight = weight.ceil() as u64;
                self.entries.partition_point(|(_, below)| *below < weight)
            }
            SearchCriteria::Exclusive => {
                let weight = weight as u64;
                self.entries.partition_point(|(_, below)| *below <= weight)
            }
        };
        self.entries.get(index).or(self.entries.last()).map(|(item, _)| item)
    }
}

impl<T: KllItem> KllSketch<T> {
    /// The item at rank `q` in [0, 1], between the items one rank error below and above; the least
    /// and the greatest at 0 and 1, exactly. `None` while empty.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if `q` is outside [0, 1] or NaN.
    pub fn quantile(&self, q: f64, criteria: SearchCriteria) -> Result<Option<Estimate<T>>, Error> {
        Ok(self.quantiles(&[q], criteria)?.and_then(|mut found| found.pop()))
    }

    /// [`Self::quantile`] for many ranks, which costs little more than for one.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if a rank is outside [0, 1] or NaN.
    pub fn quantiles(
        &self,
        qs: &[f64],
        criteria: SearchCriteria,
    ) -> Result<Option<Vec<Estimate<T>>>, Error> {
        if let Some(q) = qs.iter().find(|q| !(0.0..=1.0).contains(*q)) {
            return Err(Error::out_of_range("a rank", "0 to 1", q));
        }
        let Some((least, most)) = &self.extremes else { return Ok(None) };
        let view = View::new(self);
        let error = self.rank_error();
        let at = |q: f64| {
            let inside = if q <= 0.0 {
                Some(least)
            } else if q >= 1.0 {
                Some(most)
            } else {
                view.quantile(q, criteria)
            };
            T::item(inside.unwrap_or(least))
        };
        let bounded = |q: f64| {
            if error == 0.0 || q == 0.0 || q == 1.0 {
                return Estimate::exact(at(q));
            }
            let (lower, upper) = (at(q - error), at(q + error));
            Estimate { value: at(q), lower, upper, confidence: CONFIDENCE }
        };
        Ok(Some(qs.iter().map(|&q| bounded(q)).collect()))
    }

    /// The share of items up to `x`. `None` while empty.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if `x` is NaN.
    pub fn rank(&self, x: &T::Ref, criteria: SearchCriteria) -> Result<Option<Estimate>, Error> {
        Ok(self.ranks(&[x], criteria)?.and_then(|mut found| found.pop()))
    }

    /// [`Self::rank`] for many items, which costs little more than for one.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if an item is NaN.
    pub fn ranks(
        &self,
        xs: &[&T::Ref],
        criteria: SearchCriteria,
    ) -> Result<Option<Vec<Estimate>>, Error> {
        let keys = keys::<T>(xs)?;
        Ok(self.shares(&keys, criteria).map(|ranks| bounded(ranks, self.rank_error())))
    }

    /// The rank of each split, then 1. `None` while empty.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if the splits do not increase strictly, or one is NaN.
    pub fn cdf(
        &self,
        splits: &[&T::Ref],
        criteria: SearchCriteria,
    ) -> Result<Option<Vec<Estimate>>, Error> {
        let ranks = self.shares(&increasing::<T>(splits)?, criteria);
        Ok(ranks.map(|ranks| {
            let mut all = bounded(ranks, self.rank_error());
            all.push(Estimate::exact(1.0));
            all
        }))
    }

    /// The share of items before, between and after the splits: one more than there are splits.
    /// `None` while empty.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if the splits do not increase strictly, or one is NaN.
    pub fn pmf(
        &self,
        splits: &[&T::Ref],
        criteria: SearchCriteria,
    ) -> Result<Option<Vec<Estimate>>, Error> {
        let Some(ranks) = self.shares(&increasing::<T>(splits)?, criteria) else {
            return Ok(None);
        };
        let error = if self.is_exact() { 0.0 } else { normalized_pmf_error(self.min_k) };
        let before = std::iter::once(0.0).chain(ranks.iter().copied());
        let after = ranks.iter().copied().chain(std::iter::once(1.0));
        Ok(Some(bounded(before.zip(after).map(|(low, high)| high - low).collect(), error)))
    }

    fn shares(&self, keys: &[T::Key], criteria: SearchCriteria) -> Option<Vec<f64>> {
        let view = (self.n > 0).then(|| View::new(self))?;
        Some(keys.iter().map(|key| view.rank(key, criteria)).collect())
    }
}

/// Shares with bounds, which stay within [0, 1].
fn bounded(shares: Vec<f64>, error: f64) -> Vec<Estimate> {
    let bounded = |value: f64| {
        if error == 0.0 {
            return Estimate::exact(value);
        }
        let (lower, upper) = ((value - error).max(0.0), (value + error).min(1.0));
        Estimate { value, lower, upper, confidence: CONFIDENCE }
    };
    shares.into_iter().map(bounded).collect()
}

fn keys<T: KllItem>(items: &[&T::Ref]) -> Result<Vec<T::Key>, Error> {
    let key = |item: &&T::Ref| {
        T::key(item).ok_or_else(|| Error::out_of_range("an item", "a number", "NaN"))
    };
    items.iter().map(key).collect()
}

fn increasing<T: KllItem>(splits: &[&T::Ref]) -> Result<Vec<T::Key>, Error> {
    let keys = keys::<T>(splits)?;
    match keys.windows(2).find(|pair| pair[0] >= pair[1]) {
        None => Ok(keys),
        Some(pair) => {
            let found = format!("{:?} before {:?}", T::item(&pair[0]), T::item(&pair[1]));
            Err(Error::out_of_range("splits", "strictly increasing", found))
        }
    }
}
