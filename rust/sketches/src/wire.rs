//! Reading and writing little-endian bytes, with every length checked.

use crate::Error;

/// Family numbers of Apache `DataSketches`, and what they stand for.
pub(crate) const FAMILY_HLL: u8 = 7;
pub(crate) const FAMILY_FREQUENT: u8 = 10;
pub(crate) const FAMILY_KLL: u8 = 15;

fn family_name(family: u8) -> &'static str {
    match family {
        1 => "Alpha",
        2 | 3 => "Theta",
        4 => "Theta union",
        5 => "Theta intersection",
        6 => "Theta a-not-b",
        FAMILY_HLL => "HLL",
        8 => "quantiles",
        9 => "tuple",
        FAMILY_FREQUENT => "frequent items",
        11 => "reservoir",
        12 => "reservoir union",
        13 => "VarOpt",
        14 => "VarOpt union",
        FAMILY_KLL => "KLL",
        16 => "CPC",
        17 => "REQ",
        18 => "count-min",
        19 => "EBPPS",
        20 => "t-digest",
        21 => "Bloom filter",
        _ => "unknown",
    }
}

/// A cursor over the bytes of one sketch.
#[derive(Debug, Clone)]
#[allow(unreachable_pub)] // sealed traits name it
pub struct Reader<'a> {
    sketch: &'static str,
    bytes: &'a [u8],
    at: usize,
}

macro_rules! read_le {
    ($name:ident, $type:ty) => {
        pub(crate) fn $name(&mut self, what: &'static str) -> Result<$type, Error> {
            self.array(what).map(<$type>::from_le_bytes)
        }
    };
}

impl<'a> Reader<'a> {
    /// `sketch` names what is being read in errors: "HLL", "KLL", "frequent items".
    pub(crate) fn new(sketch: &'static str, bytes: &'a [u8]) -> Self {
        Self { sketch, bytes, at: 0 }
    }

    /// Offset of the next byte.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Bytes that are left.
    pub(crate) fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// The next `need` bytes.
    pub(crate) fn take(&mut self, what: &'static str, need: usize) -> Result<&'a [u8], Error> {
        let got = self.left();
        if need > got {
            let (sketch, at) = (self.sketch, self.at);
            return Err(Error::Truncated { sketch, what, at, need, got });
        }
        let taken = &self.bytes[self.at..self.at + need];
        self.at += need;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], Error> {
        let mut out = [0; N];
        out.copy_from_slice(self.take(what, N)?);
        Ok(out)
    }

    read_le!(u8, u8);
    read_le!(u16, u16);
    read_le!(u32, u32);
    read_le!(u64, u64);
    read_le!(i64, i64);
    read_le!(f32, f32);
    read_le!(f64, f64);

    /// Reads one byte that must be the family number `expected`.
    pub(crate) fn family(&mut self, expected: u8) -> Result<(), Error> {
        let found = self.u8("family")?;
        if found == expected {
            return Ok(());
        }
        Err(Error::Family { sketch: self.sketch, expected, found, name: family_name(found) })
    }

    /// [`Error::Corrupt`] for this sketch.
    #[cold]
    pub(crate) fn corrupt(
        &self,
        what: &'static str,
        expected: impl ToString,
        found: impl ToString,
    ) -> Error {
        Error::corrupt(self.sketch, what, expected, found)
    }
}
