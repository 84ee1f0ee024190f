//! Many sketches become one in a single go.
//!
//! One after the other, the items of each would enter levels that were made for fewer values, and
//! rise through all that come after. Here it is known at the start how many values there are: with
//! H = log2(n / k) the height of the top level, all items that weigh less than level E = H - 3 are
//! gathered by weight, and of each weight every 2^j-th in order enters level E.
//!
//! With U = (n / k)², which is 4^H or more, and less than four times that:
//!
//! - That counts x <= q with variance at most 4^E / 4 a weight, and a third of it for the fewer than 2^j
//!   items that are left, of which one is kept for each power of two: U / 192. Where there are many, up
//!   to eight pieces are thinned apart: U / 32.
//! - Halving levels E and H - 2 adds 4^E / 2 and four times that, U / 26. Level H - 1 is halved only where
//!   it has more than 3·k items, so that 4^H is U / 2.25 or less: U / 18.
//!
//! Most items need not be looked at for that:
//!
//! - of a sketch's level every 2^j-th item, from a random one on, goes to level S: with p sketches that
//!   have such a level variance p·4^S / 4, U / 32 at most if p·4^S is at most U / 8;
//! - of the values that wait in samplers one in 2^B is kept at random: w of them add w·(2^B - 1) / 4, as
//!   values of a block are counted together: U / 12 at most if w·(2^B - 1) is at most U / 3.
//!
//! A sketch that was off by a variance of c·U of its own counts for its share of n, squared: of p parts of
//! one size c·U / p is left. What comes in few light items is not worth a variance each time: then, and
//! where items are heavy anyway, sketches are merged one by one.

use std::iter;
use std::mem::take;

use super::item::{Key, KllItem};
use super::levels::{Levels, powers};
use super::sampler::{Plan, Sampler};
use super::sketch::KllSketch;
use super::thin::Ranks;
use crate::random::Coin;

/// Depth below the top where light items enter.
const ENTRY_DEPTH: u32 = 3;
/// Of U one part in so many is what p·4^S may be.
const SPREAD: u128 = 8;
/// Of U one part in so many is what w·(2^B - 1) may be.
const SAMPLED: u128 = 3;
/// Items that are thinned together, if that makes few pieces: more do not fit a cache.
const PIECE: usize = 1 << 14;
/// The most pieces of items of one weight, each of which is a variance of its own.
const PIECES: usize = 8;
/// Of n one part in so many is what light items must stand for.
const LIGHT: u64 = 8;

/// How sketches are united.
#[derive(Debug, Clone, Copy)]
pub(super) struct Union {
    /// E: what is lighter is thinned.
    entry: usize,
    /// S: where the items of lighter levels go first.
    spread: usize,
    /// B: where lighter values that wait go first.
    block: usize,
}

impl Union {
    /// For sketches of `n` values in all, of which the first has accuracy `k`; `None` if it is better
    /// to merge them one by one.
    pub(super) fn of<T: KllItem>(k: u16, n: u64, sketches: &[&KllSketch<T>]) -> Option<Self> {
        if sketches.len() <= 2 {
            return None;
        }
        let height = (n / u64::from(k)).checked_ilog2()?;
        let entry = height.checked_sub(ENTRY_DEPTH).filter(|&entry| entry > 0)? as usize;
        let light = sketches.iter().map(|sketch| light(sketch, entry)).sum::<u64>();
        if light < n / LIGHT {
            return None;
        }
        let unit = (u128::from(n) / u128::from(k).next_power_of_two()).pow(2);
        let waiting: u64 = sketches.iter().map(|sketch| sketch.sampler.weight()).sum();
        let spread = (unit / (SPREAD * sketches.len() as u128)).checked_ilog2().unwrap_or(0) / 2;
        let block = (unit / (SAMPLED * u128::from(waiting.max(1))) + 1).ilog2();
        Some(Self { entry, spread: entry.min(spread as usize), block: entry.min(block as usize) })
    }

    /// The levels of all `sketches`, and what waits for them.
    pub(super) fn levels<T: KllItem>(
        self,
        k: u16,
        sketches: &[&KllSketch<T>],
        coin: &mut Coin,
    ) -> Levels<T::Key> {
        let mut gathered = Gathered { items: Vec::new(), coin, digest: T::digest };
        for sketch in sketches {
            gathered.sampler(&sketch.sampler, self.block);
            for (level, items) in sketch.levels.iter().enumerate() {
                gathered.level(level, items, self.spread);
            }
        }
        gathered.reach(self.entry);
        for level in 0..self.entry {
            gathered.thin::<T>(level, self.entry);
        }
        let mut levels = Levels::new(k);
        for (level, mut items) in gathered.items.into_iter().enumerate() {
            // A few ascending pieces, which this sort finds.
            items.sort();
            levels.merge(level, items.into_iter());
        }
        levels
    }
}

impl<T: KllItem> KllSketch<T> {
    /// Merges all of `others` at once, `n` values in all, if that is better than one by one; says
    /// whether.
    pub(super) fn unite(&mut self, others: &[&Self], n: u64) -> bool {
        let all: Vec<&Self> = iter::once(&*self).chain(others.iter().copied()).collect();
        let Some(union) = Union::of(self.k, n, &all) else { return false };
        let mut coin = self.coin;
        let mut levels = union.levels(self.k, &all, &mut coin);
        levels.compress(&mut coin, T::digest);
        let sampler = Sampler::new(Plan::new(self.k, n, levels.count()));
        let inexact = others.iter().filter(|other| !other.is_exact());
        self.min_k = inexact.fold(self.min_k, |least, other| least.min(other.min_k));
        for (least, most) in others.iter().filter_map(|other| other.extremes.clone()) {
            self.widen(least, most);
        }
        (self.n, self.levels, self.sampler, self.coin) = (n, levels, sampler, coin);
        true
    }
}

/// The values for which items stand that weigh less than those of level `entry`.
fn light<T: KllItem>(sketch: &KllSketch<T>, entry: usize) -> u64 {
    let levels = sketch.levels.iter().take(entry).enumerate();
    let settled: u64 = levels.map(|(level, items)| (items.len() as u64) << level).sum();
    let waits = (sketch.sampler.plan().lg_block as usize) < entry;
    settled + if waits { sketch.sampler.weight() } else { 0 }
}

/// Items by weight, as in levels, but in any order.
struct Gathered<'a, K> {
    items: Vec<Vec<K>>,
    coin: &'a mut Coin,
    digest: fn(&K) -> u64,
}

impl<K: Key> Gathered<'_, K> {
    fn reach(&mut self, level: usize) {
        if level >= self.items.len() {
            self.items.resize_with(level + 1, Vec::new);
        }
    }

    /// Takes in what waits in a sampler: of values lighter than those of level `block` one of each run.
    fn sampler(&mut self, sampler: &Sampler<K>, block: usize) {
        let level = sampler.plan().lg_block as usize;
        let lg_stride = block.saturating_sub(level);
        self.reach(level + lg_stride);
        self.absorb(sampler.kept.first());
        let runs = sampler.kept.chunks_exact(1 << lg_stride);
        self.items[level].extend_from_slice(runs.remainder());
        let one = |run: &[K]| run[self.coin.below(lg_stride)].clone();
        self.items[level + lg_stride].extend(runs.map(one));
        if let Some(candidate) = &sampler.candidate {
            for level in powers(sampler.seen) {
                self.items[level].push(candidate.clone());
            }
        }
    }

    /// Takes in ascending items of a level: of those lighter than level `spread` every so-many-th.
    fn level(&mut self, level: usize, items: &[K], spread: usize) {
        let lg_stride = spread.saturating_sub(level);
        self.reach(level + lg_stride);
        self.absorb(items.first());
        let (whole, rest) = items.split_at(items.len() >> lg_stride << lg_stride);
        let chosen = whole.iter().skip(self.coin.below(lg_stride)).step_by(1 << lg_stride);
        self.items[level + lg_stride].extend(chosen.cloned());
        self.items[level].extend_from_slice(rest);
    }

    /// Moves the items of a level up: every so-many-th to level `entry`, and what does not make a whole
    /// number of those to levels between, as one of two, of four and so on; one may stay.
    fn thin<T: KllItem<Key = K>>(&mut self, level: usize, entry: usize) {
        let mut items = take(&mut self.items[level]);
        self.absorb(items.first());
        let lg_stride = entry - level;
        let count = items.len() >> lg_stride << lg_stride;
        let (whole, mut rest) = items.split_at_mut(count);
        let piece = PIECE.max(count.div_ceil(PIECES)).next_multiple_of(1 << lg_stride);
        for piece in whole.chunks_mut(piece) {
            let ranks = Ranks { offset: self.coin.below(lg_stride), stride: 1 << lg_stride };
            self.items[entry].extend(T::thin(piece, ranks));
        }
        for lg_run in powers(rest.len() as u64) {
            let (run, others) = rest.split_at_mut(1 << lg_run);
            self.items[level + lg_run].push(run[self.coin.below(lg_run)].clone());
            rest = others;
        }
    }

    /// Lets an item into the coin.
    fn absorb(&mut self, item: Option<&K>) {
        if let Some(item) = item {
            self.coin.absorb((self.digest)(item));
        }
    }
}
