//! How well items were ranked: precision, recall, average precision, NDCG and the reciprocal rank of
//! the first that is relevant, of the first k of each list.
//!
//! A row comes as a struct of lists: `prediction`, the items from the best (or in any order, with a
//! `score` for each), and `label`, the items that are relevant; or, without `prediction`, `score`
//! beside `label`, which then says how relevant each is. With r relevant items in all, relᵢ the
//! relevance of the item at place i and hits(i) how many of the first i are relevant:
//!
//! - precision hits(k) / k, recall hits(k) / r, reciprocal rank 1 / i of the first hit up to k, or 0;
//! - average precision Σ hits(i) / i over the hits up to k, divided by min(k, r);
//! - NDCG (Järvelin and Kekäläinen 2002) Σ relᵢ / log₂(i + 1) up to k, divided by that of the best
//!   order.

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef, Float64Array, StructArray};
use arrow_cast::cast;
use arrow_schema::{DataType, Field as ArrowField};

use super::Metric;
use super::bins::{column, is_sum_of, total};
use crate::arrow::check::check;
use crate::arrow::labels::{Labels, MISSING};
use crate::parameters::Task;
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters, types};

/// Precision, recall, average precision, NDCG, reciprocal rank.
const MEASURES: usize = 5;

/// Measures of ranked lists.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranking {
    k: u64,
    /// Lists that have a relevant item.
    n: u64,
    /// Rows without a prediction, without a label, and without a relevant item.
    missing: u64,
    unlabelled: u64,
    irrelevant: u64,
    /// Of the `n`, lists of fewer than k items.
    short: u64,
    /// Items of the `n` lists.
    items: u64,
    /// Of the `n`: sums, and sums of squares.
    sums: [f64; MEASURES],
    squares: [f64; MEASURES],
}

/// Lists of a block: where each lies in the values, `None` for null.
struct Lists {
    rows: Vec<Option<Range<usize>>>,
    values: ArrayRef,
}

impl Lists {
    fn of(array: &ArrayRef) -> Result<Self, Error> {
        check(array)?;
        let item = match array.data_type() {
            DataType::List(item) | DataType::LargeList(item) | DataType::FixedSizeList(item, _) => {
                item.data_type().clone()
            }
            _ => DataType::Null,
        };
        let field = ArrowField::new("item", item, true);
        let lists = cast(array, &DataType::List(field.into()))?;
        let lists = lists.as_list::<i32>();
        let offsets = lists.value_offsets();
        let (first, last) = (offsets[0] as usize, offsets[lists.len()] as usize);
        let range = |row: usize| offsets[row] as usize - first..offsets[row + 1] as usize - first;
        let rows = (0..lists.len()).map(|row| lists.is_valid(row).then(|| range(row)));
        Ok(Self { rows: rows.collect(), values: lists.values().slice(first, last - first) })
    }

    fn numbers(&self) -> Result<Float64Array, Error> {
        Ok(cast(&self.values, &DataType::Float64)?.as_primitive::<Float64Type>().clone())
    }
}

/// What is missing is as bad as can be.
fn number(numbers: &Float64Array, at: usize, missing: f64) -> f64 {
    let value = if numbers.is_valid(at) { numbers.value(at) } else { f64::NAN };
    if value.is_nan() { missing } else { value }
}

/// The places of `scores` from the highest; equal ones as they came.
fn by_score(scores: &Float64Array, range: Range<usize>) -> Vec<usize> {
    let score = |place: &usize| number(scores, range.start + place, f64::NEG_INFINITY);
    let mut places: Vec<usize> = (0..range.len()).collect();
    places.sort_by(|a, b| score(b).total_cmp(&score(a)));
    places
}

impl Ranking {
    /// One list: how relevant the ranked items are, and all that are relevant.
    fn see(&mut self, ranked: &[f64], relevant: &mut [f64]) {
        relevant.sort_by(|a, b| b.total_cmp(a));
        let all = relevant.iter().filter(|&&gain| gain > 0.0).count();
        if all == 0 {
            self.irrelevant += 1;
            return;
        }
        let k = usize::try_from(self.k).unwrap_or(usize::MAX);
        let (mut hits, mut precisions, mut first) = (0_usize, 0.0, 0.0);
        for (index, _) in ranked.iter().enumerate().take(k).filter(|(_, gain)| **gain > 0.0) {
            hits += 1;
            precisions += hits as f64 / (index + 1) as f64;
            if hits == 1 {
                first = 1.0 / (index + 1) as f64;
            }
        }
        let gain = |gains: &[f64]| -> f64 {
            let discounted = |(index, gain): (usize, &f64)| gain / ((index + 2) as f64).log2();
            gains.iter().take(k).enumerate().map(discounted).sum()
        };
        let measures = [
            hits as f64 / k as f64,
            hits as f64 / all as f64,
            precisions / k.min(all) as f64,
            gain(ranked) / gain(relevant),
            first,
        ];
        self.n += 1;
        self.short += u64::from(ranked.len() < k);
        self.items += ranked.len() as u64;
        for ((sum, square), measure) in self.sums.iter_mut().zip(&mut self.squares).zip(measures) {
            *sum += measure;
            *square += measure * measure;
        }
    }

    /// Items beside those that are relevant.
    fn see_items(&mut self, rows: &StructArray, prediction: &ArrayRef) -> Result<(), Error> {
        let mut labels = Labels::default();
        let (predicted, truth) = (Lists::of(prediction)?, Lists::of(column(rows, "label")?)?);
        let items = labels.codes(&predicted.values)?;
        let wanted = labels.codes(&truth.values)?;
        let scores = rows.column_by_name("score").map(Lists::of).transpose()?;
        let numbers = scores.as_ref().map(Lists::numbers).transpose()?;
        for row in 0..rows.len() {
            let Some((list, truth)) =
                self.both(predicted.rows[row].as_ref(), truth.rows[row].as_ref())
            else {
                continue;
            };
            let mut relevant: Vec<u32> = wanted[truth.clone()].to_vec();
            relevant.retain(|&code| code != MISSING);
            relevant.sort_unstable();
            relevant.dedup();
            let order = match scores.as_ref().map(|scores| &scores.rows[row]).zip(numbers.as_ref())
            {
                None => (0..list.len()).collect(),
                Some((Some(range), numbers)) if range.len() == list.len() => {
                    by_score(numbers, range.clone())
                }
                Some(_) => {
                    self.missing += 1;
                    continue;
                }
            };
            let mut gains = vec![1.0; relevant.len()];
            let mut left = relevant;
            let ranked = order.into_iter().map(|place| items[list.start + place]);
            // An item that comes twice is found once.
            let found = ranked.map(|code| match left.binary_search(&code) {
                Ok(at) => {
                    left.remove(at);
                    1.0
                }
                Err(_) => 0.0,
            });
            let ranked: Vec<f64> = found.collect();
            self.see(&ranked, &mut gains);
        }
        Ok(())
    }

    /// Scores beside how relevant each item is.
    fn see_scores(&mut self, rows: &StructArray) -> Result<(), Error> {
        let (scores, truth) =
            (Lists::of(column(rows, "score")?)?, Lists::of(column(rows, "label")?)?);
        let (numbers, gains) = (scores.numbers()?, truth.numbers()?);
        for row in 0..rows.len() {
            let Some((list, truth)) =
                self.both(scores.rows[row].as_ref(), truth.rows[row].as_ref())
            else {
                continue;
            };
            if list.len() != truth.len() {
                self.missing += 1;
                continue;
            }
            // Relevance is not negative, and finite.
            let relevance = |place: usize| {
                let gain = number(&gains, truth.start + place, 0.0);
                if gain.is_finite() { gain.max(0.0) } else { 0.0 }
            };
            let ranked: Vec<f64> =
                by_score(&numbers, list.clone()).into_iter().map(relevance).collect();
            self.see(&ranked, &mut ranked.clone());
        }
        Ok(())
    }

    /// Rows that came, of all kinds.
    pub(crate) fn rows(&self) -> u64 {
        total(&[self.n, self.missing, self.unlabelled, self.irrelevant])
    }

    /// Both lists of a row; counts those that are not there.
    fn both(
        &mut self,
        prediction: Option<&Range<usize>>,
        label: Option<&Range<usize>>,
    ) -> Option<(Range<usize>, Range<usize>)> {
        self.missing += u64::from(prediction.is_none());
        self.unlabelled += u64::from(prediction.is_some() && label.is_none());
        prediction.cloned().zip(label.cloned())
    }
}

impl Metric for Ranking {
    const FIELDS: &'static [Field] = &[
        ("k", Form::Count),
        ("n", Form::Count),
        ("missing", Form::Count),
        ("unlabelled", Form::Count),
        ("irrelevant", Form::Count),
        ("short", Form::Count),
        ("items", Form::Count),
        ("sums", Form::Floats),
        ("squares", Form::Floats),
    ];

    fn new(data_type: &DataType, parameters: &Parameters) -> Result<Option<Self>, Error> {
        let Some(Task::Ranking { k }) = parameters.task else { return Ok(None) };
        let wanted = *data_type == types::special("ranking");
        Ok(wanted.then(|| Self { k, ..Self::default() }))
    }

    fn blank(data_type: &DataType) -> Result<Option<Self>, Error> {
        Ok((*data_type == types::special("ranking")).then(Self::default))
    }

    fn update(&mut self, array: &dyn Array, _: Option<&[u64]>) -> Result<(), Error> {
        let Some(rows) = array.as_struct_opt() else { return Ok(()) };
        match rows.column_by_name("prediction") {
            Some(prediction) => self.see_items(rows, prediction),
            None => self.see_scores(rows),
        }
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.k != other.k {
            let (left, right) = (self.k.to_string(), other.k.to_string());
            return Err(
                drypoint_sketches::Error::Mismatch { what: "k of rankings", left, right }.into()
            );
        }
        let ours = [
            &mut self.n,
            &mut self.missing,
            &mut self.unlabelled,
            &mut self.irrelevant,
            &mut self.short,
            &mut self.items,
        ];
        let theirs =
            [other.n, other.missing, other.unlabelled, other.irrelevant, other.short, other.items];
        ours.into_iter().zip(theirs).for_each(|(a, b)| *a = a.saturating_add(b));
        self.sums.iter_mut().zip(other.sums).for_each(|(a, b)| *a += b);
        self.squares.iter_mut().zip(other.squares).for_each(|(a, b)| *a += b);
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        vec![
            Value::Count(self.k),
            Value::Count(self.n),
            Value::Count(self.missing),
            Value::Count(self.unlabelled),
            Value::Count(self.irrelevant),
            Value::Count(self.short),
            Value::Count(self.items),
            Value::Floats(self.sums.into()),
            Value::Floats(self.squares.into()),
        ]
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        *self = Self {
            k: record.count("k"),
            n: record.count("n"),
            missing: record.count("missing"),
            unlabelled: record.count("unlabelled"),
            irrelevant: record.count("irrelevant"),
            short: record.count("short"),
            items: record.count("items"),
            sums: record.floats_of("sums")?,
            squares: record.floats_of("squares")?,
        };
        if self.sums.iter().chain(&self.squares).any(|&sum| !is_sum_of(sum, self.n)) {
            return Err(record.refuse("sums", format!("{:?} of {} lists", self.sums, self.n)));
        }
        Ok(())
    }
}
