"""Vectors against references, by what NumPy computes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import drypoint as dp
from drypoint import InputTypeError, ParameterError, Parameters

if TYPE_CHECKING:
    from pathlib import Path

RNG = np.random.default_rng(1)
VECTORS = RNG.normal(size=(3_000, 16))
REFERENCES = {name: RNG.normal(size=16) for name in ("cat", "dog", "bird")}


def of(vectors: Any, **parameters: Any) -> Any:
    """The profile of a column of vectors."""
    return dp.profile({"v": vectors}, columns={"v": Parameters(**parameters)})["v"]


def expected(kind: str, vectors: Any, reference: Any) -> Any:
    """The distance of each vector by its definition."""
    if kind == "euclidean":
        return np.linalg.norm(vectors - reference, axis=1)
    norms = np.linalg.norm(vectors, axis=1) * np.linalg.norm(reference)
    return 1 - vectors @ reference / norms


@pytest.mark.parametrize("kind", ["cosine", "euclidean"])
@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_distances_to_references_are_those_of_numpy(kind: str, dtype: str) -> None:
    """Sums of 16 products of numbers below 5 round by less than 1e-13 each."""
    vectors = VECTORS.astype(dtype)
    column = of(vectors, references=REFERENCES, distance=kind)
    wide = vectors.astype("float64")
    all_distances = {name: expected(kind, wide, one) for name, one in REFERENCES.items()}
    for name, distances in all_distances.items():
        found = column.references[name]
        assert found.n == len(vectors)
        assert found.mean == pytest.approx(distances.mean(), abs=1e-12)
        assert found.std == pytest.approx(distances.std(ddof=1), abs=1e-12)
        assert found.kll.min == pytest.approx(distances.min(), abs=1e-12)
        error = found.kll.rank_error
        low, high = np.quantile(distances, [0.5 - error, 0.5 + error])
        assert low <= found.kll.quantile(0.5).value <= high
    names = list(REFERENCES)
    nearest = np.argmin([all_distances[name] for name in names], axis=0)
    counts = {name: int((nearest == index).sum()) for index, name in enumerate(names)}
    assert {item.item: item.estimate.value for item in column.nearest} == counts


def test_vectors_without_a_direction_have_no_cosine_distance() -> None:
    """Those with components that are not finite have no distance at all."""
    vectors = np.array([[0.0, 0.0], [1.0, 0.0], [np.nan, 1.0], [np.inf, 1.0]])
    column = of(vectors, references={"x": [2.0, 0.0]})
    assert (column.references["x"].n, column.references["x"].mean) == (1, 0.0)
    assert (column.zero_vectors, column.non_finite_vectors) == (1, 2)
    assert of(vectors, references={"x": [2, 0]}, distance="euclidean").references["x"].n == 2


def test_parts_merge_and_files_read_back(tmp_path: Path) -> None:
    """Counts exactly, moments but for rounding; what is read back is equal."""
    parameters = Parameters(references=REFERENCES)
    first, second, whole = (
        dp.profile({"v": part}, parameters=parameters)
        for part in (VECTORS[:1_000], VECTORS[1_000:], VECTORS)
    )
    merged = first | second
    for name in REFERENCES:
        ours, theirs = merged["v"].references[name], whole["v"].references[name]  # type: ignore[index] # they have some
        assert ours.n == theirs.n
        assert ours.mean == pytest.approx(theirs.mean, abs=1e-12)
    assert merged["v"].nearest == whole["v"].nearest
    merged.save(tmp_path / "v.arrow")
    assert dp.load(tmp_path / "v.arrow") == merged


def test_what_is_compared_with_others_does_not_merge() -> None:
    """The error tells both."""
    a, b = (
        dp.profile({"v": VECTORS}, parameters=Parameters(references={name: REFERENCES[name]}))
        for name in ("cat", "dog")
    )
    with pytest.raises(dp.MergeError, match=r"cosine to cat .* cosine to dog"):
        a.merge(b)


def test_references_that_cannot_be_compared_are_refused() -> None:
    """By their label, before a row is taken."""
    with pytest.raises(ParameterError, match=r"\"x\" cannot be compared.*2 comp.*have 16"):
        dp.profile({"v": VECTORS}, columns={"v": Parameters(references={"x": [1, 2]})})
    for wrong in ([1.0, float("nan")], "text", 3):
        with pytest.raises(ParameterError, match="reference 'x'"):
            Parameters(references={"x": wrong})  # type: ignore[dict-item]
    with pytest.raises(ParameterError, match="distance must be one of"):
        Parameters(distance="manhattan")
    with pytest.raises(ParameterError, match="references must be a dict"):
        Parameters(references=[1.0])  # type: ignore[arg-type]


@given(st.lists(st.lists(st.floats(), min_size=3, max_size=3), max_size=20))
def test_norms_zeros_and_non_finite_are_those_of_numpy(rows: list[list[float]]) -> None:
    """Also where squares overflow."""
    vectors = np.array(rows).reshape(-1, 3)
    column = of(vectors)
    finite = np.isfinite(vectors).all(axis=1)
    assert column.non_finite_vectors == int((~finite).sum())
    assert column.zero_vectors == int((vectors[finite] == 0).all(axis=1).sum())
    assert column.norms.n <= int(finite.sum())


def test_a_column_of_text_has_no_references() -> None:
    """And a table is no vector."""
    column = dp.profile({"x": ["a"]}, parameters=Parameters(references=REFERENCES))["x"]
    assert column.references is column.nearest is None
    with pytest.raises((ParameterError, InputTypeError)):
        dp.profile(np.zeros((2, 2, 2)))
