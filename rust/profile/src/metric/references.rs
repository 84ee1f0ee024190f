//! How far vectors are from some that they are compared with, and which of those is the nearest.

use std::sync::Arc;

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::frequent::FrequentItems;
use drypoint_sketches::kll::KllSketch;
use drypoint_sketches::{Sketch, StringSlices};

use super::Metric;
use super::moments::{Moments, dot};
use crate::arrow::nested;
use crate::parameters::{Distance, Reference};
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters};

/// Distances of vectors whose components are all finite to each reference; cosine distances not of
/// zero vectors, which have no direction.
#[derive(Debug, Clone, PartialEq)]
pub struct References {
    distance: Distance,
    /// What is compared with.
    vectors: Arc<[Reference]>,
    /// For each reference.
    distances: Vec<Distances>,
    /// Labels of the nearest references.
    nearest: FrequentItems<String>,
}

/// Distances to one reference.
#[derive(Debug, Clone, PartialEq)]
struct Distances {
    moments: Moments,
    quantiles: KllSketch<f64>,
}

impl Distances {
    fn new(parameters: &Parameters) -> Result<Self, Error> {
        let quantiles = KllSketch::with_seed(parameters.k, parameters.seed)?;
        Ok(Self { moments: Moments::default(), quantiles })
    }
}

impl Distance {
    /// Between two vectors of one size; `None` where there is none.
    fn between(self, a: &[f64], b: &[f64]) -> Option<f64> {
        match self {
            Self::Euclidean => {
                let squares = dot(a, a) + dot(b, b) - 2.0 * dot(a, b);
                // Of vectors that are close the difference of squares has lost its digits.
                let close = squares < 1e-6 * (dot(a, a) + dot(b, b));
                let apart = |(a, b): (&f64, &f64)| (a - b) * (a - b);
                let exact = || a.iter().zip(b).map(apart).sum::<f64>();
                Some(if close || !squares.is_finite() { exact() } else { squares }.sqrt())
            }
            Self::Cosine => {
                let norms = (dot(a, a) * dot(b, b)).sqrt();
                (norms > 0.0).then(|| (1.0 - dot(a, b) / norms).clamp(0.0, 2.0))
            }
        }
        .filter(|distance| distance.is_finite())
    }

    fn name(self) -> &'static str {
        match self {
            Self::Cosine => "cosine",
            Self::Euclidean => "euclidean",
        }
    }
}

/// What a reference must be to be compared with vectors of `size` components.
fn check(reference: &Reference, size: usize) -> Result<(), Error> {
    let Reference { label, vector } = reference;
    let reason = if vector.len() == size && vector.iter().all(|x| x.is_finite()) {
        return Ok(());
    } else if vector.len() == size {
        "it has components that are not finite".to_owned()
    } else {
        format!("it has {} components, the vectors have {size}", vector.len())
    };
    Err(Error::Reference { label: label.clone(), reason })
}

impl References {
    /// Of no vectors.
    fn of_none(parameters: &Parameters) -> Result<Self, Error> {
        let vectors = parameters.references.clone();
        let distances = vectors.iter().map(|_| Distances::new(parameters));
        Ok(Self {
            distance: parameters.distance,
            distances: distances.collect::<Result<_, _>>()?,
            vectors,
            nearest: FrequentItems::new(parameters.lg_max_map_size)?,
        })
    }

    fn see(&mut self, vectors: &[Vec<f64>]) -> Result<(), Error> {
        let mut found = vec![Vec::with_capacity(vectors.len()); self.vectors.len()];
        let mut labels: Vec<&[u8]> = Vec::with_capacity(vectors.len());
        for vector in vectors {
            let mut nearest: Option<(f64, &Reference)> = None;
            for (reference, found) in self.vectors.iter().zip(&mut found) {
                let Some(distance) = self.distance.between(vector, &reference.vector) else {
                    continue;
                };
                found.push(distance);
                if nearest.is_none_or(|(least, _)| distance < least) {
                    nearest = Some((distance, reference));
                }
            }
            labels.extend(nearest.map(|(_, reference)| reference.label.as_bytes()));
        }
        for (distances, found) in self.distances.iter_mut().zip(&found) {
            distances.moments.join(&Moments::of(found));
            distances.quantiles.update_slice(found);
        }
        Ok(self.nearest.update_strings(&StringSlices(&labels))?)
    }

    fn labels(&self) -> Vec<String> {
        self.vectors.iter().map(|reference| reference.label.clone()).collect()
    }
}

impl Metric for References {
    const SEQUENTIAL: bool = true;
    const FIELDS: &'static [Field] = &[
        ("distance", Form::Text),
        ("labels", Form::Texts),
        ("n", Form::Counts),
        ("mean", Form::Floats),
        ("m2", Form::Floats),
        ("m3", Form::Floats),
        ("m4", Form::Floats),
        ("klls", Form::Sketches),
        ("nearest", Form::Bytes),
    ];

    fn new(data_type: &DataType, parameters: &Parameters) -> Result<Option<Self>, Error> {
        let DataType::FixedSizeList(_, size) = data_type else { return Ok(None) };
        if !nested::is_vectors(data_type) || parameters.references.is_empty() {
            return Ok(None);
        }
        let references = &parameters.references;
        references.iter().try_for_each(|reference| check(reference, *size as usize))?;
        Self::of_none(parameters).map(Some)
    }

    fn blank(data_type: &DataType) -> Result<Option<Self>, Error> {
        let vectors = nested::is_vectors(data_type);
        vectors.then(|| Self::of_none(&Parameters::default())).transpose()
    }

    fn update(&mut self, array: &dyn Array, _: Option<&[u64]>) -> Result<(), Error> {
        let mut vectors = Vec::with_capacity(array.len());
        nested::vectors(array, |vector| vectors.extend(vector.map(<[f64]>::to_vec)))?;
        self.see(&vectors)
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let said = |one: &Self| format!("{} to {}", one.distance.name(), one.labels().join(", "));
        let (left, right) = (said(self), said(other));
        if left != right {
            let what = "what vectors are compared with";
            return Err(drypoint_sketches::Error::Mismatch { what, left, right }.into());
        }
        for (ours, theirs) in self.distances.iter_mut().zip(&other.distances) {
            ours.quantiles.merge(&theirs.quantiles)?;
            ours.moments.join(&theirs.moments);
        }
        Ok(self.nearest.merge(&other.nearest)?)
    }

    fn encode(&self) -> Vec<Value> {
        let all = |of: fn(&Moments) -> f64| {
            Value::Floats(self.distances.iter().map(|one| of(&one.moments)).collect())
        };
        let klls = self.distances.iter().map(|one| one.quantiles.trimmed().encode());
        vec![
            Value::Text(self.distance.name().to_owned()),
            Value::Texts(self.labels()),
            Value::Counts(self.distances.iter().map(|one| one.moments.n()).collect()),
            all(|moments| moments.mean),
            all(|moments| moments.m2),
            all(|moments| moments.m3),
            all(|moments| moments.m4),
            Value::Sketches(klls.collect()),
            Value::Bytes(self.nearest.trimmed().encode()),
        ]
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        let labels = record.texts("labels");
        let klls = record.sketches("klls");
        let [mean, m2, m3, m4] = ["mean", "m2", "m3", "m4"].map(|name| record.floats(name));
        let n = record.counts("n");
        let lengths = [klls.len(), n.len(), mean.len(), m2.len(), m3.len(), m4.len()];
        if lengths != [labels.len(); 6] {
            return Err(record.refuse("labels", format!("{} for {lengths:?}", labels.len())));
        }
        let distances = (0..labels.len()).map(|at| {
            let moments = Moments::from_parts(n[at], [mean[at], m2[at], m3[at], m4[at]]);
            Ok(Distances { moments, quantiles: KllSketch::decode(&klls[at])? })
        });
        self.distances = distances.collect::<Result<_, Error>>()?;
        self.distance = match record.text("distance") {
            Some("euclidean") => Distance::Euclidean,
            _ => Distance::Cosine,
        };
        // The vectors are not kept: what is read is asked and merged, not updated.
        let reference = |label: &String| Reference { label: label.clone(), vector: Vec::new() };
        self.vectors = labels.iter().map(reference).collect();
        if let Some(bytes) = record.bytes("nearest") {
            self.nearest = FrequentItems::decode(bytes)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_their_definitions() {
        let (a, b) = ([3.0, 4.0], [4.0, -3.0]);
        assert_eq!(Distance::Cosine.between(&a, &b), Some(1.0));
        assert_eq!(Distance::Cosine.between(&a, &[6.0, 8.0]), Some(0.0));
        assert_eq!(Distance::Cosine.between(&a, &[0.0, 0.0]), None);
        assert_eq!(Distance::Euclidean.between(&a, &[0.0, 0.0]), Some(5.0));
        assert_eq!(Distance::Euclidean.between(&a, &a), Some(0.0));
        let near = [3.0, 4.0 + 1e-9];
        let apart = Distance::Euclidean.between(&a, &near).unwrap();
        // A double near 4 is off by 4.4e-16 at most.
        assert!((apart - 1e-9).abs() < 1e-15, "{apart}");
    }
}
