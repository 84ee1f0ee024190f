//! How well labels were predicted: a confusion matrix, and what scores say of it.
//!
//! A row comes as a struct of `prediction`, `label` and, if there is one, `score`. The matrix is
//! over the texts of the labels (up to a number of them, then one remainder) and over what is
//! missing, so every row is in it. A score is the probability of the positive label, or that of the
//! prediction; those that are in [0, 1] are summed up for log loss and the Brier score (Brier 1950)
//! and counted in bins for calibration; a quantile sketch of each class is
//! what curves are drawn from.

use std::collections::HashMap;

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_cast::cast;
use arrow_schema::DataType;
use drypoint_sketches::Sketch;
use drypoint_sketches::kll::KllSketch;
use foldhash::fast::RandomState;

use super::Metric;
use super::bins::{Bins, column, total};
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
    /// In the order in which they came.
    labels: Vec<String>,
    places: HashMap<String, usize, RandomState>,
    /// Rows by label and prediction: those of `labels`, then all others, then what is missing.
    matrix: Vec<u64>,
    /// Rows whose prediction is their label, whichever it is.
    hits: u64,
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

/// The codes of a block: where each row stands in the matrix, and whether it was right.
struct Codes {
    prediction: Vec<u32>,
    label: Vec<u32>,
    labels: Labels,
}

impl Codes {
    /// The code of the positive label, if it is among them.
    fn positive(&self, task: &ClassificationTask) -> u32 {
        let same = |text: &String| Some(text) == task.positive.as_ref();
        self.labels.texts().iter().position(same).map_or(MISSING - 1, |code| code as u32)
    }
}

impl Classification {
    fn of_none(task: ClassificationTask, k: u16, seed: u64) -> Result<Self, Error> {
        let scores = [KllSketch::with_seed(k, seed)?, KllSketch::with_seed(k, !seed)?];
        Ok(Self {
            task,
            labels: Vec::new(),
            places: HashMap::default(),
            matrix: vec![0; 4],
            hits: 0,
            unscored: 0,
            outside: 0,
            log_loss: 0.0,
            brier: 0.0,
            bins: Bins::default(),
            predicted: [Bins::default(), Bins::default()],
            scores,
        })
    }

    fn side(&self) -> usize {
        self.labels.len() + 2
    }

    /// The place of a label, which it gets if there is room; else that of all others.
    fn place(&mut self, text: &str) -> usize {
        if let Some(&place) = self.places.get(text) {
            return place;
        }
        let (count, side) = (self.labels.len(), self.side());
        if count >= self.task.most {
            return count;
        }
        let mut wider = vec![0; (side + 1) * (side + 1)];
        let moved = |place: usize| if place < count { place } else { place + 1 };
        for (index, &rows) in self.matrix.iter().enumerate() {
            wider[moved(index / side) * (side + 1) + moved(index % side)] = rows;
        }
        self.matrix = wider;
        self.labels.push(text.to_owned());
        self.places.insert(text.to_owned(), count);
        count
    }

    /// Counts the rows of a block.
    fn count(&mut self, codes: &Codes) {
        let count = codes.labels.texts().len();
        let mut used = vec![false; count];
        let all = codes.label.iter().chain(&codes.prediction);
        all.filter(|&&code| code != MISSING).for_each(|&code| used[code as usize] = true);
        // All have their places before any is looked up, for a new one moves the others.
        let texts = codes.labels.texts();
        for text in texts.iter().zip(used).filter(|(_, used)| *used).map(|(text, _)| text) {
            self.place(text);
        }
        let side = self.side();
        let mut places: Vec<usize> =
            texts.iter().map(|text| self.places.get(text).map_or(side - 2, |&at| at)).collect();
        places.push(side - 1);
        let place = |code: u32| places[(code as usize).min(count)];
        for (&label, &prediction) in codes.label.iter().zip(&codes.prediction) {
            self.matrix[place(label) * side + place(prediction)] += 1;
            self.hits += u64::from(label == prediction && label != MISSING);
        }
    }

    /// Sums the scores of a block up.
    fn score(&mut self, codes: &Codes, scores: &dyn Array) {
        let scores = scores.as_primitive::<Float64Type>();
        let positive = codes.positive(&self.task);
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

    /// The labels in order, and the rows and columns of the matrix that are theirs.
    fn ordered(&self) -> (Vec<String>, Vec<usize>) {
        let count = self.labels.len();
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by(|&a, &b| self.labels[a].cmp(&self.labels[b]));
        let labels = order.iter().map(|&place| self.labels[place].clone()).collect();
        order.extend([count, count + 1]);
        (labels, order)
    }

    /// The cells of the matrix that are not 0: the label, the prediction, the rows.
    fn cells(&self, order: &[usize]) -> [Vec<u64>; 3] {
        let mut cells = [Vec::new(), Vec::new(), Vec::new()];
        for (label, &from) in order.iter().enumerate() {
            for (prediction, &at) in order.iter().enumerate() {
                let rows = self.matrix[from * self.side() + at];
                if rows > 0 {
                    cells[0].push(label as u64);
                    cells[1].push(prediction as u64);
                    cells[2].push(rows);
                }
            }
        }
        cells
    }

    fn read_matrix(&mut self, record: &Record<'_>) -> Result<(), Error> {
        let labels = record.texts("labels");
        self.task.most = usize::try_from(record.count("most")).unwrap_or(usize::MAX);
        if labels.len() > self.task.most {
            return Err(record.refuse("labels", format!("{} of {}", labels.len(), self.task.most)));
        }
        for (index, label) in labels.iter().enumerate() {
            if self.place(label) != index {
                return Err(record.refuse("labels", format!("{label:?} is there twice")));
            }
        }
        let side = self.side();
        let [actual, predicted, rows] =
            ["actual", "predicted", "cells"].map(|name| record.counts(name));
        if actual.len() != rows.len() || predicted.len() != rows.len() {
            return Err(record.refuse("cells", format!("{} of {}", rows.len(), actual.len())));
        }
        for ((&label, &prediction), &rows) in actual.iter().zip(predicted).zip(rows) {
            let place = |at: u64| usize::try_from(at).ok().filter(|&at| at < side);
            let (Some(label), Some(prediction)) = (place(label), place(prediction)) else {
                return Err(record.refuse("cells", format!("{label}, {prediction} of {side}")));
            };
            let cell = &mut self.matrix[label * side + prediction];
            *cell = cell.saturating_add(rows);
        }
        Ok(())
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
        self.count(&codes);
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
        let (labels, order) = other.ordered();
        for label in &labels {
            self.place(label);
        }
        let side = self.side();
        let rest = [side - 2, side - 1];
        let place = |label: &String| self.places.get(label).map_or(rest[0], |&at| at);
        let places: Vec<usize> = labels.iter().map(place).chain(rest).collect();
        let [actual, predicted, rows] = other.cells(&order);
        for ((label, prediction), rows) in actual.into_iter().zip(predicted).zip(rows) {
            let cell =
                &mut self.matrix[places[label as usize] * side + places[prediction as usize]];
            *cell = cell.saturating_add(rows);
        }
        self.hits = self.hits.saturating_add(other.hits);
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
        let (labels, order) = self.ordered();
        let [actual, predicted, cells] = self.cells(&order);
        let task = &self.task;
        let mut values = vec![
            task.positive.clone().map_or(Value::Null, Value::Text),
            Value::Text(task.scored.name().to_owned()),
            task.threshold.map_or(Value::Null, Value::Float),
            Value::Count(task.most as u64),
            Value::Texts(labels),
            Value::Counts(actual),
            Value::Counts(predicted),
            Value::Counts(cells),
            Value::Count(self.hits),
            Value::Count(self.unscored),
            Value::Count(self.outside),
            Value::Float(self.log_loss),
            Value::Float(self.brier),
        ];
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
        self.read_matrix(record)?;
        self.hits = record.count("hits");
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
        let rows = total(&self.matrix);
        let scored = total(&self.bins.rows);
        let apart = self.scores.iter().map(KllSketch::n).fold(0, u64::saturating_add);
        let hits = total(&self.bins.hits);
        let sound = self.hits <= rows
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
