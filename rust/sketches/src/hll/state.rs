//! A sketch is a few coupons until registers are smaller, then registers.

use super::coupon::{Coupon, Coupons, Room};
use super::estimators::coupon_estimate;
use super::registers::Registers;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum State {
    Coupons(Coupons),
    Registers(Registers),
}

impl State {
    pub(super) fn new(lg_k: u8) -> Self {
        Self::Coupons(Coupons::new(lg_k))
    }

    pub(super) fn lg_k(&self) -> u8 {
        match self {
            Self::Coupons(coupons) => coupons.lg_k(),
            Self::Registers(registers) => registers.lg_k(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Coupons(coupons) => coupons.count() == 0,
            Self::Registers(registers) => registers.bytes().iter().all(|&value| value == 0),
        }
    }

    #[inline]
    pub(super) fn offer(&mut self, coupon: Coupon) {
        match self {
            Self::Registers(registers) => registers.offer(coupon),
            Self::Coupons(coupons) => {
                if coupons.insert(coupon) == Room::Full {
                    *self = Self::Registers(promoted(coupons));
                }
            }
        }
    }

    /// The same values at the smaller `lg_k`.
    fn lowered(self, lg_k: u8) -> Self {
        match self {
            Self::Registers(registers) => Self::Registers(registers.folded(lg_k)),
            Self::Coupons(coupons) if lg_k >= coupons.lg_k() => Self::Coupons(coupons),
            Self::Coupons(coupons) => {
                let mut state = Self::new(lg_k);
                coupons.iter().for_each(|coupon| state.offer(coupon));
                state
            }
        }
    }

    /// Unites with `other`, at the smaller `lg_k` of the two.
    pub(super) fn merge(&mut self, other: &Self) {
        if other.is_empty() {
            return;
        }
        let lg_k = self.lg_k().min(other.lg_k());
        if lg_k < self.lg_k() {
            *self = std::mem::replace(self, Self::new(lg_k)).lowered(lg_k);
        }
        match (&mut *self, other) {
            (_, Self::Coupons(theirs)) => theirs.iter().for_each(|coupon| self.offer(coupon)),
            (Self::Registers(ours), Self::Registers(theirs)) => ours.merge(theirs),
            (Self::Coupons(ours), Self::Registers(theirs)) => {
                // Coupons are values: they may come after the registers, and HIP stands.
                let mut united = theirs.clone().folded(lg_k);
                ours.iter().for_each(|coupon| united.offer(coupon));
                *self = Self::Registers(united);
            }
        }
    }
}

/// The registers of all `coupons`. HIP goes on from the estimate that the coupons gave.
fn promoted(coupons: &Coupons) -> Registers {
    let mut registers = Registers::new(coupons.lg_k());
    coupons.iter().for_each(|coupon| registers.offer(coupon));
    registers.set_hip(coupon_estimate(coupons.count()));
    registers
}
