//! Exact counts of the strings of a block, for whoever wants to look at each of them once.

use super::block::{Block, MOST};
use super::item::Head;
use super::source::Texts;
use crate::Strings;

/// Strings that tell whether most of a block are unique.
const PROBE: usize = 512;
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
    /// Counts all of `strings`, and forgets what it counted before. False if they do not come eight
    /// times each, nor seem to from the first 512: then it pays more to look at every one, and what
    /// was counted is of no use.
    pub fn count<S: Strings>(&mut self, strings: &S) -> bool {
        let source = Texts(strings);
        let probe = strings.len().min(PROBE);
        // Of values that come eight times in 16,384, nine in ten of the first 512 are distinct.
        if self.0.fill(&source, 0..probe) < probe || self.0.len() > probe / 10 * 9 {
            return false;
        }
        self.0.fill_on(&source, probe..strings.len()) == strings.len()
            && self.0.len() <= strings.len() / LEAST_REPEATS
    }

    /// The distinct strings: where each came first and how often, in the order in which they came.
    pub fn counts(&self) -> impl Iterator<Item = (usize, u64)> {
        self.0.counts()
    }
}
