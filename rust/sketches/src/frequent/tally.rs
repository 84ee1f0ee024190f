//! Exact counts of the strings of a block, for whoever wants to look at each of them once.

use super::block::{Block, MOST};
use super::item::Head;
use super::source::Texts;
use crate::Strings;

/// A string that stands for fewer others than this costs more than it saves.
const LEAST_REPEATS: usize = 8;

/// Counts the distinct strings of one block after the other.
#[derive(Debug, Clone)]
pub struct StringTally(Block<Head>);

impl Default for StringTally {
    fn default() -> Self {
        Self(Block::new(MOST))
    }
}

impl StringTally {
    /// Strings that tell whether it pays to count a block.
    pub const PROBE: usize = 512;

    /// Whether so few of the first [`PROBE`](Self::PROBE) strings of a block are distinct that it may
    /// pay to count the block: of values that come eight times in 16,384, nine in ten are.
    pub fn may_pay(distinct: usize, strings: usize) -> bool {
        distinct <= strings / 10 * 9
    }

    /// Whether it pays to look at each distinct string of a block once.
    pub fn pays(distinct: usize, strings: usize) -> bool {
        distinct <= strings / LEAST_REPEATS
    }

    /// Counts all of `strings`, and forgets what it counted before. False if they do not come eight
    /// times each, nor seem to from the first 512: then it pays more to look at every one, and what
    /// was counted is of no use.
    pub fn count<S: Strings>(&mut self, strings: &S) -> bool {
        let source = Texts(strings);
        let probe = strings.len().min(Self::PROBE);
        let most = strings.len() / LEAST_REPEATS;
        if self.0.refill(&source, 0..probe, most) < probe || !Self::may_pay(self.0.len(), probe) {
            return false;
        }
        self.0.fill_on(&source, probe..strings.len()) == strings.len()
            && Self::pays(self.0.len(), strings.len())
    }

    /// The distinct strings: where each came first and how often, in the order in which they came.
    pub fn counts(&self) -> impl Iterator<Item = (usize, u64)> {
        self.0.counts()
    }
}
