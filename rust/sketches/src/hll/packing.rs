//! Registers in 4, 6 or 8 bits.

use super::coupon::Coupon;
use super::sketch::HllType;

/// What an unpacked register holds whose value 4 bits could not.
pub(super) const EXCEPTION: u8 = u8::MAX;

/// Bytes that `k` registers take.
pub(super) fn size(hll_type: HllType, k: usize) -> usize {
    match hll_type {
        HllType::Hll4 => k / 2,
        // One byte more, so that other libraries may read registers as pairs of bytes.
        HllType::Hll6 => k * 3 / 4 + 1,
        HllType::Hll8 => k,
    }
}

/// The registers packed, and those that 4 bits above `base` cannot hold.
pub(super) fn pack(bytes: &[u8], hll_type: HllType, base: u8) -> (Vec<u8>, Vec<Coupon>) {
    match hll_type {
        HllType::Hll4 => (pack4(bytes, base), exceptions(bytes, base)),
        HllType::Hll6 => (pack6(bytes), Vec::new()),
        HllType::Hll8 => (bytes.to_vec(), Vec::new()),
    }
}

/// The `k` registers of `packed`, whose length is [`size`].
pub(super) fn unpack(packed: &[u8], hll_type: HllType, k: usize, base: u8) -> Vec<u8> {
    match hll_type {
        HllType::Hll4 => unpack4(packed, base),
        HllType::Hll6 => unpack6(packed, k),
        HllType::Hll8 => packed.to_vec(),
    }
}

fn pack4(bytes: &[u8], base: u8) -> Vec<u8> {
    let nibble = |value: u8| (value - base).min(15);
    bytes.chunks_exact(2).map(|pair| nibble(pair[0]) | (nibble(pair[1]) << 4)).collect()
}

fn exceptions(bytes: &[u8], base: u8) -> Vec<Coupon> {
    // Nearly always there are none, which one vectorised pass shows.
    if bytes.iter().fold(0, |most: u8, &value| most.max(value)) < base + 15 {
        return Vec::new();
    }
    let large = |&(_, &value): &(usize, &u8)| value - base >= 15;
    let pairs = bytes.iter().enumerate().filter(large);
    pairs.map(|(slot, &value)| Coupon::pair(slot as u32, value)).collect()
}

/// How many registers 4 bits above the smallest cannot hold.
pub(super) fn exception_count(bytes: &[u8]) -> usize {
    let least = bytes.iter().fold(u8::MAX, |least, &value| least.min(value));
    bytes.iter().filter(|&&value| value - least >= 15).count()
}

fn unpack4(packed: &[u8], base: u8) -> Vec<u8> {
    let value = |nibble: u8| if nibble == 15 { EXCEPTION } else { nibble + base };
    let mut out = vec![0; 2 * packed.len()];
    for (two, &pair) in out.chunks_exact_mut(2).zip(packed) {
        two.copy_from_slice(&[value(pair & 15), value(pair >> 4)]);
    }
    out
}

/// Four registers to three bytes, lowest bits first.
fn pack6(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(size(HllType::Hll6, bytes.len()));
    for four in bytes.chunks_exact(4) {
        let bits = four.iter().rev().fold(0, |bits: u32, &value| (bits << 6) | u32::from(value));
        out.extend_from_slice(&bits.to_le_bytes()[..3]);
    }
    out.push(0);
    out
}

fn unpack6(packed: &[u8], k: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(k);
    for three in packed[..k * 3 / 4].chunks_exact(3) {
        let bits = u32::from_le_bytes([three[0], three[1], three[2], 0]);
        out.extend([0, 6, 12, 18].map(|shift| (bits >> shift) as u8 & 63));
    }
    out
}

/// The hash table that other libraries keep exceptions in, 0 for a free place: it gives the order
/// in which they are written. Empty if there are none.
pub(super) fn exception_table(exceptions: &[Coupon], lg_k: u8) -> Vec<u32> {
    if exceptions.is_empty() {
        return Vec::new();
    }
    // At most 3/4 full, and at least as large as a new one.
    let mut lg_places = exceptions.len().next_power_of_two().trailing_zeros();
    if 4 * exceptions.len() > 3 << lg_places {
        lg_places += 1;
    }
    let lg_places = lg_places.max(least_lg_places(lg_k));
    let mut table = vec![0; 1 << lg_places];
    let mask = table.len() - 1;
    for coupon in exceptions {
        let slot = coupon.slot() as usize;
        let step = (slot >> lg_places) | 1;
        let mut at = slot & mask;
        while table[at] != 0 {
            at = (at + step) & mask;
        }
        table[at] = coupon.0;
    }
    table
}

/// log2 of the places of a new exception table.
fn least_lg_places(lg_k: u8) -> u32 {
    match lg_k {
        0..=6 => 2,
        7..=9 => 3,
        10 | 11 => 4,
        12 | 13 => 5,
        _ => u32::from(lg_k) - 8,
    }
}
