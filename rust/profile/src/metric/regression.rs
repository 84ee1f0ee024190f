//! How well numbers were predicted: errors, absolute, squared and relative, and their distribution.
//!
//! A row comes as a struct of `prediction` and `label`. The error is the prediction less the label.

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef};
use arrow_cast::cast;
use arrow_schema::DataType;
use drypoint_sketches::Sketch;
use drypoint_sketches::kll::KllSketch;

use super::Metric;
use super::bins::{column, total};
use super::moments::Moments;
use crate::arrow::check::check;
use crate::parameters::Task;
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters, types};

/// Errors of predicted numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Regression {
    /// Rows without a prediction, without a label (null or NaN), and without both.
    missing: [u64; 3],
    /// Rows with an infinite prediction or label, or an error beyond the range of doubles.
    infinite: u64,
    errors: Moments,
    labels: Moments,
    /// Σ |e| and Σ e².
    absolute: f64,
    squares: f64,
    /// Σ |e| / |label| of labels that are not 0.
    relative: f64,
    zero_labels: u64,
    /// Σ 2 |e| / (|prediction| + |label|), where 0 / 0 is 0.
    symmetric: f64,
    /// Of errors, and of their sizes.
    quantiles: [KllSketch<f64>; 2],
}

impl Regression {
    fn of_none(k: u16, seed: u64) -> Result<Self, Error> {
        Ok(Self {
            missing: [0; 3],
            infinite: 0,
            errors: Moments::default(),
            labels: Moments::default(),
            absolute: 0.0,
            squares: 0.0,
            relative: 0.0,
            zero_labels: 0,
            symmetric: 0.0,
            quantiles: [KllSketch::with_seed(k, seed)?, KllSketch::with_seed(k, !seed)?],
        })
    }

    /// Rows that came, of all kinds.
    pub(crate) fn rows(&self) -> u64 {
        let left_out = total(&self.missing).saturating_add(self.infinite);
        left_out.saturating_add(self.errors.n())
    }

    /// The predictions and labels that are both there and finite, counting the others.
    fn pairs(&mut self, predictions: &ArrayRef, labels: &ArrayRef) -> Vec<(f64, f64)> {
        let (predictions, labels) =
            (predictions.as_primitive::<Float64Type>(), labels.as_primitive::<Float64Type>());
        let value = |array: &arrow_array::Float64Array, row| {
            if array.is_valid(row) { array.value(row) } else { f64::NAN }
        };
        let mut pairs = Vec::with_capacity(labels.len());
        for row in 0..labels.len() {
            let (prediction, label) = (value(predictions, row), value(labels, row));
            match (prediction.is_nan(), label.is_nan()) {
                (true, true) => self.missing[2] += 1,
                (true, false) => self.missing[0] += 1,
                (false, true) => self.missing[1] += 1,
                _ if !label.is_finite() || !(prediction - label).is_finite() => self.infinite += 1,
                _ => pairs.push((prediction, label)),
            }
        }
        pairs
    }

    fn see(&mut self, pairs: &[(f64, f64)]) {
        let errors: Vec<f64> = pairs.iter().map(|(prediction, label)| prediction - label).collect();
        let labels: Vec<f64> = pairs.iter().map(|&(_, label)| label).collect();
        let sizes: Vec<f64> = errors.iter().map(|error| error.abs()).collect();
        self.errors.join(&Moments::of(&errors));
        self.labels.join(&Moments::of(&labels));
        self.absolute += sizes.iter().sum::<f64>();
        self.squares += errors.iter().map(|error| error * error).sum::<f64>();
        let shares = sizes.iter().zip(&labels).filter(|(_, label)| **label != 0.0);
        self.relative += shares.map(|(size, label)| size / label.abs()).sum::<f64>();
        self.zero_labels += labels.iter().filter(|&&label| label == 0.0).count() as u64;
        let wrong = pairs.iter().zip(&sizes).filter(|(_, size)| **size > 0.0);
        self.symmetric += wrong
            .map(|((prediction, label), size)| 2.0 * (size / (prediction.abs() + label.abs())))
            .sum::<f64>();
        self.quantiles[0].update_slice(&errors);
        self.quantiles[1].update_slice(&sizes);
    }
}

impl Metric for Regression {
    const SEQUENTIAL: bool = true;
    const FIELDS: &'static [Field] = &[
        ("missing", Form::Counts),
        ("infinite", Form::Count),
        ("n", Form::Count),
        ("error", Form::Floats),
        ("label", Form::Floats),
        ("absolute", Form::Float),
        ("squares", Form::Float),
        ("relative", Form::Float),
        ("zero_labels", Form::Count),
        ("symmetric", Form::Float),
        ("klls", Form::Sketches),
    ];

    fn new(data_type: &DataType, parameters: &Parameters) -> Result<Option<Self>, Error> {
        if parameters.task != Some(Task::Regression) {
            return Ok(None);
        }
        let wanted = *data_type == types::special("regression");
        wanted.then(|| Self::of_none(parameters.k, parameters.seed)).transpose()
    }

    fn blank(data_type: &DataType) -> Result<Option<Self>, Error> {
        let Parameters { k, seed, .. } = Parameters::default();
        let wanted = *data_type == types::special("regression");
        wanted.then(|| Self::of_none(k, seed)).transpose()
    }

    fn update(&mut self, array: &dyn Array, _: Option<&[u64]>) -> Result<(), Error> {
        let Some(rows) = array.as_struct_opt() else { return Ok(()) };
        let [prediction, label] = ["prediction", "label"].map(|name| column(rows, name));
        let (prediction, label) = (prediction?, label?);
        check(prediction)?;
        check(label)?;
        let numbers = DataType::Float64;
        let pairs = self.pairs(&cast(prediction, &numbers)?, &cast(label, &numbers)?);
        self.see(&pairs);
        Ok(())
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        for (ours, theirs) in self.missing.iter_mut().zip(other.missing) {
            *ours = ours.saturating_add(theirs);
        }
        self.infinite = self.infinite.saturating_add(other.infinite);
        self.errors.join(&other.errors);
        self.labels.join(&other.labels);
        self.absolute += other.absolute;
        self.squares += other.squares;
        self.relative += other.relative;
        self.zero_labels = self.zero_labels.saturating_add(other.zero_labels);
        self.symmetric += other.symmetric;
        for (ours, theirs) in self.quantiles.iter_mut().zip(&other.quantiles) {
            ours.merge(theirs)?;
        }
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        let moments = |of: &Moments| Value::Floats(vec![of.mean, of.m2, of.m3, of.m4]);
        let klls = self.quantiles.iter().map(|sketch| sketch.trimmed().encode());
        vec![
            Value::Counts(self.missing.into()),
            Value::Count(self.infinite),
            Value::Count(self.errors.n()),
            moments(&self.errors),
            moments(&self.labels),
            Value::Float(self.absolute),
            Value::Float(self.squares),
            Value::Float(self.relative),
            Value::Count(self.zero_labels),
            Value::Float(self.symmetric),
            Value::Sketches(klls.collect()),
        ]
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        self.missing = record.counts_of("missing")?;
        self.infinite = record.count("infinite");
        let n = record.count("n");
        // Of large numbers sums of powers may be infinite, which is no sign of a lie.
        let moments = |name: &str| {
            let parts = record.floats(name).try_into();
            let parts = parts.map_err(|_| record.refuse(name, "it is not four numbers"))?;
            Ok::<_, Error>(Moments::from_parts(n, parts))
        };
        (self.errors, self.labels) = (moments("error")?, moments("label")?);
        self.absolute = record.float("absolute");
        self.squares = record.float("squares");
        self.relative = record.float("relative");
        self.zero_labels = record.count("zero_labels");
        self.symmetric = record.float("symmetric");
        let [errors, sizes] = record.sketches("klls") else {
            return Err(record.refuse("klls", "they are not two"));
        };
        self.quantiles = [KllSketch::decode(errors)?, KllSketch::decode(sizes)?];
        if self.quantiles.iter().any(|sketch| sketch.n() != n) || self.zero_labels > n {
            return Err(record.refuse("n", format!("{n}, which the others contradict")));
        }
        Ok(())
    }
}
