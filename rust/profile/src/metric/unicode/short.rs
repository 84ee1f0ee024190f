//! The classes of the characters of short strings of ASCII: of 64 strings at a time, by arithmetic on
//! whole words, as vectors have it.

use drypoint_sketches::{Heads, Kernel, LANES, Strings};

use super::CLASSES;

/// The lowest and the highest bit of every byte of a word.
const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;
/// The classes that ASCII has, in the order in which they are found here.
const FOUND: [usize; 7] = [0, 1, 4, 8, 9, 6, 5];
/// Words of a head.
const WORDS: usize = 2;

/// What is found: for each class strings that have one, and characters.
pub(super) type Found = [(u64, u64); CLASSES.len()];

/// The classes of all strings, and which are to be looked at one by one: long ones, and those that
/// are not ASCII.
pub(super) struct ShortStrings<'a, S>(pub(super) &'a S);

impl<S: Strings> Kernel for ShortStrings<'_, S> {
    type Output = (Found, Vec<u32>);

    #[inline(always)]
    fn run(self) -> (Found, Vec<u32>) {
        let (mut found, mut rest) = ([(0, 0); CLASSES.len()], Vec::new());
        let (mut heads, mut there) = (Heads::default(), [[0; LANES]; WORDS]);
        for start in (0..self.0.len()).step_by(LANES) {
            self.0.heads(start, &mut heads);
            // What lies past the count is from an earlier block.
            heads.sizes[heads.count..].fill(0);
            let odd = mark(&heads, &mut there);
            if odd {
                let others = (0..heads.count).filter(|&lane| !fits(&heads, lane));
                rest.extend(others.map(|lane| (start + lane) as u32));
            }
            if there[1].iter().fold(0, |any, bytes| any | bytes) == 0 {
                add::<1>(&heads.words, &there, &mut found);
            } else {
                add::<WORDS>(&heads.words, &there, &mut found);
            }
        }
        (found, rest)
    }
}

/// Whether the string of a lane is all in its head, and ASCII.
#[inline(always)]
fn fits(heads: &Heads, lane: usize) -> bool {
    (heads.sizes[lane] <= 16) & ((heads.words[0][lane] | heads.words[1][lane]) & HIGH == 0)
}

/// Marks the bytes of strings that fit, none of the others; returns whether there are others.
#[inline(always)]
fn mark(heads: &Heads, there: &mut [[u64; LANES]; WORDS]) -> bool {
    let mut odd = 0;
    for lane in 0..LANES {
        let size = heads.sizes[lane];
        let bytes = |bytes: u64| if bytes == 0 { 0 } else { HIGH >> (64 - 8 * bytes) };
        let mask = u64::from(fits(heads, lane)).wrapping_neg();
        there[0][lane] = bytes(size.min(8)) & mask;
        there[1][lane] = bytes(size.saturating_sub(8).min(8)) & mask;
        odd |= !mask;
    }
    odd != 0
}

/// Marks the bytes that are at least `byte`: ASCII leaves the highest bit of each to tell so.
#[inline(always)]
fn from(word: u64, byte: u64) -> u64 {
    word.wrapping_add((0x80 - byte) * LOW)
}

/// Marks upper and lower case letters and digits.
#[inline(always)]
fn common(word: u64) -> [u64; 3] {
    [
        from(word, 0x41) ^ from(word, 0x5b),
        from(word, 0x61) ^ from(word, 0x7b),
        from(word, 0x30) ^ from(word, 0x3a),
    ]
}

/// Marks space, control characters, and symbols.
#[inline(always)]
fn rare(word: u64) -> [u64; 3] {
    let printed = from(word, 0x21);
    let space = from(word, 0x09) ^ from(word, 0x0e) ^ from(word, 0x20) ^ printed;
    let control = !printed ^ space ^ from(word, 0x7f);
    // $ + <=> ^ ` | ~
    let symbol = from(word, 0x24)
        ^ from(word, 0x25)
        ^ from(word, 0x2b)
        ^ from(word, 0x2c)
        ^ from(word, 0x3c)
        ^ from(word, 0x3f)
        ^ from(word, 0x5e)
        ^ from(word, 0x5f)
        ^ from(word, 0x60)
        ^ from(word, 0x61)
        ^ from(word, 0x7c)
        ^ from(word, 0x7d)
        ^ from(word, 0x7e)
        ^ from(word, 0x7f);
    [space, control, symbol]
}

/// Adds what the bytes that are `there` are.
#[inline(always)]
fn add<const W: usize>(
    words: &[[u64; LANES]; WORDS],
    there: &[[u64; LANES]; WORDS],
    found: &mut Found,
) {
    let mut left = [[0; LANES]; W];
    classify(words, there, &mut left, common, &FOUND[..3], found);
    if left.iter().flatten().fold(0, |any, bytes| any | bytes) == 0 {
        return;
    }
    let mut punctuation = [[0; LANES]; W];
    classify(words, &left, &mut punctuation, rare, &FOUND[3..6], found);
    let mut none = [[0; LANES]; W];
    classify(words, &punctuation, &mut none, |_| [HIGH, 0, 0], &FOUND[6..], found);
}

/// Adds what the bytes that are `there` are of three classes, and marks those that are `left`.
#[inline(always)]
fn classify<const V: usize, const W: usize>(
    words: &[[u64; LANES]; WORDS],
    there: &[[u64; LANES]; V],
    left: &mut [[u64; LANES]; W],
    marks: impl Fn(u64) -> [u64; 3],
    classes: &[usize],
    found: &mut Found,
) {
    // At most 128 bytes are counted in each byte of a sum.
    let (mut strings, mut characters) = ([0; 3], [0; 3]);
    for lane in 0..LANES {
        let mut any = [0; 3];
        for word in 0..W {
            let [a, b, c] = marks(words[word][lane]).map(|marks| marks & there[word][lane]);
            left[word][lane] = there[word][lane] ^ a ^ b ^ c;
            characters =
                [characters[0] + (a >> 7), characters[1] + (b >> 7), characters[2] + (c >> 7)];
            any = [any[0] | a, any[1] | b, any[2] | c];
        }
        for class in 0..3 {
            strings[class] += u64::from(any[class] != 0);
        }
    }
    for ((&class, strings), characters) in classes.iter().zip(strings).zip(characters) {
        found[class].0 += strings;
        found[class].1 += sum_of_bytes(characters);
    }
}

/// The sum of the bytes of a word.
#[inline(always)]
fn sum_of_bytes(word: u64) -> u64 {
    const EVEN: u64 = 0x00ff_00ff_00ff_00ff;
    let pairs = (word & EVEN) + ((word >> 8) & EVEN);
    pairs.wrapping_mul(0x0001_0001_0001_0001) >> 48
}
