//! Exact counts of the strings of a block, for whoever wants to look at each of them once.

use super::block::{Block, Key, Source};
use super::item::Head;
use super::narrow::Narrow;
use super::pool::{give_back, taken};
use super::source::Texts;
use crate::Strings;

/// A string that stands for fewer others than this costs more than it saves.
const LEAST_REPEATS: usize = 8;

/// Counts the distinct strings of one block after the other. Its tables are those that bulk updates of
/// this thread work with, from the first block on until it is dropped.
#[derive(Debug, Default)]
pub struct StringTally {
    wide: Option<Block<Head>>,
    /// Of strings that are all narrow.
    narrow: Option<Block<i64>>,
    is_narrow: bool,
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
        let narrow = Narrow::new(strings);
        self.is_narrow = narrow.begins();
        if self.is_narrow {
            let counted = count(self.narrow.get_or_insert_with(taken), &narrow);
            if narrow.fits() {
                return counted;
            }
            self.is_narrow = false;
        }
        count(self.wide.get_or_insert_with(taken), &Texts(strings))
    }

    /// The distinct strings: where each came first and how often, in the order in which they came.
    pub fn counts(&self) -> Vec<(usize, u64)> {
        if self.is_narrow { counts(self.narrow.as_ref()) } else { counts(self.wide.as_ref()) }
    }
}

impl Drop for StringTally {
    fn drop(&mut self) {
        self.wide.take().into_iter().for_each(give_back);
        self.narrow.take().into_iter().for_each(give_back);
    }
}

fn counts<K: Key>(block: Option<&Block<K>>) -> Vec<(usize, u64)> {
    block.map_or_else(Vec::new, |block| block.counts().collect())
}

/// Counts all of `source`, unless that does not pay.
fn count<S: Source>(block: &mut Block<S::Key>, source: &S) -> bool {
    let all = source.len();
    let probe = all.min(StringTally::PROBE);
    let most = all / LEAST_REPEATS;
    if block.refill(source, 0..probe, most) < probe || !StringTally::may_pay(block.len(), probe) {
        return false;
    }
    block.fill_on(source, probe..all) == all && StringTally::pays(block.len(), all)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::StringSlices;

    /// How often each string came, in the order of first occurrence.
    fn truth(strings: &[Vec<u8>]) -> Vec<(usize, u64)> {
        let first = |at: usize| strings.iter().position(|other| *other == strings[at]);
        let firsts = (0..strings.len()).filter(|&at| first(at) == Some(at));
        let count =
            |at: usize| strings.iter().filter(|other| **other == strings[at]).count() as u64;
        firsts.map(|at| (at, count(at))).collect()
    }

    /// Strings around the longest narrow one, some of which look like shorter ones with their size.
    fn strings() -> impl Strategy<Value = Vec<Vec<u8>>> {
        let byte = prop::sample::select(vec![0u8, 7, 8, b'a']);
        let few = prop::collection::vec(prop::collection::vec(byte, 0..10), 1..6);
        few.prop_flat_map(|few| prop::collection::vec(prop::sample::select(few), 600..700))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_block_is_counted_like_the_first(blocks in prop::collection::vec(strings(), 1..4)) {
            let mut tally = StringTally::default();
            for strings in &blocks {
                prop_assert!(tally.count(&StringSlices(strings)));
                prop_assert_eq!(tally.counts(), truth(strings));
            }
        }
    }
}
