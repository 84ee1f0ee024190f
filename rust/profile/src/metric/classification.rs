//! How well labels were predicted: a confusion matrix, and what scores say of it.
//!
//! A row comes as a struct of `prediction`, `label` and, if there is one, `score`. The matrix is
//! over the texts of the labels (up to a number of them, then one remainder) and over what is
//! missing, so every row is in it. A score is the probability of the positive label, or that of the
//! prediction; those that are in [0, 1] are summed up for log loss and the Brier score (Brier 1950)
//! and counted in bins for calibration; a quantile sketch of each class is
//! what curves are drawn from.

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_cast::cast;
use arrow_schema::DataType;
use drypoint_sketches::Sketch;
use drypoint_sketches::kll::KllSketch;

use super::Metric;
use super::bins::{Bins, column, is_sum_of, total};
use super::confusion::{Codes, Confusion};
use crate::arrow::check::check;
use crate::arrow::labels::{Labels, MISSING};
use crate::parameters::{ClassificationTask, Scored, Task};
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters, types};

/// What is added to, or taken from, a probability of 0 or 1 before its logarithm is taken.
const LEAST: f64 = f64::EPSILON;

/// Predictions beside labels.
#[derive(Debug, Clone, PartialEq)]
pub struct Classification {
    task: ClassificationTask,
    matrix: Confusion,
    /// Rows without a score, or with NaN.
    unscored: u64,
    /// Rows whose score is outside [0, 1].
    outside: u64,
    /// Of scores that have a label, or a prediction and a label if they are of the prediction.
    log_loss: f64,
    brier: f64,
    /// Of the same rows, by bin: rows, sum of scores, rows that were positive (or right).
    bins: Bins,
    /// Of all rows whose score is in [0, 1] and whose prediction is there: those that were
    /// predicted to be positive (all, if the score is of the prediction), and the others.
    predicted: [Bins; 2],
    /// Scores of the rows that were positive (or right), and of the others.
    scores: [KllSketch<f64>; 2],
}

impl Classification {
    /// Rows that came, of all kinds.
    pub(crate) fn rows(&self) -> u64 {
        self.matrix.rows()
    }

    fn of_none(task: ClassificationTask, k: u16, seed: u64) -> Result<Self, Error> {
        let scores = [KllSketch::with_seed(k, seed)?, KllSketch::with_seed(k, !seed)?];
        Ok(Self {
            matrix: Confusion::new(task.most),
            task,
            unscored: 0,
            outside: 0,
            log_loss: 0.0,
            brier: 0.0,
            bins: Bins::default(),
            predicted: [Bins::default(), Bins::default()],
            scores,
        })
    }

    /// Sums the scores of a block up.
    fn score(&mut self, codes: &Codes, scores: &dyn Array) {
        let scores = scores.as_primitive::<Float64Type>();
        let positive = codes.code_of(self.task.positive.as_deref());
        let of_prediction = self.task.scored == Scored::Prediction;
        let mut apart = [Vec::with_capacity(scores.len()), Vec::with_capacity(scores.len())];
        let (mut log_loss, mut brier) = (0.0, 0.0);
        for (row, (&label, &prediction)) in codes.label.iter().zip(&codes.prediction).enumerate() {
            let score = if scores.is_valid(row) { scores.value(row) } else { f64::NAN };
            if !(0.0..=1.0).contains(&score) {
                *(if score.is_nan() { &mut self.unscored } else { &mut self.outside }) += 1;
                continue;
            }
            if prediction != MISSING {
                let other = !of_prediction && prediction != positive;
                self.predicted[usize::from(other)].add(score, false);
            }
            if label == MISSING || of_prediction && prediction == MISSING {
                continue;
            }
            let hit = if of_prediction { label == prediction } else { label == positive };
            let of_truth = if hit { score } else { 1.0 - score };
            log_loss -= of_truth.clamp(LEAST, 1.0 - LEAST).ln();
            brier += (1.0 - of_truth) * (1.0 - of_truth);
            self.bins.add(score, hit);
            apart[usize::from(!hit)].push(score);
        }
        self.log_loss += log_loss;
        self.brier += brier;
        for (sketch, scores) in self.scores.iter_mut().zip(&apart) {
            sketch.update_slice(scores);
        }
    }
}

impl Metric for Classification {
    const SEQUENTIAL: bool = true;
    const FIELDS: &'static [Field] = &[
        ("positive", Form::Text),
        ("scored", Form::Text),
        ("threshold", Form::Float),
        ("most", Form::Count),
        ("labels", Form::Texts),
        ("actual", Form::Counts),
        ("predicted", Form::Counts),
        ("cells", Form::Counts),
        ("hits", Form::Count),
        ("unscored", Form::Count),
        ("outside", Form::Count),
        ("log_loss", Form::Float),
        ("brier", Form::Float),
        ("bin_rows", Form::Counts),
        ("bin_sums", Form::Floats),
        ("bin_hits", Form::Counts),
        ("positive_rows", Form::Counts),
        ("positive_sums", Form::Floats),
        ("negative_rows", Form::Counts),
        ("negative_sums", Form::Floats),
        ("klls", Form::Sketches),
    ];

    fn new(data_type: &DataType, parameters: &Parameters) -> Result<Option<Self>, Error> {
        let Some(Task::Classification(task)) = &parameters.task else { return Ok(None) };
        if *data_type != types::special("classification") {
            return Ok(None);
        }
        Self::of_none(task.clone(), parameters.k, parameters.seed).map(Some)
    }

    fn blank(data_type: &DataType) -> Result<Option<Self>, Error> {
        if *data_type != types::special("classification") {
            return Ok(None);
        }
        let Parameters { k, seed, .. } = Parameters::default();
        Self::of_none(ClassificationTask::default(), k, seed).map(Some)
    }

    fn update(&mut self, array: &dyn Array, _: Option<&[u64]>) -> Result<(), Error> {
        let Some(rows) = array.as_struct_opt() else { return Ok(()) };
        let mut labels = Labels::default();
        let prediction = labels.codes(column(rows, "prediction")?)?;
        let label = labels.codes(column(rows, "label")?)?;
        let codes = Codes { prediction, label, labels };
        let scores = match rows.column_by_name("score") {
            Some(score) if self.task.scored != Scored::Nothing => {
                check(score)?;
                Some(cast(score, &DataType::Float64)?)
            }
            _ => None,
        };
        self.matrix.count(&codes);
        if let Some(scores) = scores {
            self.score(&codes, &scores);
        }
        Ok(())
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.task != other.task {
            let what = "what is counted of predictions";
            let (left, right) = (self.task.to_string(), other.task.to_string());
            return Err(drypoint_sketches::Error::Mismatch { what, left, right }.into());
        }
        self.matrix.merge(&other.matrix);
        self.unscored = self.unscored.saturating_add(other.unscored);
        self.outside = self.outside.saturating_add(other.outside);
        self.log_loss += other.log_loss;
        self.brier += other.brier;
        self.bins.merge(&other.bins);
        self.predicted.iter_mut().zip(&other.predicted).for_each(|(a, b)| a.merge(b));
        for (ours, theirs) in self.scores.iter_mut().zip(&other.scores) {
            ours.merge(theirs)?;
        }
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        let task = &self.task;
        let mut values = vec![
            task.positive.clone().map_or(Value::Null, Value::Text),
            Value::Text(task.scored.name().to_owned()),
            task.threshold.map_or(Value::Null, Value::Float),
        ];
        values.extend(self.matrix.encode());
        values.extend([Value::Count(self.unscored), Value::Count(self.outside)]);
        values.extend([Value::Float(self.log_loss), Value::Float(self.brier)]);
        values.extend(self.bins.encode());
        for predicted in &self.predicted {
            values.extend(predicted.encode().into_iter().take(2));
        }
        let klls = self.scores.iter().map(|sketch| sketch.trimmed().encode());
        values.push(Value::Sketches(klls.collect()));
        values
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        self.task.positive = record.text("positive").map(str::to_owned);
        self.task.scored = Scored::named(record.text("scored").unwrap_or_default());
        self.task.threshold =
            (!record.is_null("threshold")).then(|| record.finite("threshold")).transpose()?;
        self.matrix = Confusion::decode(record)?;
        self.task.most = self.matrix.most();
        self.unscored = record.count("unscored");
        self.outside = record.count("outside");
        self.log_loss = record.finite("log_loss")?;
        self.brier = record.finite("brier")?;
        self.bins = Bins::decode(record, ["bin_rows", "bin_sums", "bin_hits"])?;
        self.predicted = [
            Bins::decode(record, ["positive_rows", "positive_sums", ""])?,
            Bins::decode(record, ["negative_rows", "negative_sums", ""])?,
        ];
        match record.sketches("klls") {
            [] => {}
            [positive, negative] => {
                self.scores = [KllSketch::decode(positive)?, KllSketch::decode(negative)?];
            }
            others => return Err(record.refuse("klls", format!("{} of 2", others.len()))),
        }
        self.check(record)
    }
}

impl Classification {
    /// What is stored agrees with itself.
    fn check(&self, record: &Record<'_>) -> Result<(), Error> {
        let rows = self.rows();
        let scored = total(&self.bins.rows);
        let apart = self.scores.iter().map(KllSketch::n).fold(0, u64::saturating_add);
        let hits = total(&self.bins.hits);
        let predicted = self.predicted.iter().map(|bins| total(&bins.rows));
        let sound = self.matrix.is_sound()
            && predicted.fold(0, u64::saturating_add) <= rows
            && is_sum_of(self.brier, scored)
            && self.log_loss >= 0.0
            && scored.saturating_add(self.unscored).saturating_add(self.outside) <= rows
            && apart == scored
            && hits == self.scores[0].n();
        if sound {
            Ok(())
        } else {
            Err(record.refuse("cells", "counts that contradict each other"))
        }
    }
}
