//! Strings as Arrow views.

use super::{Heads, LANES, Strings, check, clip};
use crate::Error;
use crate::hash::{split, words};

/// Longest string that lies inside its view.
pub(super) const INLINE: usize = 12;

/// What no byte of an ASCII string has.
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

/// Strings as Arrow views: 12 bytes or less inside the view, longer ones in a data buffer.
#[derive(Debug, Clone, Copy)]
pub struct ViewStrings<'a> {
    views: &'a [u128],
    buffers: &'a [&'a [u8]],
}

impl<'a> ViewStrings<'a> {
    /// Strings that `views` describe, the long ones in `buffers`.
    ///
    /// # Errors
    /// [`Error::Bounds`] if a view has a negative length, or points outside its buffer.
    pub fn try_new(views: &'a [u128], buffers: &'a [&'a [u8]]) -> Result<Self, Error> {
        let this = Self { views, buffers };
        // Nearly all columns are either short throughout, which one vectorised pass shows, or not.
        let short = views.iter().fold(true, |ok, &view| ok & (view as u32 <= INLINE as u32));
        if short {
            return Ok(this);
        }
        match (0..views.len()).find(|&index| this.find(index).is_none()) {
            None => Ok(this),
            Some(index) => Err(this.culprit(index)),
        }
    }

    /// The same without a look at the views, for whoever has made these strings before. Strings of
    /// views that lie after all are empty.
    pub fn trusted(views: &'a [u128], buffers: &'a [&'a [u8]]) -> Self {
        Self { views, buffers }
    }

    #[cold]
    fn culprit(&self, index: usize) -> Error {
        let view = self.views[index];
        let (size, buffer, offset) = (view as i32, (view >> 64) as i32, (view >> 96) as i32);
        let detail = match usize::try_from(buffer).ok().and_then(|b| self.buffers.get(b)) {
            None => format!("buffer {buffer} of {}", self.buffers.len()),
            Some(b) => format!("{size} bytes at {offset} in a buffer of {} bytes", b.len()),
        };
        Error::Bounds { index, detail }
    }

    /// The string at `index` if it is long and inside its buffer, or short.
    #[inline(always)]
    fn find(&self, index: usize) -> Option<&'a [u8]> {
        let view = self.views[index];
        let size = view as u32 as usize;
        if size <= INLINE {
            return Some(&[]);
        }
        let (buffer, offset) = ((view >> 64) as u32 as usize, (view >> 96) as u32 as usize);
        if size > i32::MAX as usize {
            return None;
        }
        self.buffers.get(buffer)?.get(offset..)?.get(..size)
    }
}

impl Strings for ViewStrings<'_> {
    fn len(&self) -> usize {
        self.views.len()
    }

    #[inline(always)]
    fn get(&self, index: usize) -> &[u8] {
        let size = self.size(index);
        if size > INLINE {
            return self.find(index).unwrap_or_default();
        }
        &bytemuck::bytes_of(&self.views[index])[4..4 + size]
    }

    #[inline(always)]
    fn size(&self, index: usize) -> usize {
        self.views[index] as u32 as usize
    }

    #[inline(always)]
    fn head(&self, index: usize) -> [u64; 2] {
        let view = self.views[index];
        let size = view as u32;
        if size as usize <= INLINE {
            return clip(split(view >> 32), size);
        }
        let string = self.get(index);
        words(&string[..string.len().min(16)])
    }

    #[inline(always)]
    fn heads(&self, start: usize, heads: &mut Heads) {
        heads.count = self.len().saturating_sub(start).min(LANES);
        let Some(views) = self.views[start..].first_chunk::<LANES>() else {
            for lane in 0..heads.count {
                heads.sizes[lane] = self.size(start + lane) as u64;
                [heads.words[0][lane], heads.words[1][lane]] = self.head(start + lane);
            }
            return;
        };
        // Halves, because shifts of 128 bits do not vectorise.
        let halves: &[[u64; 2]; LANES] = bytemuck::cast_ref(views);
        let mut longest = 0;
        for lane in 0..LANES {
            let [first, second] = halves[lane];
            let size = first & u64::from(u32::MAX);
            heads.sizes[lane] = size;
            heads.words[0][lane] = (first >> 32) | (second << 32);
            heads.words[1][lane] = second >> 32;
            longest = longest.max(size);
        }
        heads.clip();
        if longest > INLINE as u64 {
            for lane in 0..LANES {
                [heads.words[0][lane], heads.words[1][lane]] = self.head(start + lane);
            }
        }
    }

    fn is_ascii(&self) -> bool {
        self.views.iter().fold(true, |ok, &view| ok & is_plain(view))
            || (0..self.views.len())
                .all(|index| is_plain(self.views[index]) || self.get(index).is_ascii())
    }

    /// Short strings of ASCII, which most are, show it in their views: one vectorised pass.
    fn check_utf8(&self) -> Result<(), Error> {
        if self.views.iter().fold(true, |ok, &view| ok & is_plain(view)) {
            return Ok(());
        }
        (0..self.len())
            .filter(|&index| !is_plain(self.views[index]))
            .try_for_each(|index| check(index, self.get(index)))
    }
}

/// Whether a view holds a short string whose bytes, and those that pad it, are ASCII.
#[inline(always)]
fn is_plain(view: u128) -> bool {
    let [first, second] = split(view);
    first as u32 <= INLINE as u32 && ((first >> 32) | second) & HIGH_BITS == 0
}
