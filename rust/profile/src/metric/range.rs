//! The least and the greatest of many numbers, in lanes so that the compiler may vectorise it.

use drypoint_sketches::{Kernel, dispatch};

/// Two vectors of the widest kind, of the least and the greatest each: more would not stay in registers.
const LANES: usize = 16;

/// The least and the greatest of `values` and of the two in `range`; NaN is neither.
pub(super) fn widened<T: Copy + PartialOrd>(values: &[T], range: (T, T)) -> (T, T) {
    dispatch(Widen { values, range })
}

struct Widen<'a, T> {
    values: &'a [T],
    range: (T, T),
}

impl<T: Copy + PartialOrd> Kernel for Widen<'_, T> {
    type Output = (T, T);

    #[inline(always)]
    fn run(self) -> (T, T) {
        let (mut least, mut most) = ([self.range.0; LANES], [self.range.1; LANES]);
        let (chunks, rest) = self.values.as_chunks::<LANES>();
        for chunk in chunks {
            for lane in 0..LANES {
                least[lane] = lesser(least[lane], chunk[lane]);
                most[lane] = greater(most[lane], chunk[lane]);
            }
        }
        for (lane, &value) in rest.iter().enumerate() {
            least[lane] = lesser(least[lane], value);
            most[lane] = greater(most[lane], value);
        }
        (least.into_iter().fold(self.range.0, lesser), most.into_iter().fold(self.range.1, greater))
    }
}

/// `b` if it is less than `a`.
#[inline(always)]
fn lesser<T: PartialOrd>(a: T, b: T) -> T {
    if b < a { b } else { a }
}

/// `b` if it is greater than `a`.
#[inline(always)]
fn greater<T: PartialOrd>(a: T, b: T) -> T {
    if b > a { b } else { a }
}
