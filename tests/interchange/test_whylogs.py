"""whylogs 1.6.4 reads what we write, to the same numbers, and we read what it writes."""

from __future__ import annotations

import json
import math
import os
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from tests.formats.whylogs_says import ITEMS, says
from tests.golden.whylogs.make_whylogs import DAY

import drypoint as dp
from drypoint.formats import whylogs
from drypoint.formats.whylogs._about import partition

PROJECT = Path(__file__).parents[2]
PYTHON = PROJECT / "build" / "whylogs-venv" / "bin" / "python"
WORKER = Path(__file__).with_name("whylogs_worker.py")

pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("CI") and not PYTHON.exists(),
        reason="needs an environment with whylogs 1.6.4: make test-whylogs",
    ),
    pytest.mark.filterwarnings("ignore::drypoint.errors.MixedTypesWarning"),
]


def worker(*arguments: str | Path) -> Any:
    """What whylogs does in its own environment."""
    assert PYTHON.exists(), "there is no environment with whylogs 1.6.4: make test-whylogs"
    done = subprocess.run(
        [PYTHON, "-W", "ignore", WORKER, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"WHYLOGS_NO_ANALYTICS": "True"},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def check(column: dp.ColumnProfile, theirs: dict[str, Any]) -> None:
    """Whether whylogs says of a column what it should, by its own rules, from ours."""
    theirs = {key: float(fact) if isinstance(fact, str) else fact for key, fact in theirs.items()}
    theirs |= {ITEMS: sorted(theirs.get(ITEMS, []))}
    for fact, ours in says(column).items():
        if fact in theirs or not fact.startswith("ints/"):
            assert theirs[fact] == ours, f"{column.name}: {fact}"


# ---- Ours, read by whylogs


def everything(rows: int) -> pa.Table:
    """A table of every type."""
    index = range(rows)
    text = [f"wert {row % 1500} äöü 語" if row % 7 else None for row in index]
    columns: dict[str, pa.Array] = {
        "int64": pa.array([row * row % 9973 - 5000 for row in index]),
        "int8": pa.array([None if row % 5 == 0 else row % 100 - 50 for row in index], pa.int8()),
        "uint64": pa.array([row % 3 for row in index], pa.uint64()),
        "huge": pa.array([2**64 - 1 - row for row in index], pa.uint64()),
        "float": pa.array([math.sin(row) * 1e6 if row % 3 else math.nan for row in index]),
        "infinite": pa.array([-math.inf if row % 4 == 0 else row / 3 for row in index]),
        "decimal": pa.array([Decimal(row) / 4 for row in index], pa.decimal128(20, 2)),
        "string": pa.array(text, pa.string()),
        "unique": pa.array([f"user {row}" for row in index], pa.string()),
        "bool": pa.array([None if row % 9 == 0 else row % 2 == 0 for row in index], pa.bool_()),
        "time": pa.array(index, pa.timestamp("s")),
        "lists": pa.array([[row] for row in index], pa.list_(pa.int64())),
        "struct": pa.array([{"a": row} for row in index], pa.struct({"a": pa.int64()})),
        "null": pa.nulls(rows),
        "all null": pa.nulls(rows, pa.int64()),
    }
    return pa.table(columns)


@pytest.mark.parametrize("rows", [0, 1, 2, 100, 20_000])
def test_it_reads_every_type_to_the_same_numbers(rows: int, tmp_path: Path) -> None:
    """Counts, types, mean, spread, quantiles, distinct and frequent values, ends of integers."""
    profile = dp.profile(everything(rows))
    path = tmp_path / "profile.bin"
    back = whylogs.read(whylogs.write(profile, path))
    theirs = worker("read", path)[str(path)]["columns"]
    assert set(theirs) == set(profile.columns) - {"lists[]"}
    for name, answers in theirs.items():
        check(back[name], answers)
        if profile[name].type in ("int64", "int8", "float64", "string", "bool"):
            check(profile[name], answers)
    kinds = {"huge": "integral", "decimal": "fractional", "time": "object", "lists": "tensor"}
    for name, kind in kinds.items():
        assert theirs[name][f"types/{kind}"] == rows
    if rows > 1:
        ends = [theirs["int8"]["ints/min"], theirs["int8"]["ints/max"]]
        assert ends == [profile["int8"].min, profile["int8"].max]
        assert theirs["uint64"]["ints/max"] == 1 + (rows > 2)
        assert "ints/max" not in theirs["huge"]


def test_it_reads_what_was_merged(tmp_path: Path) -> None:
    """Of parts whose types differ, whylogs has one column."""
    parts: list[dict[str, list[Any]]] = [
        {"x": [1, 2, 2]}, {"x": ["a", "2"]}, {"x": [0.5] * 3}, {"x": [True]}
    ]  # fmt: skip
    path = tmp_path / "profile.bin"
    whylogs.write(dp.merge(map(dp.profile, parts)), path)
    theirs = worker("read", path)[str(path)]["columns"]["x"]
    counts = {"integral": 3, "fractional": 3, "boolean": 1, "string": 2}
    assert {kind: theirs[f"types/{kind}"] for kind in counts} == counts
    values = [1.0, 2.0, 2.0, 0.5, 0.5, 0.5, 1.0]
    assert theirs["distribution/mean"] == pytest.approx(sum(values) / 7)
    assert (theirs["distribution/n"], theirs["distribution/median"]) == (7, 1.0)
    assert [theirs["ints/min"], theirs["ints/max"]] == [1, 2]
    assert {text: count for text, count, _, _ in theirs[ITEMS]} == {
        "2": 3, "1": 1, "a": 1, "True": 1
    }  # fmt: skip


def test_it_reads_what_the_profile_is_of(tmp_path: Path) -> None:
    """Names, tags and time; of a set each segment, under the partition that it would have made."""
    rows = {"b": [True, False, True], "k": ["x", "y", "y"], "v": [1, 2, 3]}
    about: dict[str, Any] = {"dataset": "flights", "tags": {"run": "7"}, "window": (DAY, DAY)}
    found = dp.profile(rows, segment_by=["b", "k"], **about)
    path = tmp_path / "set.zip"
    whylogs.write(found, path)
    theirs = list(worker("read", path).values())
    assert len(theirs) == 3
    for one, profile in zip(theirs, found, strict=True):
        assert one["timestamp"] == DAY.isoformat()
        tags = {f"whylogs.tag.{key}": value for key, value in profile.segment.items()}
        expected = {"name": "flights", "run": "7", **tags, **partition(["b", "k"])}
        assert one["metadata"] == expected
        check(profile["v"], one["columns"]["v"])


# ---- Theirs, read by us


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A folder of what whylogs wrote, and what it says of it."""
    folder = tmp_path_factory.mktemp("whylogs")
    return folder, worker("write", folder)


NAMES = ["plain", "merged", "unknown", "custom", "odd", "rows"]


@pytest.mark.filterwarnings("ignore::drypoint.errors.UnknownMetricWarning")
@pytest.mark.parametrize("name", NAMES)
def test_what_it_wrote_says_the_same_here(name: str, theirs: tuple[Path, dict[str, Any]]) -> None:
    """Every number that whylogs says itself."""
    folder, answers = theirs
    expected = answers[name]
    profile = whylogs.read(folder / f"{name}.bin")
    assert set(profile.columns) == set(expected["columns"])
    assert profile.dataset == expected["metadata"].get("name")
    assert profile.tags["whylogs.dataset_timestamp"] == expected["timestamp"]
    for column in profile:
        check(column, expected["columns"][column.name])


@pytest.mark.filterwarnings("ignore::drypoint.errors.UnknownMetricWarning")
def test_what_it_wrote_comes_back_to_it_unchanged(
    theirs: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    """Through a profile of ours, saved and loaded: metrics of which we know nothing too."""
    folder, answers = theirs
    again = {}
    for name in ("plain", "merged", "unknown", "odd", "rows"):
        whylogs.read(folder / f"{name}.bin").save(tmp_path / "ours.arrow")
        again[name] = tmp_path / f"{name}.bin"
        whylogs.write(dp.load(tmp_path / "ours.arrow"), again[name])
    found = worker("read", *again.values())
    for name, path in again.items():
        expected, answer = answers[name], found[str(path)]
        assert answer["metadata"] == expected["metadata"]
        assert answer["timestamp"] == expected["timestamp"]
        for column, facts in expected["columns"].items():
            for fact, value in facts.items():
                now = answer["columns"][column][fact]
                if isinstance(value, list):
                    assert sorted(now) == sorted(value), f"{name}, {column}: {fact}"
                else:
                    assert now == approximately(value), f"{name}, {column}: {fact}"


def approximately(value: Any) -> Any:
    """A float to rounding: sums of registers are added up in another order."""
    return pytest.approx(value, rel=1e-9) if isinstance(value, float) else value


def test_a_custom_metric_is_kept_to_the_byte(theirs: tuple[Path, dict[str, Any]]) -> None:
    """Whatever is in it; whylogs alone knows how to read it."""
    from drypoint.formats.whylogs._file import decode

    path = theirs[0] / "custom.bin"
    with pytest.warns(dp.UnknownMetricWarning, match=r"unknown metrics \['longest'\]"):
        profile = whylogs.read(path)
    before, after = decode(path.read_bytes()), decode(whylogs.write(profile))
    component = "longest/dataclass_param"
    assert after.columns["s"][component] == before.columns["s"][component]


def test_its_zip_of_segments_is_a_set(theirs: tuple[Path, dict[str, Any]]) -> None:
    """By two columns; the partition is named by the hash that we would have written."""
    (path,) = theirs[0].glob("*.zip")
    found = whylogs.read(path)
    assert (found.keys, len(found), found.rows) == (("b", "k"), 4, 600)
    assert found["True", "k 0"].rows == 100
    assert found["True", "k 0"].tags["segp_id"] == partition(["b", "k"])["segp_id"]
    assert found.overall["i"].rows == 600


# ---- Both


def test_it_merges_ours_with_its_own(theirs: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """Rows 0 to 4,999 are its own, rows 4,000 to 5,999 ours."""
    from tests.golden.whylogs.make_whylogs import columns

    path = tmp_path / "ours.bin"
    whylogs.write(dp.profile(columns(4000, 6000)), path)
    merged = worker("merge", path, theirs[0] / "plain.bin")["columns"]
    here = whylogs.read(path) | whylogs.read(theirs[0] / "plain.bin")
    truth = {
        name: [*one, *other]
        for (name, one), other in zip(
            columns(4000, 6000).items(), columns(0, 5000).values(), strict=True
        )
    }
    for name in ("i", "f", "n"):
        values = [value for value in truth[name] if value is not None]
        facts = merged[name]
        assert (facts["counts/n"], facts["distribution/n"]) == (7000, len(values))
        assert facts["distribution/mean"] == pytest.approx(math.fsum(values) / len(values))
        assert facts["distribution/mean"] == pytest.approx(here[name].mean)
        assert facts["distribution/stddev"] == pytest.approx(here[name].std)
    for name in ("i", "f", "n", "s", "b"):
        # A union of the same registers, whoever makes it; without HIP, whose order is another.
        hll = here[name].hll.estimate(1)
        assert hll.lower <= merged[name]["cardinality/est"] <= hll.upper
