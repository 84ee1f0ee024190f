//! What is measured, and how finely.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

/// Characters with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CharacterRange {
    /// What they are called.
    pub name: String,
    /// The first code point.
    pub first: u32,
    /// The last, which is one of them.
    pub last: u32,
}

/// A vector that others are compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// What it is called.
    pub label: String,
    /// As many components as the others have.
    pub vector: Vec<f64>,
}

/// How far two vectors are apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Distance {
    /// 1 less the cosine of the angle between them: 0 to 2.
    #[default]
    Cosine,
    /// The norm of their difference.
    Euclidean,
}

/// What is predicted, and how predictions and labels are compared.
#[derive(Debug, Clone, PartialEq)]
pub enum Task {
    /// One of some labels.
    Classification(ClassificationTask),
    /// A number.
    Regression,
    /// The order of items, of which the first `k` count.
    Ranking {
        /// At least 1.
        k: u64,
    },
}

impl Task {
    /// What it is called.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Classification(_) => "classification",
            Self::Regression => "regression",
            Self::Ranking { .. } => "ranking",
        }
    }
}

/// Predictions of labels.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassificationTask {
    /// The label that is looked for, as text; `None` if all are alike.
    pub positive: Option<String>,
    /// What scores are of.
    pub scored: Scored,
    /// The score from which on the positive label was predicted, if that is known.
    pub threshold: Option<f64>,
    /// So many labels are kept apart.
    pub most: usize,
}

impl Default for ClassificationTask {
    fn default() -> Self {
        Self { positive: None, scored: Scored::Nothing, threshold: None, most: 256 }
    }
}

impl fmt::Display for ClassificationTask {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let positive = self.positive.as_deref().unwrap_or("none");
        let threshold = self.threshold.map_or("none".to_owned(), |at| at.to_string());
        let (scored, most) = (self.scored.name(), self.most);
        write!(out, "positive {positive}, score of {scored}, threshold {threshold}, {most} labels")
    }
}

/// Of what a score is the probability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scored {
    /// There are no scores.
    Nothing,
    /// Of the positive label.
    Positive,
    /// Of the label that is predicted.
    Prediction,
}

impl Scored {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Positive => "positive",
            Self::Prediction => "prediction",
        }
    }

    /// The one that is called so; `Nothing` if none is.
    pub fn named(name: &str) -> Self {
        let mut all = [Self::Positive, Self::Prediction].into_iter();
        all.find(|one| one.name() == name).unwrap_or(Self::Nothing)
    }
}

/// What is measured of a column, and how finely. A profile records it.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    /// HLL keeps 2^`lg_k` registers: 4 to 21.
    pub lg_k: u8,
    /// KLL's k: 8 to 65,535.
    pub k: u16,
    /// Frequent items keep 0.75 · 2^this: 3 to 26.
    pub lg_max_map_size: u8,
    /// For every random choice.
    pub seed: u64,
    /// Times after this are in the future: nanoseconds since 1970 in UTC.
    pub clock: Option<i64>,
    /// Whether the column says of each row if it met a condition, as
    /// [`Condition`](crate::metric::Condition) takes it.
    pub condition: bool,
    /// What the column says of predictions, if it is made of predictions and labels.
    pub task: Option<Task>,
    /// Characters are counted by these ranges, and not by their classes.
    pub ranges: Option<Vec<CharacterRange>>,
    /// What vectors are compared with.
    pub references: Arc<[Reference]>,
    /// How they are compared.
    pub distance: Distance,
    /// The names of the metrics that are kept; all that fit the type by default.
    pub metrics: Option<BTreeSet<String>>,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            lg_k: 12,
            k: 512,
            lg_max_map_size: 10,
            seed: 0,
            clock: None,
            condition: false,
            task: None,
            ranges: None,
            references: Arc::default(),
            distance: Distance::default(),
            metrics: None,
        }
    }
}

impl Parameters {
    /// What the rows of the column are, if they are not values that are described.
    pub(crate) fn special(&self) -> Option<&'static str> {
        match &self.task {
            Some(task) => Some(task.name()),
            None => self.condition.then_some("condition"),
        }
    }

    /// Whether the metric called `name` is wanted.
    pub(crate) fn wants(&self, name: &str) -> bool {
        self.metrics.as_ref().is_none_or(|names| names.contains(name))
    }
}

/// The parameters of each column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// Of the columns that have none of their own.
    pub default: Parameters,
    /// By name: of a column of the table, then also of what is inside it, or of a nested one.
    pub columns: HashMap<String, Parameters>,
}

impl Options {
    /// The parameters of the column at `path`, the innermost that there are.
    pub(crate) fn of(&self, path: &str, table_column: &str) -> &Parameters {
        let own = self.columns.get(path).or_else(|| self.columns.get(table_column));
        own.unwrap_or(&self.default)
    }
}
