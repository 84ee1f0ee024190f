//! What comes before the levels: a block sampler, and runs that are sorted once.
//!
//! Standing at n values, with H = log2(n / k) the height of the top level, items that weigh much
//! less than the top level's 2^H need no levels of their own:
//!
//! - from each run of 2^h values one is kept at random, h = H - D (Karnin, Lang & Liberty 2016,
//!   section 4). It counts x <= q with variance at most 4^h / 4, and n / 2^h of them make
//!   n·2^h / 4 = T·(k/2)·2^-D, in units of T = n·2^H / 2k, the variance of compacting the top level.
//! - 2^j·o of those are sorted and every 2^j-th kept from a random offset, so that o items enter
//!   level h + j: variance at most 4^(h+j) / 4 a run, together T·(2/3)^d·2^-d·c / 2o with d the depth
//!   of that level below the top and c = (2/3)^d·k its capacity. Half a capacity at a time, that is
//!   T·(3/4)^d·(4/3)^0 at most.
//!
//! A sketch without the two compacts every level: T·(1 + 3/4 + (3/4)² + …) = 4·T. Here the levels
//! below d = 3 are gone, which saves 4·T·(3/4)^4 = 1.27·T; with D = log2 k - 1, rounded up, the sampler
//! spends T at most. So the error is that of the published fit or less, and of 2^h values one is kept.

use super::levels::capacity;
use crate::random::Coin;

/// Depth below the top where runs enter, while the stride allows.
const ENTRY_DEPTH: u32 = 3;
/// log2 of the largest stride that runs are thinned by: it bounds how many values wait.
const MOST_LG_STRIDE: u32 = 6;

/// How the next run is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plan {
    /// log2 of the values of which one is kept: h.
    pub(super) lg_block: u32,
    /// log2 of the stride through a sorted run: j.
    pub(super) lg_stride: u32,
    /// Kept values that are sorted together.
    pub(super) run: usize,
}

impl Plan {
    /// The plan of a sketch that has seen `n` values and has `levels` levels.
    pub(super) fn new(k: u16, n: u64, levels: usize) -> Self {
        let height = (n / u64::from(k)).checked_ilog2().unwrap_or(0).min(levels as u32 - 1);
        let depth = (u32::from(k).next_power_of_two().trailing_zeros() - 1).max(5);
        let lg_block = height.saturating_sub(depth);
        let entry = (height + (depth - ENTRY_DEPTH).min(MOST_LG_STRIDE)).saturating_sub(depth);
        let room = capacity(k, height as usize + 1, entry as usize);
        let lg_stride = entry - lg_block;
        let run = (room as usize / 2).next_power_of_two() << lg_stride;
        Self { lg_block, lg_stride, run }
    }

    /// The level where a thinned run enters.
    pub(super) fn entry(&self) -> usize {
        (self.lg_block + self.lg_stride) as usize
    }
}

/// Values on their way into the levels.
#[derive(Debug, Clone)]
pub(super) struct Sampler<K> {
    plan: Plan,
    /// Kept values, in order of arrival; each stands for a block.
    pub(super) kept: Vec<K>,
    /// Values of the current block that were seen.
    pub(super) seen: u64,
    /// The one of the current block to be kept.
    pick: u64,
    /// That one if it was seen, or another of the block: something must stand for a block that
    /// is not finished.
    pub(super) candidate: Option<K>,
    /// Fair bits not used yet, and how many.
    bits: (u64, u32),
}

impl<K> Sampler<K> {
    pub(super) fn new(plan: Plan) -> Self {
        Self { plan, kept: Vec::new(), seen: 0, pick: 0, candidate: None, bits: (0, 0) }
    }

    pub(super) fn plan(&self) -> Plan {
        self.plan
    }

    pub(super) fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.seen == 0
    }

    /// Whether a run is complete.
    pub(super) fn is_full(&self) -> bool {
        self.kept.len() >= self.plan.run
    }

    /// Takes of the values `get(at..count)` as many as complete the run; returns where it stopped.
    /// How values are cut into calls makes no difference.
    #[inline(always)]
    pub(super) fn take(
        &mut self,
        mut at: usize,
        count: usize,
        get: impl Fn(usize) -> Option<K>,
        coin: &mut Coin,
    ) -> usize {
        if self.plan.lg_block == 0 {
            let room = self.plan.run - self.kept.len();
            let end = count.min(at + room);
            self.kept.extend((at..end).filter_map(get));
            return end;
        }
        let block = 1 << self.plan.lg_block;
        while at < count && !self.is_full() {
            if self.seen == 0 {
                self.pick = self.draw(coin);
            }
            let step = (block - self.seen).min((count - at) as u64);
            if (self.seen..self.seen + step).contains(&self.pick) {
                self.candidate = get(at + (self.pick - self.seen) as usize);
            }
            self.seen += step;
            at += step as usize;
            if self.seen == block {
                self.kept.extend(self.candidate.take());
                self.seen = 0;
            }
        }
        if self.seen > 0 && self.candidate.is_none() {
            // The first of the block, so that it does not matter where updates are cut; an earlier
            // call has seen to it if the block began there.
            self.candidate = get(at - self.seen as usize);
        }
        at
    }

    /// A position in a block, uniformly.
    #[inline(always)]
    fn draw(&mut self, coin: &mut Coin) -> u64 {
        let need = self.plan.lg_block;
        if self.bits.1 < need {
            self.bits = (coin.bits(), 64);
        }
        let drawn = self.bits.0 & ((1 << need) - 1);
        self.bits = (self.bits.0 >> need, self.bits.1 - need);
        drawn
    }

    /// Forgets what is in it.
    pub(super) fn clear(&mut self) {
        self.kept.clear();
        self.candidate = None;
        self.seen = 0;
    }

    /// Goes on with another plan; there must be nothing in it.
    pub(super) fn set_plan(&mut self, plan: Plan) {
        debug_assert!(self.is_empty());
        if plan.lg_block != self.plan.lg_block {
            self.bits = (0, 0);
        }
        self.plan = plan;
    }
}
