//! The sketch itself.

use std::mem;

use super::bounds::{K, normalized_rank_error};
use super::codec;
use super::item::{Key, KllItem};
use super::levels::{Levels, MOST_LEVELS, powers};
use super::sampler::{Plan, Sampler};
use super::scan::{BLOCK, Number, extremes};
use super::thin::Ranks;
use crate::random::{Coin, mix};
use crate::{Error, Sketch, Strings, Update};

/// What may be left of a trimmed sketch, in tenths of k.
const TRIMMED: usize = 21;
/// Items of which trimming makes no fewer: of small k they would be too few for the levels there are.
const LEAST_TRIMMED: usize = 128;

/// The most values that a sketch counts: what its levels can stand for.
const MOST: u64 = 1 << (MOST_LEVELS - 1);

/// Quantiles of items of type `T`; see the [module](super).
#[derive(Debug, Clone)]
pub struct KllSketch<T: KllItem> {
    pub(super) k: u16,
    pub(super) min_k: u16,
    pub(super) n: u64,
    /// The least and the greatest item.
    pub(super) extremes: Option<(T::Key, T::Key)>,
    pub(super) levels: Levels<T::Key>,
    pub(super) sampler: Sampler<T::Key>,
    pub(super) coin: Coin,
}

impl<T: KllItem> KllSketch<T> {
    /// An empty sketch with accuracy `k`, 8 to 65,535, whose coin has seed 0.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if `k` is below 8.
    pub fn new(k: u16) -> Result<Self, Error> {
        Self::with_seed(k, 0)
    }

    /// An empty sketch whose coin starts from `seed`: the same items and the same seed give the
    /// same sketch, however the items are cut into updates.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if `k` is below 8.
    pub fn with_seed(k: u16, seed: u64) -> Result<Self, Error> {
        if !K.contains(&k) {
            return Err(Error::out_of_range("k", "8 to 65535", k));
        }
        Ok(Self::from_parts(k, k, 0, None, Levels::new(k), seed))
    }

    pub(super) fn from_parts(
        k: u16,
        min_k: u16,
        n: u64,
        extremes: Option<(T::Key, T::Key)>,
        levels: Levels<T::Key>,
        seed: u64,
    ) -> Self {
        let sampler = Sampler::new(Plan::new(k, n, levels.count()));
        Self { k, min_k, n, extremes, levels, sampler, coin: Coin::new(mix(seed ^ n)) }
    }

    /// The accuracy parameter.
    pub fn k(&self) -> u16 {
        self.k
    }

    /// The smallest k of all inexact sketches that were merged: the error is that of this k.
    pub fn min_k(&self) -> u16 {
        self.min_k
    }

    /// How many items came, by weight; NaN does not count.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The least item; `None` while empty.
    pub fn min(&self) -> Option<T> {
        self.extremes.as_ref().map(|(least, _)| T::item(least))
    }

    /// The greatest item; `None` while empty.
    pub fn max(&self) -> Option<T> {
        self.extremes.as_ref().map(|(_, most)| T::item(most))
    }

    /// How many items an encoded sketch keeps.
    pub fn retained(&self) -> usize {
        self.settled().retained()
    }

    /// Whether every item is still kept, so that all answers are exact: up to k items.
    pub fn is_exact(&self) -> bool {
        self.levels.count() == 1 && self.n <= u64::from(self.k)
    }

    /// The error of every rank, as a share of n, with 99 %: that of `min_k`, or 0 while exact.
    pub fn rank_error(&self) -> f64 {
        if self.is_exact() { 0.0 } else { normalized_rank_error(self.min_k) }
    }

    /// A copy to be stored, of at most 2.1 k items instead of 3 k: the lighter levels are halved once
    /// more. Halving level i adds a variance of at most 4^i / 2, so all below level H add less than
    /// 4^H / 6, and level H itself, where it must be halved too, 4^H / 2. It then has m ≥ 2.1 k items
    /// or nearly so, which stand for 2^H ≤ n / m values each: in all that is 0.15 n² / k², an eighth of
    /// the variance that `rank_error` allows for.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let mut levels = self.settled();
        let most = (usize::from(self.k) * TRIMMED / 10).max(LEAST_TRIMMED);
        if levels.retained() <= most {
            return self.clone();
        }
        levels.trim(most, &mut self.coin.clone(), T::digest);
        Self::from_parts(self.k, self.min_k, self.n, self.extremes.clone(), levels, 0)
    }

    /// Folds in the items `get(0..count)`, none of which is NaN; the extremes have seen them.
    #[inline(always)]
    fn feed(&mut self, count: usize, get: impl Fn(usize) -> Option<T::Key>) {
        let mut at = 0;
        while at < count {
            let end = self.sampler.take(at, count, &get, &mut self.coin);
            self.n += (end - at) as u64;
            at = end;
            if self.sampler.is_full() {
                self.enter();
            }
        }
    }

    /// Thins a complete run, and merges what is left into its level.
    fn enter(&mut self) {
        let plan = self.sampler.plan();
        let kept = &mut self.sampler.kept;
        self.coin.absorb(T::digest(&kept[0]));
        let stride = 1 << plan.lg_stride;
        let offset = self.coin.bits() as usize & (stride - 1);
        let thinned = T::thin(kept, Ranks { offset, stride });
        kept.clear();
        self.levels.merge(plan.entry(), thinned.into_iter());
        self.levels.compress(&mut self.coin, T::digest);
        self.sampler.set_plan(Plan::new(self.k, self.n, self.levels.count()));
    }

    /// The levels as they would be if nothing were on its way to them.
    pub(super) fn settled(&self) -> Levels<T::Key> {
        let mut levels = self.levels.clone();
        if !self.sampler.is_empty() {
            settle(&self.sampler, &mut levels);
            levels.compress(&mut self.coin.clone(), T::digest);
        }
        levels
    }

    /// Sees to it that the sampler takes blocks as large as a sketch of `n` values may: the light
    /// items of many merged sketches then go through it, and no level is touched. So does what waits
    /// in it: of a larger block one is then kept as if it had been so from the start.
    fn make_way(&mut self, n: u64, levels: usize) {
        let plan = Plan::new(self.k, n, levels.max(self.levels.count()));
        if plan.lg_block > self.sampler.plan().lg_block {
            let waiting = mem::replace(&mut self.sampler, Sampler::new(plan));
            self.n -= waiting.weight();
            self.merge_sampler(&waiting);
        }
    }

    /// Whether a block of the sampler outweighs an item that stands for 2^level values. Such items
    /// go through the sampler, each as so many equal values in a row; others go into their level.
    fn outweighs(&self, level: usize) -> bool {
        level == 0 || level < self.sampler.plan().lg_block as usize
    }

    /// Takes in items that each stand for 2^level values, less than a block does.
    fn feed_light(&mut self, level: usize, items: &[T::Key]) {
        self.feed(items.len() << level, |index| Some(items[index >> level].clone()));
    }

    fn merge_levels(&mut self, levels: &Levels<T::Key>) {
        for (level, items) in levels.iter().enumerate().filter(|(_, items)| !items.is_empty()) {
            if self.outweighs(level) {
                self.feed_light(level, items);
            } else {
                self.levels.merge(level, items.iter().cloned());
            }
        }
    }

    fn merge_sampler(&mut self, other: &Sampler<T::Key>) {
        let level = other.plan().lg_block as usize;
        if !self.outweighs(level) {
            settle(other, &mut self.levels);
            return;
        }
        self.feed_light(level, &other.kept);
        if let Some(candidate) = &other.candidate {
            self.feed(other.seen as usize, |_| Some(candidate.clone()));
        }
    }

    pub(super) fn widen(&mut self, least: T::Key, most: T::Key) {
        self.extremes = Some(match self.extremes.take() {
            None => (least, most),
            Some((low, high)) => (low.min(least), high.max(most)),
        });
    }

    /// [`Self::widen`] for one key, which nearly never is an extreme.
    fn see(&mut self, key: &T::Key) {
        if !self.extremes.as_ref().is_some_and(|(least, most)| least <= key && key <= most) {
            self.widen(key.clone(), key.clone());
        }
    }

    fn update_key(&mut self, key: &T::Key) {
        self.see(key);
        self.feed(1, |_| Some(key.clone()));
    }

    /// One item of `weight` 2 or more: 2^i of it go to level i for each bit of the weight.
    fn update_heavy(&mut self, key: &T::Key, weight: u64) -> Result<(), Error> {
        let n = total(self.n, weight)?;
        self.see(key);
        insert_heavy(&mut self.levels, key, weight);
        self.n = n;
        self.levels.compress(&mut self.coin, T::digest);
        Ok(())
    }
}

/// The sum of two weights, if a sketch can count it.
fn total(total: u64, weight: u64) -> Result<u64, Error> {
    match total.checked_add(weight) {
        Some(sum) if sum <= MOST => Ok(sum),
        _ => Err(Error::Overflow { total, weight, most: MOST }),
    }
}

fn insert_heavy<K: Key>(levels: &mut Levels<K>, key: &K, weight: u64) {
    powers(weight).for_each(|level| levels.insert(level, key.clone()));
}

/// Puts what a sampler holds into `levels`.
fn settle<K: Key>(sampler: &Sampler<K>, levels: &mut Levels<K>) {
    let mut kept = sampler.kept.clone();
    kept.sort_unstable();
    levels.merge(sampler.plan().lg_block as usize, kept.into_iter());
    if let Some(candidate) = &sampler.candidate {
        insert_heavy(levels, candidate, sampler.seen);
    }
}

#[allow(private_bounds)] // `KllItem` is sealed; the numbers among them are f64, f32 and i64
impl<T: KllItem<Ref = T> + Number> KllSketch<T> {
    /// Folds in numbers; NaN is skipped.
    pub fn update_slice(&mut self, values: &[T]) {
        for block in values.chunks(BLOCK) {
            match extremes(block) {
                Some((least, most, false)) => self.update_block(block, least, most),
                Some((_, _, true)) => self.update_slice(&without_nan(block)),
                None => {}
            }
        }
    }

    fn update_block(&mut self, block: &[T], least: T, most: T) {
        if let (Some(least), Some(most)) = (T::key(&least), T::key(&most)) {
            self.widen(least, most);
            self.feed(block.len(), |index| T::key(&block[index]));
        }
    }
}

#[cold]
#[allow(clippy::eq_op)] // only a NaN differs from itself
fn without_nan<T: Number>(block: &[T]) -> Vec<T> {
    block.iter().copied().filter(|value| value == value).collect()
}

impl KllSketch<String> {
    /// Folds in strings, in the order of their UTF-8 bytes: all of them, or none.
    ///
    /// # Errors
    /// [`Error::Utf8`] if one is not UTF-8.
    pub fn update_strings<S: Strings>(&mut self, strings: &S) -> Result<(), Error> {
        strings.check_utf8()?;
        let Some((least, most)) = string_extremes(strings) else { return Ok(()) };
        self.widen(text(least), text(most));
        self.feed(strings.len(), |index| Some(text(strings.get(index))));
        Ok(())
    }
}

/// Bytes that were checked to be UTF-8.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn string_extremes<S: Strings>(strings: &S) -> Option<(&[u8], &[u8])> {
    let all = (0..strings.len()).map(|index| strings.get(index));
    all.fold(None, |found, string| match found {
        None => Some((string, string)),
        Some((least, most)) => Some((string.min(least), string.max(most))),
    })
}

impl<T: KllItem> Update<T::Ref> for KllSketch<T> {
    /// NaN is skipped.
    fn update(&mut self, item: &T::Ref) {
        if let Some(key) = T::key(item) {
            self.update_key(&key);
        }
    }

    fn update_weighted(&mut self, item: &T::Ref, weight: u64) -> Result<(), Error> {
        match (T::key(item), weight) {
            (None, _) | (_, 0) => Ok(()),
            (Some(key), 1) => {
                self.update_key(&key);
                Ok(())
            }
            (Some(key), _) => self.update_heavy(&key, weight),
        }
    }
}

impl<T: KllItem> PartialEq for KllSketch<T> {
    /// Whether both would be encoded alike; the state of the coin does not count.
    fn eq(&self, other: &Self) -> bool {
        (self.k, self.min_k, self.n, &self.extremes)
            == (other.k, other.min_k, other.n, &other.extremes)
            && self.settled() == other.settled()
    }
}

impl<T: KllItem> Sketch for KllSketch<T> {
    /// Any k goes; the error is that of the smaller one, unless `other` is exact and brings none.
    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let n = total(self.n, other.n)?;
        let Some((least, most)) = other.extremes.clone() else { return Ok(()) };
        if self.n == 0 && self.k == other.k {
            *self = Self { coin: self.coin, ..other.clone() };
            return Ok(());
        }
        self.widen(least, most);
        self.make_way(n, other.levels.count());
        self.merge_levels(&other.levels);
        self.merge_sampler(&other.sampler);
        self.n = n;
        if !other.is_exact() {
            self.min_k = self.min_k.min(other.min_k);
        }
        self.levels.compress(&mut self.coin, T::digest);
        Ok(())
    }

    /// Quicker, and with smaller errors, where there are many that are not much smaller than all of
    /// them together: see `union.rs`. Takes memory for all that is in them.
    fn merge_all(&mut self, others: &[&Self]) -> Result<(), Error> {
        let n = others.iter().try_fold(self.n, |n, other| total(n, other.n))?;
        if !self.unite(others, n) {
            others.iter().try_for_each(|other| self.merge(other))?;
        }
        Ok(())
    }

    fn encode(&self) -> Vec<u8> {
        codec::encode(self)
    }

    fn decode(bytes: &[u8]) -> Result<Self, Error> {
        codec::decode(bytes)
    }

    fn byte_bound(&self) -> usize {
        codec::byte_bound(self)
    }

    fn is_empty(&self) -> bool {
        self.n == 0
    }
}
