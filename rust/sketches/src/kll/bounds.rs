//! How far ranks may be off: the fits of Apache `DataSketches` to measured errors, at 99 %.

use crate::Error;

/// The confidence of every bound of a KLL sketch.
pub(super) const CONFIDENCE: f64 = 0.99;
/// The accuracy parameters that there are.
pub(super) const K: std::ops::RangeInclusive<u16> = 8..=65_535;

/// Error of one rank, or of the rank of one quantile, as a share of n: 2.296 / k^0.9723. It holds
/// for all ranks of a sketch together with 99 %.
pub fn normalized_rank_error(k: u16) -> f64 {
    2.296 / f64::from(k).powf(0.9723)
}

/// Error of the mass between two splits, as a share of n: 2.446 / k^0.9433, with 99 %.
pub fn normalized_pmf_error(k: u16) -> f64 {
    2.446 / f64::from(k).powf(0.9433)
}

/// The least k whose rank error is at most `error`, a share in (0, 1).
///
/// # Errors
/// [`Error::OutOfRange`] if no k up to 65,535 is that accurate, or `error` is not in (0, 1).
///
/// ```
/// use drypoint_sketches::kll::{k_for_error, normalized_rank_error};
/// let k = k_for_error(0.005)?;
/// assert!(normalized_rank_error(k) <= 0.005 && normalized_rank_error(k - 1) > 0.005);
/// # Ok::<(), drypoint_sketches::Error>(())
/// ```
pub fn k_for_error(error: f64) -> Result<u16, Error> {
    let least = normalized_rank_error(*K.end());
    if !(error >= least && error < 1.0) {
        return Err(Error::out_of_range("error", format!("{least:.2e} to 1, exclusive"), error));
    }
    let fit = (2.296 / error).powf(1.0 / 0.9723).ceil() as u16;
    let near = fit.saturating_sub(1).max(*K.start());
    // The power and its inverse round on their own: look at the neighbours.
    Ok((near..=*K.end()).find(|&k| normalized_rank_error(k) <= error).unwrap_or(*K.end()))
}
