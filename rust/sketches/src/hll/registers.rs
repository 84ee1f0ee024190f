//! The 2^`lg_k` registers of a grown sketch, one byte each whatever the encoded type.

use super::coupon::Coupon;
use crate::cpu::{Kernel, dispatch};

/// Σ 2^-register, split at register value 32 so that both sums are exact in doubles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct InverseSums {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl InverseSums {
    pub(super) fn total(self) -> f64 {
        self.low + self.high
    }

    #[inline(always)]
    fn add(&mut self, value: u8, sign: f64) {
        let term = sign * inverse_power(value);
        if value < 32 { self.low += term } else { self.high += term }
    }
}

/// 2^-value.
#[inline(always)]
fn inverse_power(value: u8) -> f64 {
    f64::from_bits((1023 - u64::from(value)) << 52)
}

/// How the values came in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum History {
    /// One after the other, so the historic inverse probability (HIP) estimate stands.
    InOrder { hip: f64, sums: InverseSums },
    /// By uniting registers; only their final state is known. Nothing is kept up to date here,
    /// which leaves a merge with one pass of byte maxima.
    OutOfOrder,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Registers {
    bytes: Vec<u8>,
    history: History,
}

impl Registers {
    pub(super) fn new(lg_k: u8) -> Self {
        let sums = InverseSums { low: f64::from(1 << lg_k), high: 0.0 };
        Self { bytes: vec![0; 1 << lg_k], history: History::InOrder { hip: 0.0, sums } }
    }

    /// Registers as decoded: 2^`lg_k` values of at most 63; `hip` unless out of order.
    pub(super) fn from_parts(bytes: Vec<u8>, hip: Option<f64>) -> Self {
        let history = hip.map_or(History::OutOfOrder, |hip| History::InOrder {
            hip,
            sums: inverse_sums(&bytes),
        });
        Self { bytes, history }
    }

    /// Replaces the HIP estimate; nothing if out of order.
    pub(super) fn set_hip(&mut self, estimate: f64) {
        if let History::InOrder { hip, .. } = &mut self.history {
            *hip = estimate;
        }
    }

    pub(super) fn lg_k(&self) -> u8 {
        self.bytes.len().trailing_zeros() as u8
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The HIP estimate, if values came in order.
    pub(super) fn hip(&self) -> Option<f64> {
        match self.history {
            History::InOrder { hip, .. } => Some(hip),
            History::OutOfOrder => None,
        }
    }

    pub(super) fn inverse_sums(&self) -> InverseSums {
        match self.history {
            History::InOrder { sums, .. } => sums,
            History::OutOfOrder => inverse_sums(&self.bytes),
        }
    }

    pub(super) fn zeros(&self) -> usize {
        self.bytes.iter().filter(|&&value| value == 0).count()
    }

    /// The smallest register: no value at or below it changes anything.
    #[inline(always)]
    pub(super) fn floor(&self) -> u8 {
        self.bytes.iter().fold(u8::MAX, |least, &value| least.min(value))
    }

    /// The slot of a hash whose first word is `h1`.
    #[inline(always)]
    pub(super) fn slot(&self, h1: u64) -> u32 {
        h1 as u32 & (self.bytes.len() as u32 - 1)
    }

    #[inline(always)]
    pub(super) fn get(&self, slot: u32) -> u8 {
        self.bytes[slot as usize]
    }

    #[inline(always)]
    pub(super) fn offer(&mut self, coupon: Coupon) {
        let slot = self.slot(u64::from(coupon.slot()));
        if coupon.value() > self.get(slot) {
            self.raise(slot as usize, coupon.value());
        }
    }

    /// HIP (Cohen 2014): before a register changes, add 1 / (probability that a new value
    /// changes one), which is k / Σ 2^-register.
    fn raise(&mut self, slot: usize, value: u8) {
        let k = self.bytes.len() as f64;
        let old = std::mem::replace(&mut self.bytes[slot], value);
        if let History::InOrder { hip, sums } = &mut self.history {
            *hip += k / sums.total();
            sums.add(old, -1.0);
            sums.add(value, 1.0);
        }
    }

    /// Unites with `other`, which has as many registers or more.
    pub(super) fn merge(&mut self, other: &Self) {
        raise_all(&mut self.bytes, &other.bytes);
        self.history = History::OutOfOrder;
    }

    /// The same values over 2^`lg_k` registers, at most as many as there are. The slot is the low
    /// bits of h1 and the value comes from h2, so each register falls onto another unchanged, and
    /// the HIP estimate so far stays what it was.
    pub(super) fn folded(mut self, lg_k: u8) -> Self {
        if lg_k >= self.lg_k() {
            return self;
        }
        let hip = self.hip();
        let rest = self.bytes.split_off(1 << lg_k);
        raise_all(&mut self.bytes, &rest);
        Self::from_parts(self.bytes, hip)
    }
}

/// Raises each of `bytes` to the largest of the `others` that fall on it.
fn raise_all(bytes: &mut [u8], others: &[u8]) {
    dispatch(RaiseAll { bytes, others });
}

struct RaiseAll<'a> {
    bytes: &'a mut [u8],
    others: &'a [u8],
}

impl Kernel for RaiseAll<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for part in self.others.chunks_exact(self.bytes.len()) {
            for (byte, &other) in self.bytes.iter_mut().zip(part) {
                *byte = (*byte).max(other);
            }
        }
    }
}

fn inverse_sums(bytes: &[u8]) -> InverseSums {
    dispatch(SumInverses(bytes))
}

struct SumInverses<'a>(&'a [u8]);

impl Kernel for SumInverses<'_> {
    type Output = InverseSums;

    /// In units of 2^-31 and 2^-63 both sums are integers below 2^53: 2^21 registers at most, and
    /// 2^31 each. Integer sums may be taken in any order, so they vectorise.
    #[inline(always)]
    fn run(self) -> InverseSums {
        let (mut low, mut high) = (0, 0);
        for &value in self.0 {
            let term = 1u64 << (31 - (value & 31));
            low += if value < 32 { term } else { 0 };
            high += if value < 32 { 0 } else { term };
        }
        InverseSums { low: low as f64 * inverse_power(31), high: high as f64 * inverse_power(63) }
    }
}
