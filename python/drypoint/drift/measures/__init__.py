"""The measures of drift, one a file, each one entry of the list."""

from drypoint.drift._measure import Measure
from drypoint.drift.measures import (
    _chi_square,
    _contents,
    _distinct_ratio,
    _hellinger,
    _jensen_shannon,
    _kl,
    _ks,
    _mean,
    _normalized_wasserstein,
    _null_ratio,
    _psi,
    _total_variation,
    _wasserstein,
)

__all__ = ["MEASURES"]

MEASURES: dict[str, Measure] = {
    one.MEASURE.name: one.MEASURE
    for one in (
        _ks,
        _wasserstein,
        _normalized_wasserstein,
        _chi_square,
        _total_variation,
        _psi,
        _jensen_shannon,
        _hellinger,
        _kl,
        _mean,
        _null_ratio,
        _distinct_ratio,
        _contents,
    )
}
