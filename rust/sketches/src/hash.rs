//! `MurmurHash3_x64_128` (Appleby 2011) with the seed of Apache `DataSketches`, and canonical values.
//!
//! Split so that a block of keys can be hashed in vector lanes: [`absorb`] takes the 16-byte blocks
//! of a long key one after the other, [`finish`] takes what is left of any key without a branch.

/// The seed that every `DataSketches` library uses by default.
pub(crate) const SEED: u64 = 9001;

const C1: u64 = 0x87c3_7b91_1142_53d5;
const C2: u64 = 0x4cf5_ad43_2745_937f;

#[inline(always)]
fn scramble1(k: u64) -> u64 {
    k.wrapping_mul(C1).rotate_left(31).wrapping_mul(C2)
}

#[inline(always)]
fn scramble2(k: u64) -> u64 {
    k.wrapping_mul(C2).rotate_left(33).wrapping_mul(C1)
}

#[inline(always)]
fn avalanche(mut h: u64) -> u64 {
    h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

/// The hash of the last `len % 16` bytes, as zero-padded words, after `state` of the blocks before.
#[inline(always)]
pub(crate) fn finish(state: [u64; 2], tail: [u64; 2], len: u64) -> [u64; 2] {
    let h1 = state[0] ^ scramble1(tail[0]) ^ len;
    let h2 = state[1] ^ scramble2(tail[1]) ^ len;
    let h1 = h1.wrapping_add(h2);
    let h2 = h2.wrapping_add(h1);
    let (h1, h2) = (avalanche(h1), avalanche(h2));
    let h1 = h1.wrapping_add(h2);
    [h1, h2.wrapping_add(h1)]
}

/// The hash of one 8-byte key.
#[inline(always)]
pub(crate) fn hash_word(word: u64) -> [u64; 2] {
    finish([SEED, SEED], [word, 0], 8)
}

/// Takes in the 16-byte blocks of `key`; its last `len % 16` bytes are left for [`finish`].
#[inline]
pub(crate) fn absorb(key: &[u8]) -> [u64; 2] {
    let [mut h1, mut h2] = [SEED, SEED];
    for block in key.chunks_exact(16) {
        let [k1, k2] = words(block);
        h1 = (h1 ^ scramble1(k1)).rotate_left(27).wrapping_add(h2);
        h1 = h1.wrapping_mul(5).wrapping_add(0x52dc_e729);
        h2 = (h2 ^ scramble2(k2)).rotate_left(31).wrapping_add(h1);
        h2 = h2.wrapping_mul(5).wrapping_add(0x3849_5ab5);
    }
    [h1, h2]
}

/// At most 16 bytes as two little-endian words, padded with zeros.
#[inline(always)]
pub(crate) fn words(bytes: &[u8]) -> [u64; 2] {
    debug_assert!(bytes.len() <= 16);
    let mut padded = [0; 16];
    padded[..bytes.len()].copy_from_slice(bytes);
    split(u128::from_le_bytes(padded))
}

/// The low and the high half.
#[inline(always)]
pub(crate) fn split(pair: u128) -> [u64; 2] {
    [pair as u64, (pair >> 64) as u64]
}

/// The hash of any key.
#[inline]
pub(crate) fn hash_bytes(key: &[u8]) -> [u64; 2] {
    let tail = &key[key.len() & !15..];
    finish(absorb(key), words(tail), key.len() as u64)
}

/// The bits that a double is hashed by: one zero, one NaN.
#[inline(always)]
pub(crate) fn canonical_bits(x: f64) -> u64 {
    // Adding 0.0 turns -0.0 into 0.0 and leaves every other value; the select vectorises.
    if x.is_nan() { 0x7ff8_0000_0000_0000 } else { (x + 0.0).to_bits() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hashes_are_those_of_datasketches_java() {
        // What it keeps of a hash: leading zeros of h2 + 1, above the low 26 bits of h1.
        let coupon = |[h1, h2]: [u64; 2]| {
            (((h2.leading_zeros().min(62) + 1) << 26) | (h1 as u32 & 0x3ff_ffff)).to_le_bytes()
        };
        let ints = [
            (0, [0xcb, 0xd7, 0xc2, 0x04]),
            (-1, [0xd9, 0x64, 0xe7, 0x0b]),
            (i64::MAX, [0xff, 0xba, 0xb4, 0x0d]),
            (i64::MIN, [0x75, 0x19, 0xc2, 0x0c]),
        ];
        for (value, expected) in ints {
            assert_eq!(coupon(hash_word(value as u64)), expected, "{value}");
            assert_eq!(coupon(hash_bytes(&value.to_le_bytes())), expected, "{value} as bytes");
        }
        let strings = [
            ("a", [0x2f, 0x82, 0x3b, 0x04]),
            ("abc", [0x21, 0x8d, 0x87, 0x04]),
            ("日本語", [0xc8, 0x93, 0x31, 0x0b]),
            ("xxxxxxxxxxxxxxx", [0x37, 0x9d, 0x93, 0x0c]),
            ("xxxxxxxxxxxxxxxx", [0xa8, 0xdc, 0x07, 0x0c]),
            ("xxxxxxxxxxxxxxxxx", [0x48, 0xe3, 0x2b, 0x06]),
            ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", [0x13, 0xc9, 0xcd, 0x0b]),
        ];
        for (string, expected) in strings {
            assert_eq!(coupon(hash_bytes(string.as_bytes())), expected, "{string}");
        }
    }

    #[test]
    fn canonical_floats_have_one_zero_and_one_nan() {
        assert_eq!(canonical_bits(-0.0), canonical_bits(0.0));
        assert_eq!(canonical_bits(-f64::NAN), 0x7ff8_0000_0000_0000);
        assert_eq!(canonical_bits(f64::from_bits(u64::MAX)), 0x7ff8_0000_0000_0000);
    }

    proptest! {
        #[test]
        fn every_other_float_keeps_its_bits(x in any::<f64>()) {
            prop_assume!(!x.is_nan() && x != 0.0);
            prop_assert_eq!(canonical_bits(x), x.to_bits());
        }
    }
}
