//! Random numbers that depend on a seed alone.

/// What words are apart before they are mixed.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// `SplitMix64` (Steele, Lea and Flood 2014).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Draws(u64);

impl Draws {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Goes on without a word, as if one had been drawn.
    pub(crate) fn skip(&mut self) {
        self.0 = self.0.wrapping_add(STEP);
    }

    pub(crate) fn word(&mut self) -> u64 {
        self.skip();
        mixed(self.0)
    }

    /// How many of `n` coins show heads; of very many, half.
    pub(crate) fn heads(&mut self, n: u64) -> u64 {
        if n > 1 << 16 {
            return n / 2;
        }
        let words = (0..n / 64).map(|_| self.word().count_ones()).sum::<u32>();
        u64::from(words + (self.word() & ((1 << (n % 64)) - 1)).count_ones())
    }
}

/// `number` with its bits mixed: one to one, and without a trace of an order.
pub(crate) fn mixed(number: u64) -> u64 {
    let mut mixed = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
