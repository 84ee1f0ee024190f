//! The seeded coin.

/// `SplitMix64` (Steele, Lea & Flood 2014): small, seedable, and good enough for fair coins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Coin(u64);

impl Coin {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 fair, independent bits.
    #[inline(always)]
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// One of 2^`bits` positions, uniformly.
    #[inline(always)]
    pub(crate) fn below(&mut self, bits: usize) -> usize {
        self.bits() as usize & ((1 << bits) - 1)
    }

    /// Lets data into the coin, so that two sketches with the same seed do not make the same
    /// choices over different data: their errors would add up in a merge instead of cancelling.
    #[inline(always)]
    pub(crate) fn absorb(&mut self, data: u64) {
        self.0 = mix(self.0 ^ data);
    }
}

/// The finalizer of `SplitMix64`: a bijection that avalanches.
#[inline(always)]
pub(crate) fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
