//! Facts about one column. A metric is one file and one line in the list below.

mod bins;
mod booleans;
mod calendar;
mod classification;
mod condition;
mod confusion;
mod contents;
mod counts;
mod distinct;
mod extremes;
mod finite;
mod frequent;
mod lengths;
mod moments;
mod numbers;
mod quantiles;
mod range;
mod ranking;
mod references;
mod regression;
mod sample;
mod tally;
mod texts;
mod unicode;
mod vectors;

use arrow_array::Array;
use arrow_schema::DataType;
use rayon::prelude::*;

pub use booleans::Booleans;
pub use calendar::Calendar;
pub use classification::Classification;
pub use condition::Condition;
pub use contents::Contents;
pub use counts::Counts;
pub(crate) use counts::sum;
pub use distinct::Distinct;
pub use extremes::{Extreme, Extremes};
pub use frequent::{Frequent, FrequentSketch};
pub use lengths::Lengths;
pub use moments::Moments;
pub use numbers::Numbers;
pub use quantiles::{QuantileSketch, Quantiles};
pub use ranking::Ranking;
pub use references::References;
pub use regression::Regression;
pub use tally::Tally;
pub use texts::Texts;
pub use unicode::{CLASSES, Unicode};
pub use vectors::Vectors;

use crate::record::{Field, Record, Value};
use crate::{Error, Parameters};

/// One kind of fact about one column.
pub(crate) trait Metric: Clone + PartialEq + Sized {
    /// Whether one state sees all rows in order, and not one a stripe: for sketches that are faster and
    /// closer that way than when they are merged.
    const SEQUENTIAL: bool = false;

    /// The fields of its record. New ones are added at the end, and none is ever removed.
    const FIELDS: &'static [Field];

    /// Of no rows; `None` if columns of this type have no such fact. `data_type` is what stands
    /// behind dictionaries and runs.
    fn new(data_type: &DataType, parameters: &Parameters) -> Result<Option<Self>, Error>;

    /// Of no rows, to be decoded into: what the parameters were is in what was encoded.
    fn blank(data_type: &DataType) -> Result<Option<Self>, Error> {
        Self::new(data_type, &Parameters::default())
    }

    /// Folds the values of `array` in, which is of the type: each once, or as often as its weight
    /// says, which may be 0. Nulls may be among them. Lists, structs and vectors have no weights.
    fn update(&mut self, array: &dyn Array, weights: Option<&[u64]>) -> Result<(), Error>;

    /// Folds other rows of the same type in.
    fn merge(&mut self, other: &Self) -> Result<(), Error>;

    /// Folds other rows of the same type in, many parts at once: as one after the other, but a metric may
    /// be quicker at it, or closer. After an error it may be of a part of them.
    fn merge_all(&mut self, others: &[&Self]) -> Result<(), Error> {
        others.iter().try_for_each(|other| self.merge(other))
    }

    /// Its state, in the order of `FIELDS`.
    fn encode(&self) -> Vec<Value>;

    /// Takes on the state that was encoded; `self` is of no rows. Total: what is missing is zero,
    /// what is wrong is an error.
    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error>;
}

/// Which metrics of a column: what is profiled apart is put together at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Those that are kept for each stripe, with the counts of rows.
    Striped,
    /// Those that see all rows in order.
    Sequential,
    /// All, of rows that one thread sees in order.
    Whole,
}

impl Part {
    /// Whether it holds metrics that see all rows in order, or those that do not.
    fn holds(self, sequential: bool) -> bool {
        match self {
            Self::Striped => !sequential,
            Self::Sequential => sequential,
            Self::Whole => true,
        }
    }
}

/// Declares the metrics of a column: each is there if its type has it and it is wanted.
macro_rules! metrics {
    ($($(#[$doc:meta])* $name:ident: $metric:ident,)+) => {
        /// The metrics of one column.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Metrics {
            $($(#[$doc])* pub $name: Option<Box<$metric>>,)+
        }

        /// The names and the fields of all metrics.
        pub const METRICS: &[(&str, &[Field])] =
            &[$((stringify!($name), <$metric as Metric>::FIELDS),)+];

        impl Metrics {
            pub(crate) fn new(
                data_type: &DataType,
                parameters: &Parameters,
                part: Part,
            ) -> Result<Self, Error> {
                Ok(Self {
                    $($name: if part.holds(<$metric as Metric>::SEQUENTIAL)
                        && parameters.wants(stringify!($name))
                    {
                        <$metric as Metric>::new(data_type, parameters)?.map(Box::new)
                    } else {
                        None
                    },)+
                })
            }

            pub(crate) fn update(
                &mut self,
                array: &dyn Array,
                weights: Option<&[u64]>,
            ) -> Result<(), Error> {
                $(if let Some(metric) = &mut self.$name {
                    Metric::update(metric.as_mut(), array, weights)?;
                })+
                Ok(())
            }

            /// Takes over the metrics that `other` has and this lacks.
            pub(crate) fn join(&mut self, other: Self) {
                $(self.$name = self.$name.take().or(other.$name);)+
            }

            /// Folds other rows in. A metric that one side lacks is dropped: it could only say
            /// something of a part.
            pub(crate) fn merge(&mut self, other: &Self) -> Result<(), Error> {
                $(match (&mut self.$name, &other.$name) {
                    (Some(ours), Some(theirs)) => Metric::merge(ours.as_mut(), theirs)?,
                    (ours, _) => *ours = None,
                })+
                Ok(())
            }

            /// Of the rows of all `parts`, of which there is one at least: as if they were merged one
            /// after the other.
            fn united(parts: &[&Self]) -> Result<Self, Error> {
                Ok(Self {
                    $($name: {
                        let all: Option<Vec<&$metric>> =
                            parts.iter().map(|part| part.$name.as_deref()).collect();
                        match all.as_deref() {
                            Some([first, rest @ ..]) => {
                                let mut whole = Box::new((*first).clone());
                                Metric::merge_all(whole.as_mut(), rest)?;
                                Some(whole)
                            }
                            _ => None,
                        }
                    },)+
                })
            }

            /// The record of each metric that there is, in the order of [`METRICS`].
            pub fn encode(&self) -> Vec<Option<Vec<Value>>> {
                vec![$(self.$name.as_ref().map(|metric| metric.encode()),)+]
            }

            /// The metrics whose records are there.
            pub(crate) fn decode(
                data_type: &DataType,
                records: &[Option<Vec<Value>>],
            ) -> Result<Self, Error> {
                let mut records = records.iter();
                Ok(Self {
                    $($name: match records.next() {
                        Some(Some(values)) => {
                            let mut metric = <$metric as Metric>::blank(data_type)?;
                            if let Some(metric) = &mut metric {
                                let (metric_name, fields) = (stringify!($name), <$metric>::FIELDS);
                                metric.decode(&Record { metric: metric_name, fields, values })?;
                            }
                            metric.map(Box::new)
                        }
                        _ => None,
                    },)+
                })
            }
        }
    };
}

/// So many parts are merged by one thread.
const TOGETHER: usize = 128;

impl Metrics {
    /// Of the rows of all `parts`, of which there is one at least: as if they were merged in order. Of
    /// many as many groups of neighbours as they need are merged in parallel first, however many threads
    /// there are.
    pub(crate) fn merged(parts: &[&Self]) -> Result<Self, Error> {
        if parts.len() <= TOGETHER {
            return Self::united(parts);
        }
        let size = parts.len().div_ceil(parts.len().div_ceil(TOGETHER));
        let groups: Vec<_> = parts.par_chunks(size).map(Self::united).collect();
        let groups: Vec<Self> = groups.into_iter().collect::<Result<_, _>>()?;
        Self::merged(&groups.iter().collect::<Vec<_>>())
    }
}

metrics! {
    /// NaN, infinities, zeros and negatives among numbers.
    numbers: Numbers,
    /// Least and greatest value, exactly.
    extremes: Extremes,
    /// Mean, variance, skewness, kurtosis and sum of the finite numbers.
    moments: Moments,
    /// Quantiles of the finite numbers, or of times.
    quantiles: Quantiles,
    /// How many distinct values.
    distinct: Distinct,
    /// The values that came most often.
    frequent: Frequent,
    /// True and false.
    booleans: Booleans,
    /// Hours of the day, days of the week, and times to come.
    calendar: Calendar,
    /// Lengths of strings, binary and lists.
    lengths: Lengths,
    /// Blank strings and words.
    texts: Texts,
    /// What strings hold: integers, dates, addresses, …
    contents: Contents,
    /// Which characters strings hold.
    unicode: Unicode,
    /// Norms of vectors.
    vectors: Vectors,
    /// Distances of vectors to references.
    references: References,
    /// Rows that met a condition.
    condition: Condition,
    /// Predictions of labels beside the labels.
    classification: Classification,
    /// Predictions of numbers beside the numbers.
    regression: Regression,
    /// Ranked lists beside the items that are relevant.
    ranking: Ranking,
}
