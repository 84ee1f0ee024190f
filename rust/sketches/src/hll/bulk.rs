//! Updates by the block: hash many values in vector lanes, look at the few that can matter.
//!
//! A value changes nothing unless its register value exceeds the smallest register. With n values
//! in k registers that leaves about k/n of them, and the test is one comparison of h2 in the loop
//! that hashes: leading zeros of h2 >= floor is h2 <= `u64::MAX` >> floor.

use super::coupon::Coupon;
use super::registers::Registers;
use super::state::State;
use crate::cpu::{Kernel, dispatch};
use crate::hash::{SEED, absorb, canonical_bits, finish, hash_word, words};
use crate::strings::{Heads, LANES, Strings};

/// Values whose test is taken together; most groups hold none that passes.
const GROUP: usize = 16;

/// The hashes of up to `LANES` values.
pub(super) struct Block {
    h1: [u64; LANES],
    h2: [u64; LANES],
    count: usize,
}

impl Block {
    /// Keeps the hashes of strings whose size is not 0.
    #[inline(always)]
    fn drop_empty(&mut self, sizes: &[u64; LANES]) {
        if !sizes[..self.count].contains(&0) {
            return;
        }
        let mut kept = 0;
        for lane in (0..self.count).filter(|&lane| sizes[lane] > 0) {
            (self.h1[kept], self.h2[kept]) = (self.h1[lane], self.h2[lane]);
            kept += 1;
        }
        self.count = kept;
    }
}

/// Values that can be hashed by the block.
pub(super) trait Keys {
    fn len(&self) -> usize;
    /// Hashes the values from `start` on into `block`, as many as fit. Must be inlined.
    fn hash(&mut self, start: usize, block: &mut Block);
}

/// Numbers that hash as one 64-bit word, which `word` makes.
struct Words<'a, T, F> {
    values: &'a [T],
    word: F,
}

impl<T: Copy, F: Fn(T) -> u64> Keys for Words<'_, T, F> {
    fn len(&self) -> usize {
        self.values.len()
    }

    #[inline(always)]
    fn hash(&mut self, start: usize, block: &mut Block) {
        let values = &self.values[start..];
        // A whole block has a length that the compiler knows, and vectorises.
        if let Some(values) = values.first_chunk::<LANES>() {
            for lane in 0..LANES {
                [block.h1[lane], block.h2[lane]] = hash_word((self.word)(values[lane]));
            }
            block.count = LANES;
        } else {
            for (lane, &value) in values.iter().enumerate() {
                [block.h1[lane], block.h2[lane]] = hash_word((self.word)(value));
            }
            block.count = values.len();
        }
    }
}

/// Integers, by the bits of their i64.
pub(super) fn ints<T: Copy + Into<i64>>(values: &[T]) -> impl Keys {
    Words { values, word: |value: T| value.into() as u64 }
}

/// Floats, by the canonical bits of their f64.
pub(super) fn floats<T: Copy + Into<f64>>(values: &[T]) -> impl Keys {
    Words { values, word: |value: T| canonical_bits(value.into()) }
}

/// Byte strings; the empty one is not a value to an HLL.
pub(super) fn texts<S: Strings>(strings: &S) -> impl Keys {
    Texts { strings, heads: Heads::default() }
}

struct Texts<'a, S> {
    strings: &'a S,
    heads: Heads,
}

impl<S: Strings> Keys for Texts<'_, S> {
    fn len(&self) -> usize {
        self.strings.len()
    }

    #[inline(always)]
    fn hash(&mut self, start: usize, block: &mut Block) {
        let heads = &mut self.heads;
        self.strings.heads(start, heads);
        let longest = heads.sizes[..heads.count].iter().fold(0, |most, &size| size.max(most));
        match longest {
            0..=8 => {
                for lane in 0..LANES {
                    let tail = [heads.words[0][lane], 0];
                    [block.h1[lane], block.h2[lane]] = finish([SEED; 2], tail, heads.sizes[lane]);
                }
            }
            9..16 => {
                for lane in 0..LANES {
                    let tail = [heads.words[0][lane], heads.words[1][lane]];
                    [block.h1[lane], block.h2[lane]] = finish([SEED; 2], tail, heads.sizes[lane]);
                }
            }
            _ => self.hash_long(start, block),
        }
        block.count = self.heads.count;
        block.drop_empty(&self.heads.sizes);
    }
}

impl<S: Strings> Texts<'_, S> {
    /// A block with long strings: takes in their 16-byte blocks one by one, then finishes all in
    /// lanes.
    #[inline(always)]
    fn hash_long(&mut self, start: usize, block: &mut Block) {
        let heads = &mut self.heads;
        let mut states = [[SEED; LANES]; 2];
        for lane in (0..heads.count).filter(|&lane| heads.sizes[lane] >= 16) {
            let key = self.strings.get(start + lane);
            [states[0][lane], states[1][lane]] = absorb(key);
            [heads.words[0][lane], heads.words[1][lane]] = words(&key[key.len() & !15..]);
        }
        for lane in 0..LANES {
            let state = [states[0][lane], states[1][lane]];
            let tail = [heads.words[0][lane], heads.words[1][lane]];
            [block.h1[lane], block.h2[lane]] = finish(state, tail, heads.sizes[lane]);
        }
    }
}

/// Offers all keys to the sketch, in order.
pub(super) fn offer_all<K: Keys>(state: &mut State, mut keys: K) {
    dispatch(OfferAll { state, keys: &mut keys });
}

/// [`offer_all`] at a level of CPU, to test that all agree.
#[cfg(test)]
pub(super) fn offer_all_at<K: Keys>(level: crate::CpuLevel, state: &mut State, mut keys: K) {
    crate::cpu::dispatch_at(level, OfferAll { state, keys: &mut keys });
}

struct OfferAll<'a, K> {
    state: &'a mut State,
    keys: &'a mut K,
}

impl<K: Keys> Kernel for OfferAll<'_, K> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { state, keys } = self;
        let mut block = Block { h1: [0; LANES], h2: [0; LANES], count: 0 };
        let mut recent = Recent::new(keys.len());
        let mut at = 0;
        while at < keys.len() && matches!(state, State::Coupons(_)) {
            keys.hash(at, &mut block);
            for lane in 0..block.count {
                let coupon = Coupon::new([block.h1[lane], block.h2[lane]]);
                if recent.is_new(coupon) {
                    state.offer(coupon);
                }
            }
            at += LANES;
        }
        if let State::Registers(registers) = state {
            fill(registers, keys, at, &mut block);
        }
    }
}

/// The last coupon seen at each place. While a sketch holds a few hundred coupons nearly every
/// value is one of them, and this tells so in one look where the hash table needs a walk.
struct Recent(Vec<u32>);

impl Recent {
    /// One place if few `keys` come, for then it does not pay.
    fn new(keys: usize) -> Self {
        const PLACES: usize = 1 << 12;
        Self(vec![0; if keys < 4 * PLACES { 1 } else { PLACES }])
    }

    /// False only if `coupon` came before.
    #[inline(always)]
    fn is_new(&mut self, coupon: Coupon) -> bool {
        let place = coupon.0 as usize & (self.0.len() - 1);
        std::mem::replace(&mut self.0[place], coupon.0) != coupon.0
    }
}

/// Offers the keys from `from` on to the registers.
#[inline(always)]
fn fill<K: Keys>(registers: &mut Registers, keys: &mut K, mut from: usize, block: &mut Block) {
    // Looking for the floor reads k bytes; it is worth it once for every 4·k values.
    let stretch = 4 * registers.bytes().len();
    while from < keys.len() {
        let to = keys.len().min(from + stretch);
        let floor = if to - from == stretch { registers.floor() } else { 0 };
        for at in (from..to).step_by(LANES) {
            keys.hash(at, block);
            offer(registers, block, u64::MAX >> floor);
        }
        from = to;
    }
}

/// Offers the hashes whose h2 is at most `limit`: the others change no register.
#[inline(always)]
fn offer(registers: &mut Registers, block: &Block, limit: u64) {
    let whole = block.count - block.count % GROUP;
    for at in (0..whole).step_by(GROUP) {
        let (Some(h1), Some(h2)) = (block.h1[at..].first_chunk(), block.h2[at..].first_chunk())
        else {
            return;
        };
        if h2.iter().fold(false, |any, &h2| any | (h2 <= limit)) {
            offer_group(registers, h1, h2);
        }
    }
    for lane in whole..block.count {
        registers.offer(Coupon::new([block.h1[lane], block.h2[lane]]));
    }
}

/// While a sketch is young the floor is low and all pass it: then those that raise a register are told
/// for a whole group without a branch, and the others are not looked at one by one.
#[inline(always)]
fn offer_group(registers: &mut Registers, h1: &[u64; GROUP], h2: &[u64; GROUP]) {
    let slots: [u32; GROUP] = std::array::from_fn(|lane| registers.slot(h1[lane]));
    let zeros: [u8; GROUP] = std::array::from_fn(|lane| h2[lane].leading_zeros() as u8);
    let old: [u8; GROUP] = slots.map(|slot| registers.get(slot));
    // The value is one more than the zeros, so it raises a register that is not above them.
    let mut raises = (0..GROUP)
        .fold(0u32, |raises, lane| raises | (u32::from(zeros[lane] >= old[lane]) << lane));
    while raises > 0 {
        let lane = raises.trailing_zeros() as usize % GROUP;
        registers.offer(Coupon::new([h1[lane], h2[lane]]));
        raises &= raises - 1;
    }
}
