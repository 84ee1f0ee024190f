//! Decimals as canonical text and as f64.

use arrow_buffer::{ArrowNativeType, i256};

/// The unscaled integer of a decimal of any width.
pub(crate) trait Unscaled: ArrowNativeType {
    /// Appends the digits, with a sign.
    fn digits(self, out: &mut Vec<u8>);
    /// Rounded, to within a unit in the last place.
    fn to_f64(self) -> f64;
    /// The same integer, wide.
    fn widened(self) -> i256;
}

macro_rules! unscaled {
    ($($int:ty),+) => {$(
        impl Unscaled for $int {
            #[inline]
            fn digits(self, out: &mut Vec<u8>) {
                let mut rest = self.unsigned_abs();
                let start = out.len();
                loop {
                    out.push(b'0' + (rest % 10) as u8);
                    rest /= 10;
                    if rest == 0 {
                        break;
                    }
                }
                if self < 0 {
                    out.push(b'-');
                }
                out[start..].reverse();
            }

            #[allow(clippy::cast_lossless)] // i32 among wider ones
            fn to_f64(self) -> f64 {
                self as f64
            }

            fn widened(self) -> i256 {
                i256::from_i128(self.into())
            }
        }
    )+};
}
unscaled!(i32, i64, i128);

impl Unscaled for i256 {
    fn digits(self, out: &mut Vec<u8>) {
        match self.to_i128() {
            Some(small) => small.digits(out),
            None => out.extend(self.to_string().into_bytes()),
        }
    }

    fn to_f64(self) -> f64 {
        if let Some(small) = self.to_i128() {
            return small.to_f64();
        }
        // By magnitude: the high half of a small negative number would drown the low one.
        let (low, high) = self.wrapping_abs().to_parts();
        let magnitude = high.unsigned_abs() as f64 * 2f64.powi(128) + low as f64;
        if self.is_negative() { -magnitude } else { magnitude }
    }

    fn widened(self) -> i256 {
        self
    }
}

/// Appends the canonical text of unscaled · 10^-scale: no zeros at the end of a fraction, no
/// exponent, "0" for zero; so that 1.5 and 1.50 are one value.
pub(crate) fn write<T: Unscaled>(unscaled: T, scale: i8, out: &mut Vec<u8>) {
    let start = out.len();
    unscaled.digits(out);
    if out[start..] == *b"0" {
        return;
    }
    if scale <= 0 {
        out.resize(out.len() + usize::from(scale.unsigned_abs()), b'0');
        return;
    }
    let mut scale = usize::from(scale.unsigned_abs());
    while scale > 0 && out.last() == Some(&b'0') {
        out.pop();
        scale -= 1;
    }
    if scale == 0 {
        return;
    }
    let first = start + usize::from(out[start] == b'-');
    let digits = out.len() - first;
    // At least one digit stands before the point.
    let missing = (scale + 1).saturating_sub(digits);
    out.splice(first..first, std::iter::repeat_n(b'0', missing));
    let point = out.len() - scale;
    out.insert(point, b'.');
}

/// The unscaled integer of what [`write`] wrote; `None` if it is no such text, or does not fit.
pub(crate) fn read(text: &str, scale: i8) -> Option<i256> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let plain = |digits: &str| digits.len() <= 160 && digits.bytes().all(|b| b.is_ascii_digit());
    if !plain(whole.strip_prefix('-').unwrap_or(whole)) || !plain(fraction) {
        return None;
    }
    if text == "0" {
        return Some(i256::ZERO);
    }
    let zeros = isize::from(scale) - fraction.len() as isize;
    let mut digits = format!("{whole}{fraction}");
    if let Ok(zeros) = usize::try_from(zeros) {
        digits.extend(std::iter::repeat_n('0', zeros));
    } else {
        let kept = digits.len().checked_sub(zeros.unsigned_abs())?;
        let dropped = digits.split_off(kept);
        if dropped.bytes().any(|digit| digit != b'0') {
            return None;
        }
    }
    i256::from_string(&digits)
}

/// unscaled · 10^-scale, rounded.
pub(crate) fn to_f64<T: Unscaled>(unscaled: T, scale: i8) -> f64 {
    let power = 10f64.powi(i32::from(scale.unsigned_abs()));
    if scale < 0 { unscaled.to_f64() * power } else { unscaled.to_f64() / power }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text<T: Unscaled>(unscaled: T, scale: i8) -> String {
        let mut out = Vec::new();
        write(unscaled, scale, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn equal_decimals_have_one_text_whatever_their_width_and_scale() {
        for (unscaled, scale, expected) in [
            (0, 5, "0"),
            (150, 2, "1.5"),
            (15, 1, "1.5"),
            (-150, 2, "-1.5"),
            (5, 3, "0.005"),
            (-5, 1, "-0.5"),
            (1200, 2, "12"),
            (12, -2, "1200"),
            (i32::MIN, 0, "-2147483648"),
        ] {
            assert_eq!(text(unscaled, scale), expected);
            assert_eq!(text(i64::from(unscaled), scale), expected);
            assert_eq!(text(i128::from(unscaled), scale), expected);
            assert_eq!(text(i256::from_i128(i128::from(unscaled)), scale), expected);
        }
        let large = i256::from_i128(i128::MAX).wrapping_mul(i256::from_i128(10));
        assert_eq!(text(large, 1), i128::MAX.to_string());
    }

    #[test]
    fn what_is_written_is_read_back() {
        for (unscaled, scale) in
            [(0, 3), (-5, 1), (150, 2), (12, -2), (0, -2), (i128::MIN, 38), (i128::MAX, 0)]
        {
            let wide = i256::from_i128(unscaled);
            assert_eq!(read(&text(unscaled, scale), scale), Some(wide), "{unscaled} {scale}");
        }
        for wrong in ["", "-", "1.5", "x", "1e5", "١"] {
            assert_eq!(read(wrong, 0).filter(|_| !wrong.is_empty()), None, "{wrong:?}");
        }
    }

    #[test]
    fn as_doubles_they_keep_sign_and_size() {
        assert_eq!(to_f64(12_345i64, 2), 123.45);
        assert_eq!(to_f64(-12i32, -2), -1200.0);
        assert_eq!(to_f64(i256::from_i128(-7), 0), -7.0);
        assert_eq!(to_f64(i256::MAX, 0), 2f64.powi(255));
        assert_eq!(to_f64(i256::MIN, 0), -2f64.powi(255));
        assert_eq!(to_f64(i256::from_i128(i128::MIN), 0), -2f64.powi(127));
    }
}
