//! Embeddings: fixed-size lists of floats.

use arrow_array::Array;
use arrow_schema::DataType;
use drypoint_sketches::Sketch;
use drypoint_sketches::kll::KllSketch;

use super::moments::dot;
use super::{Metric, Moments};
use crate::arrow::nested;
use crate::record::{Field, Form, Record, Value};
use crate::{Error, Parameters};

/// Facts about vectors. Norms are Euclidean, over the vectors whose components are all finite.
#[derive(Debug, Clone, PartialEq)]
pub struct Vectors {
    /// All components 0.
    pub zeros: u64,
    /// Some component NaN, infinite or null.
    pub non_finite: u64,
    /// Of the norms.
    pub moments: Moments,
    /// Of the norms.
    pub quantiles: KllSketch<f64>,
}

/// Squares of vectors with such a norm neither overflow nor lose their digits.
const SAFE: std::ops::Range<f64> = 1e-140..1e140;

/// The Euclidean norm, of a scaled vector where squares are out of the range of doubles.
fn norm(vector: &[f64]) -> f64 {
    let norm = dot(vector, vector).sqrt();
    if SAFE.contains(&norm) {
        return norm;
    }
    let largest = vector.iter().map(|x| x.abs()).fold(0.0, f64::max);
    if largest == 0.0 {
        return 0.0;
    }
    vector.iter().map(|x| (x / largest) * (x / largest)).sum::<f64>().sqrt() * largest
}

impl Metric for Vectors {
    const FIELDS: &'static [Field] = &[
        ("zeros", Form::Count),
        ("non_finite", Form::Count),
        // Those of the moments of the norms.
        Moments::FIELDS[0],
        Moments::FIELDS[1],
        Moments::FIELDS[2],
        Moments::FIELDS[3],
        Moments::FIELDS[4],
        Moments::FIELDS[5],
        Moments::FIELDS[6],
        ("kll", Form::Bytes),
    ];

    fn new(data_type: &DataType, parameters: &Parameters) -> Result<Option<Self>, Error> {
        let quantiles = KllSketch::with_seed(parameters.k, parameters.seed)?;
        let moments = Moments::default();
        let made = Self { zeros: 0, non_finite: 0, moments, quantiles };
        Ok(nested::is_vectors(data_type).then_some(made))
    }

    fn update(&mut self, array: &dyn Array, _: Option<&[u64]>) -> Result<(), Error> {
        let mut norms = Vec::with_capacity(array.len());
        nested::vectors(array, |vector| match vector {
            Some(vector) => {
                let norm = norm(vector);
                self.zeros += u64::from(norm == 0.0);
                norms.push(norm);
            }
            None => self.non_finite += 1,
        })?;
        self.moments.join(&Moments::of(&norms));
        self.quantiles.update_slice(&norms);
        Ok(())
    }

    fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.quantiles.merge(&other.quantiles)?;
        self.moments.join(&other.moments);
        self.zeros = self.zeros.saturating_add(other.zeros);
        self.non_finite = self.non_finite.saturating_add(other.non_finite);
        Ok(())
    }

    fn encode(&self) -> Vec<Value> {
        let mut values = vec![Value::Count(self.zeros), Value::Count(self.non_finite)];
        values.extend(self.moments.encode());
        values.push(Value::Bytes(self.quantiles.trimmed().encode()));
        values
    }

    fn decode(&mut self, record: &Record<'_>) -> Result<(), Error> {
        self.zeros = record.count("zeros");
        self.non_finite = record.count("non_finite");
        self.moments.decode(record)?;
        if let Some(bytes) = record.bytes("kll") {
            self.quantiles = KllSketch::decode(bytes)?;
        }
        Ok(())
    }
}
