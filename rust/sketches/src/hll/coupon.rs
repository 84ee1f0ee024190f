//! One hashed value, and the small sets of them that a young sketch is.

/// What a hash contributes: `(min(leading zeros of h2, 62) + 1) << 26 | low 26 bits of h1`.
///
/// Never 0, which marks a free slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Coupon(pub(super) u32);

const SLOT_BITS: u32 = 26;
const SLOT_MASK: u32 = (1 << SLOT_BITS) - 1;

impl Coupon {
    #[inline(always)]
    pub(super) fn new([h1, h2]: [u64; 2]) -> Self {
        Self::pair(h1 as u32 & SLOT_MASK, h2.leading_zeros().min(62) as u8 + 1)
    }

    /// The coupon of one register: its slot and its value.
    #[inline(always)]
    pub(super) fn pair(slot: u32, value: u8) -> Self {
        Self((u32::from(value) << SLOT_BITS) | slot)
    }

    /// All 26 bits of the slot.
    #[inline(always)]
    pub(super) fn slot(self) -> u32 {
        self.0 & SLOT_MASK
    }

    /// The register value, 1 to 63.
    #[inline(always)]
    pub(super) fn value(self) -> u8 {
        (self.0 >> SLOT_BITS) as u8
    }
}

/// log2 of the list's length, and of the first hash table's.
const LG_LIST: u8 = 3;
const LG_FIRST_TABLE: u8 = 5;

/// Distinct coupons: a list of up to 7, then an open-addressing table at most 3/4 full.
///
/// Probing, growth and order are those of every `DataSketches` library, so that the bytes are too.
#[derive(Debug, Clone)]
pub(super) struct Coupons {
    lg_k: u8,
    /// 0 marks a free place.
    table: Vec<u32>,
    count: u32,
}

/// Whether there is room for more, or the sketch must turn into registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub(super) enum Room {
    Left,
    Full,
}

impl Coupons {
    pub(super) fn new(lg_k: u8) -> Self {
        Self { lg_k, table: vec![0; 1 << LG_LIST], count: 0 }
    }

    pub(super) fn lg_k(&self) -> u8 {
        self.lg_k
    }

    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// A list keeps its order of arrival; a table has none.
    pub(super) fn is_list(&self) -> bool {
        self.table.len() == 1 << LG_LIST
    }

    /// log2 of the places there are.
    pub(super) fn lg_places(&self) -> u8 {
        self.table.len().trailing_zeros() as u8
    }

    /// In the order in which they are encoded.
    pub(super) fn iter(&self) -> impl Iterator<Item = Coupon> {
        self.table.iter().filter(|&&place| place != 0).map(|&place| Coupon(place))
    }

    #[inline]
    pub(super) fn insert(&mut self, coupon: Coupon) -> Room {
        if !place(&mut self.table, coupon) {
            return Room::Left;
        }
        self.count += 1;
        self.grow()
    }

    fn grow(&mut self) -> Room {
        let places = self.table.len() as u32;
        if self.is_list() {
            if self.count < places {
                return Room::Left;
            }
            if self.lg_k < 8 {
                return Room::Full;
            }
            self.rebuild(LG_FIRST_TABLE);
            return Room::Left;
        }
        if 4 * self.count <= 3 * places {
            return Room::Left;
        }
        if self.lg_places() == self.lg_k - 3 {
            return Room::Full;
        }
        self.rebuild(self.lg_places() + 1);
        Room::Left
    }

    fn rebuild(&mut self, lg_places: u8) {
        let mut table = vec![0; 1 << lg_places];
        for coupon in self.iter() {
            place(&mut table, coupon);
        }
        self.table = table;
    }
}

/// Puts `coupon` where it belongs; false if it is there already. A table is never full.
#[inline(always)]
fn place(table: &mut [u32], coupon: Coupon) -> bool {
    let lg_places = table.len().trailing_zeros();
    let mask = table.len() as u32 - 1;
    let (mut at, step) = if lg_places == u32::from(LG_LIST) {
        (0, 1)
    } else {
        (coupon.0 & mask, (coupon.slot() >> lg_places) | 1)
    };
    // An odd step visits every place of a power of two.
    loop {
        let found = &mut table[(at & mask) as usize];
        if *found == coupon.0 {
            return false;
        }
        if *found == 0 {
            *found = coupon.0;
            return true;
        }
        at = at.wrapping_add(step);
    }
}

impl PartialEq for Coupons {
    /// The same coupons, whatever their order.
    fn eq(&self, other: &Self) -> bool {
        let sorted = |coupons: &Self| {
            let mut all: Vec<Coupon> = coupons.iter().collect();
            all.sort_unstable();
            all
        };
        self.lg_k == other.lg_k && self.count == other.count && sorted(self) == sorted(other)
    }
}
