//! What strings hold, so that a column of a CSV file shows its real type.
//!
//! Small columns are looked at value by value. Of large ones a sample is taken: every value draws a
//! level, l with probability 2^-(l+1), and only values of level h and above are looked at; h rises
//! whenever 8,192 have been. Counts are kept by level, so that two samples merge exactly to the one
//! of the higher h ("Distinct sampling", Gibbons 2001, with rows in the place of values). 64 values
//! draw at once whether they are looked at, so that the others cost nothing.

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::Strings;

use super::Metric;
use crate::arrow::fold;
use crate::arrow::sink::{Kind, Sink};
use crate::content::{self, Content};
use crate::random::Draws;
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters};

/// Values that are looked at before fewer are.
const ROOM: u64 = 8_192;
/// Levels: 2^40 · 8,192 values are more than there will be.
const LEVELS: usize = 40;
/// Of a value that came more often it is drawn how many copies reach which level.
const FEW: u64 = 1 << 10;
const KINDS: usize = Content::ALL.len();

/// Sampled counts of each kind of content.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    /// Strings, sampled or not.
    pub n: u64,
    /// Values below this level are not looked at.
    level: usize,
    counts: Vec<[u64; KINDS]>,
    /// The sum of all counts.
    seen: u64,
    draws: Draws,
    /// Which of the next `drawn` values are to be looked at, the lowest bit first.
    wanted: u64,
    drawn: usize,
}

impl Contents {
    /// How many of the values that were looked at are of each kind, in the order of
    /// [`Content::ALL`].
    pub fn counts(&self) -> [u64; KINDS] {
        let mut sums = [0; KINDS];
        for counts in self.counts.iter().skip(self.level) {
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        sums
    }

    fn look_at(&mut self, value: &[u8]) {
        let level = self.level + self.draws.word().trailing_zeros() as usize;
        self.counts[level.min(LEVELS - 1)][content::of(value) as usize] += 1;
        self.seen += 1;
        self.make_room();
    }

    fn make_room(&mut self) {
        while self.level + 1 < LEVELS && self.seen > ROOM {
            self.rise();
            self.wanted &= self.draws.word();
        }
    }

    fn rise(&mut self) {
        let dropped = std::mem::take(&mut self.counts[self.level]);
        self.seen -= dropped.iter().sum::<u64>();
        self.level += 1;
    }

    /// Passes the values that are not looked at, up to `most`: how many.
    fn pass(&mut self, most: usize) -> usize {
        if self.drawn == 0 {
            self.wanted = self.draws.sparse(self.level);
            self.drawn = 64;
        }
        let passed = most.min(self.drawn).min(self.wanted.trailing_zeros() as usize);
        self.skip(passed);
        passed
    }

    /// Looks at those of `count` values that draw it.
    fn see<'a>(&mut self, count: usize, get: impl Fn(usize) -> &'a [u8]) {
        let mut index = 0;
        while index < count {
            index += self.pass(count - index);
            if index < count && self.drawn > 0 && self.wanted & 1 == 1 {
                self.skip(1);
                self.look_at(get(index));
                index += 1;
            }
        }
    }

    fn skip(&mut self, values: usize) {
        self.wanted = self.wanted.checked_shr(values as u32).unwrap_or(0);
        self.drawn -= values;
    }
}

impl Sink for Contents {
    const NAME: &'static str = "a column of strings";
    const TAKES: &'static str = "strings";

    fn takes(kind: Kind) -> bool {
        kind == Kind::Text
    }

    fn strings<S: Strings>(&mut self, strings: &S) -> Result<(), Error> {
        self.n += strings.len() as u64;
        self.see(strings.len(), |index| strings.get(index));
        Ok(())
    }

    /// Every copy draws a level of its own.
    fn string(&mut self, value: &[u8], weight: u64) -> Result<(), Error> {
        self.n += weight;
        if weight <= FEW {
            self.see(weight as usize, |_| value);
            return Ok(());
        }
        let mut rest = weight;
        for _ in 0..self.level {
            rest = self.draws.heads(rest);
            if rest == 0 {
                return Ok(());
            }
        }
        let kind = content::of(value) as usize;
        for level in self.level..LEVELS {
            let higher = if level + 1 == LEVELS { 0 } else { self.draws.heads(rest) };
            self.counts[level][kind] += rest - higher;
            self.seen += rest - higher;
            rest = higher;
        }
        self.make_room();
        Ok(())
    }
}

impl Metric for Contents {
    const SEQUENTIAL: bool = true;
    const FIELDS: &'static [Field] =
        &[("n", Form::Count), ("level", Form::Count), ("counts", Form::Counts)];

    fn new(data_type: &DataType, parameters: &Parameters) -> Result<Option<Self>, Error> {
        let draws = Draws::new(parameters.seed);
        let counts = vec![[0; KINDS]; LEVELS];
        let empty = Self { n: 0, level: 0, counts, seen: 0, draws, wanted: 0, drawn: 0 };
        Ok(data_type.is_string().then_some(empty))
    }

    fn update(&mut self, array: &dyn Array, weights: Option<&[u64]>) -> Result<(), Error> {
        fold(self, array, weights)
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.n += other.n;
        while self.level < other.level {
            self.rise();
        }
        for (ours, theirs) in self.counts.iter_mut().zip(&other.counts).skip(self.level) {
            ours.iter_mut().zip(theirs).for_each(|(ours, theirs)| *ours += theirs);
            self.seen += theirs.iter().sum::<u64>();
        }
        self.make_room();
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        let used = self.counts.iter().rposition(|counts| *counts != [0; KINDS]);
        let used = used.map_or(self.level, |last| last + 1);
        let counts = self.counts[self.level.min(used)..used].concat();
        vec![Value::Count(self.n), Value::Count(self.level as u64), Value::Counts(counts)]
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        self.n = record.count("n");
        let level = record.count("level");
        let (counts, rest) = record.counts("counts").as_chunks::<KINDS>();
        if level >= LEVELS as u64 || counts.len() > LEVELS - level as usize || !rest.is_empty() {
            return Err(record.refuse("counts", format!("{} levels from {level} on", counts.len())));
        }
        self.level = level as usize;
        self.counts[self.level..self.level + counts.len()].copy_from_slice(counts);
        self.seen = record.counts("counts").iter().fold(0, |sum, &count| sum.saturating_add(count));
        Ok(())
    }
}
