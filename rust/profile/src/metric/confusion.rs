//! A confusion matrix over the texts of labels, up to a number of them.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::Error;
use crate::arrow::labels::{Labels, MISSING};
use crate::record::{Record, Value};

/// The codes of the labels and predictions of a block.
pub(super) struct Codes {
    pub(super) prediction: Vec<u32>,
    pub(super) label: Vec<u32>,
    pub(super) labels: Labels,
}

impl Codes {
    /// The code of a label; that of no row if it is not among them.
    pub(super) fn code_of(&self, label: Option<&str>) -> u32 {
        let mut texts = self.labels.texts().iter();
        let found = texts.position(|text| Some(text.as_str()) == label);
        found.map_or(MISSING - 1, |code| code as u32)
    }
}

/// The place of all labels for which there was no room, and of what is missing.
const REST: u32 = MISSING - 1;
/// Labels of a block up to which its rows are counted in a table, which fits the first cache.
const FEW: usize = 63;

/// Rows by label and prediction.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Confusion {
    /// So many labels are kept apart.
    most: usize,
    /// In the order in which they came.
    labels: Vec<String>,
    places: HashMap<String, u32, RandomState>,
    /// By the places of label and prediction: those in `labels`, [`REST`] and [`MISSING`].
    cells: HashMap<(u32, u32), u64, RandomState>,
    /// Rows whose prediction is their label, whichever it is.
    hits: u64,
}

impl Confusion {
    pub(super) fn new(most: usize) -> Self {
        let (labels, places, cells) = (Vec::new(), HashMap::default(), HashMap::default());
        Self { most, labels, places, cells, hits: 0 }
    }

    pub(super) fn most(&self) -> usize {
        self.most
    }

    pub(super) fn rows(&self) -> u64 {
        self.cells.values().fold(0, |rows, &cell| rows.saturating_add(cell))
    }

    /// Whether no more rows are right than there are.
    pub(super) fn is_sound(&self) -> bool {
        self.hits <= self.rows()
    }

    /// The place of a label, which it gets if there is room.
    fn place(&mut self, text: &str) -> u32 {
        if let Some(&place) = self.places.get(text) {
            return place;
        }
        if self.labels.len() >= self.most {
            return REST;
        }
        let place = self.labels.len() as u32;
        self.labels.push(text.to_owned());
        self.places.insert(text.to_owned(), place);
        place
    }

    fn add(&mut self, label: u32, prediction: u32, rows: u64) {
        let cell = self.cells.entry((label, prediction)).or_default();
        *cell = cell.saturating_add(rows);
    }

    /// Counts the rows of a block.
    pub(super) fn count(&mut self, codes: &Codes) {
        let known = codes.labels.texts().len();
        let pairs = codes.label.iter().zip(&codes.prediction);
        if known > FEW {
            return pairs
                .for_each(|(&label, &prediction)| self.rows_of(codes, label, prediction, 1));
        }
        let side = known + 1;
        let mut table = vec![0; side * side];
        let place = |code: u32| (code as usize).min(known);
        for (&label, &prediction) in pairs {
            table[place(label) * side + place(prediction)] += 1;
        }
        for (at, &rows) in table.iter().enumerate().filter(|(_, rows)| **rows > 0) {
            let code = |place: usize| if place == known { MISSING } else { place as u32 };
            self.rows_of(codes, code(at / side), code(at % side), rows);
        }
    }

    /// Counts rows of one pair of codes.
    fn rows_of(&mut self, codes: &Codes, label: u32, prediction: u32, rows: u64) {
        if label == prediction && label != MISSING {
            self.hits = self.hits.saturating_add(rows);
        }
        let mut place = |code: u32| match codes.labels.texts().get(code as usize) {
            Some(text) => self.place(text),
            None => MISSING,
        };
        let (label, prediction) = (place(label), place(prediction));
        self.add(label, prediction, rows);
    }

    /// Folds other rows in.
    pub(super) fn merge(&mut self, other: &Self) {
        let (order, _) = other.ordered();
        let mut places = vec![REST; other.labels.len()];
        for from in order {
            places[from as usize] = self.place(&other.labels[from as usize]);
        }
        let place = |at: u32| places.get(at as usize).copied().unwrap_or(at);
        for (&(label, prediction), &rows) in &other.cells {
            self.add(place(label), place(prediction), rows);
        }
        self.hits = self.hits.saturating_add(other.hits);
    }

    /// The places of the labels in order, and where each place stands in that order.
    fn ordered(&self) -> (Vec<u32>, Vec<u64>) {
        let mut order: Vec<u32> = (0..self.labels.len() as u32).collect();
        order.sort_by(|&a, &b| self.labels[a as usize].cmp(&self.labels[b as usize]));
        let mut ranks = vec![0; order.len()];
        (0..).zip(&order).for_each(|(rank, &place)| ranks[place as usize] = rank);
        (order, ranks)
    }

    /// The labels in order; the cells that are not 0 by the places of label and prediction in that
    /// order, all others and what is missing standing behind; and the rows that are right.
    pub(super) fn encode(&self) -> [Value; 6] {
        let (order, ranks) = self.ordered();
        let count = ranks.len() as u64;
        let rank = |place: u32| match place {
            REST => count,
            MISSING => count + 1,
            place => ranks[place as usize],
        };
        let cell = |(&(label, prediction), &rows): (&(u32, u32), &u64)| {
            (rank(label), rank(prediction), rows)
        };
        let mut cells: Vec<(u64, u64, u64)> = self.cells.iter().map(cell).collect();
        cells.sort_unstable();
        let labels = order.iter().map(|&place| self.labels[place as usize].clone());
        [
            Value::Count(self.most as u64),
            Value::Texts(labels.collect()),
            Value::Counts(cells.iter().map(|cell| cell.0).collect()),
            Value::Counts(cells.iter().map(|cell| cell.1).collect()),
            Value::Counts(cells.iter().map(|cell| cell.2).collect()),
            Value::Count(self.hits),
        ]
    }

    /// Reads what [`Self::encode`] wrote.
    pub(super) fn decode(record: &Record<'_>) -> Result<Self, Error> {
        let labels = record.texts("labels");
        let mut found = Self::new(usize::try_from(record.count("most")).unwrap_or(usize::MAX));
        if labels.len() > found.most || labels.len() >= REST as usize {
            return Err(record.refuse("labels", format!("{} of {}", labels.len(), found.most)));
        }
        for (index, label) in labels.iter().enumerate() {
            if found.place(label) as usize != index {
                return Err(record.refuse("labels", format!("{label:?} is there twice")));
            }
        }
        let [actual, predicted, cells] =
            ["actual", "predicted", "cells"].map(|name| record.counts(name));
        if actual.len() != cells.len() || predicted.len() != cells.len() {
            return Err(record.refuse("cells", format!("{} of {}", cells.len(), actual.len())));
        }
        let count = labels.len() as u64;
        let place = |rank: u64| match rank.checked_sub(count) {
            None => Ok(rank as u32),
            Some(0) => Ok(REST),
            Some(1) => Ok(MISSING),
            Some(_) => Err(record.refuse("cells", format!("place {rank} of {count} labels"))),
        };
        for ((&label, &prediction), &rows) in actual.iter().zip(predicted).zip(cells) {
            found.add(place(label)?, place(prediction)?, rows);
        }
        found.hits = record.count("hits");
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Counts pairs of label and prediction, 9 standing for what is missing.
    fn of(pairs: &[(u8, u8)], most: usize) -> Confusion {
        let text = |label: u8| (label < 9).then(|| label.to_string());
        let column = |of: fn(&(u8, u8)) -> u8| {
            pairs.iter().map(|pair| text(of(pair))).collect::<arrow_array::StringArray>()
        };
        let mut labels = Labels::default();
        let label = labels.codes(&column(|pair| pair.0)).unwrap();
        let prediction = labels.codes(&column(|pair| pair.1)).unwrap();
        let mut made = Confusion::new(most);
        made.count(&Codes { prediction, label, labels });
        made
    }

    proptest! {
        #[test]
        fn parts_merge_to_the_whole(
            pairs in prop::collection::vec((0u8..10, 0u8..10), 0..60),
            cut: prop::sample::Index,
        ) {
            let (a, b) = pairs.split_at(cut.index(pairs.len() + 1));
            let mut merged = of(a, 9);
            merged.merge(&of(b, 9));
            prop_assert_eq!(merged.encode(), of(&pairs, 9).encode());
        }

        #[test]
        fn no_row_is_lost_when_labels_are_too_many(
            pairs in prop::collection::vec((0u8..10, 0u8..10), 0..60),
            most in 0usize..9,
        ) {
            let made = of(&pairs, most);
            prop_assert_eq!(made.rows(), pairs.len() as u64);
            let right = pairs.iter().filter(|(label, prediction)| label == prediction && *label < 9);
            prop_assert_eq!(made.hits, right.count() as u64);
            let mut merged = made.clone();
            merged.merge(&made);
            prop_assert_eq!(merged.rows(), 2 * made.rows());
        }
    }
}
