//! Streams of n values whose truth is known without keeping them.
//!
//! A stream is the numbers 0..n in some order, or numbers that fall off by rank; so the rank of x is
//! known in closed form, or by counting.

/// Values that are handed out at a time.
pub const CHUNK: usize = 1 << 14;

/// `SplitMix64`'s finalizer: a bijection that avalanches.
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The order in which values come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// A permutation, another one for each trial.
    Random,
    /// Ascending.
    Sorted,
    /// Descending.
    Reversed,
    /// Value v comes n / (v + 1) times or so, shuffled: many ties, a long tail.
    Zipf,
    /// Rising and falling with a period of 1,024: in step with blocks and runs of powers of two.
    Periodic,
}

impl Order {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Random, Self::Sorted, Self::Reversed, Self::Zipf, Self::Periodic];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::Sorted => "sorted",
            Self::Reversed => "reversed",
            Self::Zipf => "zipf",
            Self::Periodic => "periodic",
        }
    }
}

/// n values in some order.
#[derive(Debug, Clone, Copy)]
pub struct Stream {
    /// How many.
    pub n: u64,
    /// In which order.
    pub order: Order,
    /// Which of many such streams.
    pub trial: u64,
}

impl Stream {
    /// The value at position `i`, below n.
    pub fn value(&self, i: u64) -> u64 {
        match self.order {
            Order::Random => self.permuted(i),
            Order::Sorted => i,
            Order::Reversed => self.n - 1 - i,
            Order::Zipf => {
                // 1/u is distributed as a Zipf law of exponent 2 in the tail; squared root flattens it.
                let u = (mix(i ^ (self.trial << 40)) >> 11) as f64 / (1u64 << 53) as f64;
                ((1.0 / (u + 1e-9)).powf(0.9) as u64).min(self.n - 1)
            }
            Order::Periodic => {
                let (block, place) = (i / 1024, i % 1024);
                let blocks = self.n.div_ceil(1024);
                (place * blocks + block) % self.n.max(1)
            }
        }
    }

    /// A bijection of 0..n: a Feistel network over the next power of four, walked until it is below n.
    fn permuted(&self, i: u64) -> u64 {
        let half = (64 - self.n.leading_zeros()).div_ceil(2).max(1);
        let mask = (1u64 << half) - 1;
        let keys = [0, 1, 2, 3].map(|round| mix((self.trial << 8) | round));
        let mut x = i;
        loop {
            let (mut left, mut right) = (x >> half, x & mask);
            for key in keys {
                let f = (right ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - half);
                (left, right) = (right, left ^ f);
            }
            x = (left << half) | right;
            if x < self.n {
                return x;
            }
        }
    }

    /// Calls `f` with the values, a chunk at a time.
    pub fn chunks(&self, mut f: impl FnMut(&[u64])) {
        let mut buffer = Vec::with_capacity(CHUNK);
        let mut from = 0;
        while from < self.n {
            let to = self.n.min(from + CHUNK as u64);
            buffer.clear();
            buffer.extend((from..to).map(|i| self.value(i)));
            f(&buffer);
            from = to;
        }
    }

    /// How many distinct values there are.
    pub fn distinct(&self) -> u64 {
        if matches!(self.order, Order::Random | Order::Sorted | Order::Reversed) {
            return self.n;
        }
        let mut seen = vec![0u64; (self.n / 64 + 1) as usize];
        self.chunks(|values| {
            values.iter().for_each(|value| seen[(value / 64) as usize] |= 1 << (value % 64));
        });
        seen.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// How many values are at most each of `points`, which ascend.
    pub fn ranks(&self, points: &[u64]) -> Vec<u64> {
        if matches!(self.order, Order::Random | Order::Sorted | Order::Reversed) {
            return points.iter().map(|&point| point + 1).collect();
        }
        let mut counts = vec![0u64; points.len() + 1];
        self.chunks(|values| {
            for value in values {
                counts[points.partition_point(|point| point < value)] += 1;
            }
        });
        let mut sum = 0;
        let below = counts.iter().map(|count| {
            sum += count;
            sum
        });
        below.take(points.len()).collect()
    }
}
