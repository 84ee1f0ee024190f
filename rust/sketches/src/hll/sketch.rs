//! The sketch itself.

use super::bulk::{self, Keys};
use super::codec::{self, Order};
use super::coupon::Coupon;
use super::state::State;
use super::{bounds, packing};
use crate::hash::{canonical_bits, hash_bytes, hash_word};
use crate::{Error, Estimate, Sketch, Strings, Update};

/// Bits that a register takes when encoded. In memory it is always a byte, so that updates and
/// merges are the same for all; the type changes the size of the bytes and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HllType {
    /// 4 bits, counted from the smallest register: the smallest, and the default everywhere.
    #[default]
    Hll4,
    /// 6 bits.
    Hll6,
    /// 8 bits.
    Hll8,
}

/// Counts distinct values; see the [module](super).
#[derive(Debug, Clone, PartialEq)]
pub struct HllSketch {
    pub(super) state: State,
    hll_type: HllType,
}

impl HllSketch {
    /// An empty sketch of 2^`lg_k` registers: 4 to 21; 12 is 4,096 registers, 1.3 % standard error.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if `lg_k` is not 4 to 21.
    pub fn new(lg_k: u8, hll_type: HllType) -> Result<Self, Error> {
        if !(4..=21).contains(&lg_k) {
            return Err(Error::out_of_range("lg_k", "4 to 21", lg_k));
        }
        Ok(Self { state: State::new(lg_k), hll_type })
    }

    /// log2 of the number of registers.
    pub fn lg_k(&self) -> u8 {
        self.state.lg_k()
    }

    /// How registers are encoded.
    pub fn hll_type(&self) -> HllType {
        self.hll_type
    }

    /// The same sketch, encoded as `hll_type`.
    #[must_use]
    pub fn with_type(self, hll_type: HllType) -> Self {
        Self { hll_type, ..self }
    }

    /// The number of distinct values, with bounds at 2 standard deviations (95.4 %).
    pub fn estimate(&self) -> Estimate {
        let nothing = Estimate::exact(0.0);
        if self.is_empty() { nothing } else { self.estimate_at(2).unwrap_or(nothing) }
    }

    /// The number of distinct values, with bounds at 1, 2 or 3 standard deviations: 68.3, 95.4 or
    /// 99.7 %.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for any other `std_devs`.
    pub fn estimate_at(&self, std_devs: u8) -> Result<Estimate, Error> {
        bounds::bounded(&self.state, std_devs)
    }

    /// Whether registers were united, so that the composite estimator must be used instead of HIP.
    pub fn is_out_of_order(&self) -> bool {
        matches!(&self.state, State::Registers(registers) if registers.hip().is_none())
    }

    /// Folds in integers of any width that fits i64.
    pub fn update_ints<T: Copy + Into<i64>>(&mut self, values: &[T]) {
        self.update_keys(bulk::ints(values));
    }

    /// Folds in unsigned integers, by the bits that they share with i64.
    pub fn update_u64s(&mut self, values: &[u64]) {
        self.update_ints(bytemuck::cast_slice::<u64, i64>(values));
    }

    /// Folds in floats: -0.0 is 0.0, every NaN is the same value, `f32` is widened.
    pub fn update_floats<T: Copy + Into<f64>>(&mut self, values: &[T]) {
        self.update_keys(bulk::floats(values));
    }

    /// Folds in byte strings. The empty string is not counted, as in every other library.
    pub fn update_strings<S: Strings>(&mut self, strings: &S) {
        self.update_keys(bulk::texts(strings));
    }

    fn update_keys(&mut self, keys: impl Keys) {
        bulk::offer_all(&mut self.state, keys);
    }

    /// [`encode`](Sketch::encode), with the coupons of a sketch of few values in ascending order: then
    /// the same values give the same bytes in whatever order they came.
    pub fn encode_ascending(&self) -> Vec<u8> {
        codec::encode(&self.state, self.hll_type, Order::Ascending)
    }
}

impl Sketch for HllSketch {
    /// Unites the two sets of values, at the smaller `lg_k` of the two; the type stays. It is
    /// commutative and associative in the registers, exactly. An empty `other` changes nothing.
    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.state.merge(&other.state);
        Ok(())
    }

    fn encode(&self) -> Vec<u8> {
        codec::encode(&self.state, self.hll_type, Order::Table)
    }

    fn decode(bytes: &[u8]) -> Result<Self, Error> {
        codec::decode(bytes).map(|(state, hll_type)| Self { state, hll_type })
    }

    fn byte_bound(&self) -> usize {
        match &self.state {
            State::Coupons(coupons) => 12 + 4 * coupons.count() as usize,
            State::Registers(registers) => {
                let k = registers.bytes().len();
                let exceptions = match self.hll_type {
                    HllType::Hll4 => packing::exception_count(registers.bytes()),
                    HllType::Hll6 | HllType::Hll8 => 0,
                };
                codec::PREAMBLE + packing::size(self.hll_type, k) + 4 * exceptions
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.state.is_empty()
    }
}

/// A value counts once however often it comes, so that weights do not matter, but for 0.
macro_rules! update {
    ($item:ty, |$value:ident| $hash:expr) => {
        impl Update<$item> for HllSketch {
            fn update(&mut self, $value: &$item) {
                self.state.offer(Coupon::new($hash));
            }

            fn update_weighted(&mut self, item: &$item, weight: u64) -> Result<(), Error> {
                if weight > 0 {
                    self.update(item);
                }
                Ok(())
            }
        }
    };
}
update!(i64, |item| hash_word(*item as u64));
update!(f64, |item| hash_word(canonical_bits(*item)));

impl Update<[u8]> for HllSketch {
    /// The empty string is not counted.
    fn update(&mut self, item: &[u8]) {
        if !item.is_empty() {
            self.state.offer(Coupon::new(hash_bytes(item)));
        }
    }

    fn update_weighted(&mut self, item: &[u8], weight: u64) -> Result<(), Error> {
        if weight > 0 {
            self.update(item);
        }
        Ok(())
    }
}

impl Update<str> for HllSketch {
    fn update(&mut self, item: &str) {
        self.update(item.as_bytes());
    }

    fn update_weighted(&mut self, item: &str, weight: u64) -> Result<(), Error> {
        self.update_weighted(item.as_bytes(), weight)
    }
}
