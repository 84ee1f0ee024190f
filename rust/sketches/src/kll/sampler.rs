//! What comes before the levels: a block sampler, and runs that are sorted once.
//!
//! Standing at n values, with H = log2(n / k) the height of the top level, items that weigh much
//! less than the top level's 2^H need no levels of their own:
//!
//! - from each run of 2^h values one is kept at random, h = H - D (Karnin, Lang & Liberty 2016,
//!   section 4). It counts x <= q with variance at most 4^h / 4, and n / 2^h of them make
//!   n·2^h / 4 = T·(k/2)·2^-D, in units of T = n·2^H / 2k, the variance of compacting the top level.
//!   With D = log2 k - 1, rounded up, that is T at most. Runs of 2 and of 4 begin one H earlier, where it
//!   would be 2·T: of values in no order, one of b spreads by (1 - 1/b) of the bound only, so 1.5·T.
//! - of 2^j·o of those every 2^j-th in order is kept from a random offset, so that o items enter
//!   level h + j: variance at most 4^(h+j) / 4 a run, together T·(k / 2o)·2^-d with d the depth of
//!   that level below the top.
//!
//! A sketch without the two compacts every level: T·(1 + 3/4 + (3/4)² + …) = 4·T. Here runs with o = k/4
//! or more enter at d = 1 while h is 2 or less, and levels d = 0 and 1 are left: T + 1.75·T, in all
//! 4.25·T. Later they enter at d = 2: 0.5·T + 2.31·T, in all 3.81·T. Before the sampler starts, at
//! n < k·2^(D-1), errors are less than those of a sketch without it.

use super::levels::capacity;
use crate::random::Coin;

/// Depth below the top where thinned runs enter, while the stride allows.
const ENTRY_DEPTH: u32 = 1;
/// Where they enter at least: of what comes first, one in 2^3 is kept.
const LEAST_ENTRY: u32 = 3;
/// log2 of the largest stride that runs are thinned by.
const MOST_LG_STRIDE: u32 = 6;
/// Depth below the top of what one sampled value stands for, at least.
const LEAST_DEPTH: u32 = 5;
/// log2 of the largest block that is taken one height before its time.
const MOST_LG_EARLY: u32 = 2;
/// The longest run, in units of k: it bounds how many values wait.
const LONGEST_RUN: usize = 16;

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
        let k_bound = usize::from(k).next_power_of_two();
        let depth = k_bound.trailing_zeros().saturating_sub(1).max(LEAST_DEPTH);
        let early = height.saturating_sub(depth - 1).min(MOST_LG_EARLY);
        let lg_block = height.saturating_sub(depth).max(early);
        let entry = height.saturating_sub(ENTRY_DEPTH).max(LEAST_ENTRY);
        let lg_stride = (entry - lg_block).min(MOST_LG_STRIDE);
        let entry = lg_block + lg_stride;
        let room = capacity(k, height.max(entry) as usize + 1, entry as usize) as usize;
        let run = (room / 2).next_power_of_two() << lg_stride;
        Self { lg_block, lg_stride, run: run.min(k_bound * LONGEST_RUN) }
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

    /// How many values stand in it.
    pub(super) fn weight(&self) -> u64 {
        ((self.kept.len() as u64) << self.plan.lg_block) + self.seen
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
