"""Makes golden files of profiles: what this version writes, and what it answers of it.

`profiles/v1` holds those of format 1. A format that a release has written is in `RELEASED`; its
files are kept for ever, and only cases that are not there yet are made. Each case is an Arrow file
and a Parquet file of the same profile, and its `to_dict` as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import shutil
import sys
import warnings
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

import drypoint as dp
from drypoint.profiles._file import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HERE = Path(__file__).parent
PROFILES = HERE / "profiles"
RELEASED: frozenset[int] = frozenset()
"""Formats that a release has written; a release adds its own."""

ROWS = 240
DAY = dt.datetime(2013, 1, 1, tzinfo=dt.UTC)
EUROPE = "Europe/Paris"
# Small sketches, of which most have been compacted by 240 rows.
SIZES: dict[str, Any] = {"lg_k": 6, "k": 16, "lg_max_map_size": 4, "seed": 7}
REFERENCES = {"east": [1.0, 0.0], "north": [0.0, 1.0]}
TEXTS = [
    "Oslo", "Oslo", "Rome", "", " \t", "北京", "naïve 🙂", "17", "-2.5", "2013-01-31", "true",
    "a@example.org", "https://example.org/a?b=c", "192.0.2.7", "+47 22 00 00 00", "x" * 300,
    "6f0b3c1e-8d5a-4b1e-9a59-2f4b3c9e7a10", "two  words",
]  # fmt: skip
SPECIAL = [math.nan, math.inf, -math.inf, 0.0, -0.0, 5e-324, 1e300]


class Vowels(dp.Metric):
    """How many vowels there are, and the shares of each."""

    name = "golden_vowels"

    def __init__(self) -> None:
        """Of no rows."""
        self.counts = [0] * 5

    @classmethod
    def takes(cls, data_type: pa.DataType) -> bool:
        """Text."""
        return bool(pa.types.is_string(data_type))

    def update(self, values: pa.Array) -> None:
        """Counts them."""
        for index, vowel in enumerate("aeiou"):
            self.counts[index] += pc.sum(pc.count_substring(values, vowel)).as_py() or 0

    def merge(self, other: Vowels) -> None:
        """Adds up."""
        self.counts = [a + b for a, b in zip(self.counts, other.counts, strict=True)]

    def encode(self) -> dict[str, Any]:
        """Of every kind that can be stored."""
        total = sum(self.counts)
        shares = [count / total for count in self.counts] if total else []
        return {"counts": self.counts, "shares": shares, "total": total, "of": "aeiou",
                "code": b"\x00\xff", "any": total > 0, "nothing": None}  # fmt: skip

    @classmethod
    def decode(cls, record: Mapping[str, Any]) -> Vowels:
        """From the counts."""
        made = cls()
        made.counts = list(record["counts"])
        return made

    @property
    def value(self) -> dict[str, int]:
        """The counts by vowel."""
        return dict(zip("aeiou", self.counts, strict=True))


def column(of: Callable[[int], Any], kind: pa.DataType, *, nulls: int = 7) -> pa.Array:
    """What *of* says of each row; each row whose number *nulls* divides is null."""
    return pa.array([of(row) if row % nulls else None for row in range(ROWS)], kind)


def numbers() -> dict[str, pa.Array]:
    """Numbers of every kind."""
    return {
        "int8": column(lambda row: row % 256 - 128, pa.int8()),
        "int64": column(lambda row: (row * 7919 % ROWS - 100) ** 7, pa.int64()),
        "uint64": column(lambda row: 2**64 - 1 - row % 50, pa.uint64()),
        "float16": column(lambda row: row / 8, pa.float16()),
        "float32": column(math.sin, pa.float32()),
        "float64": column(lambda row: [*SPECIAL, math.exp(row / 40)][row % 8], pa.float64()),
        "decimal": column(lambda row: Decimal(row * 37 % 100_000) / 100, pa.decimal128(12, 2)),
        "large decimal": column(lambda row: Decimal(10**50 + row), pa.decimal256(60, 3)),
        "bool": column(lambda row: row % 3 == 0, pa.bool_()),
    }


def times() -> dict[str, pa.Array]:
    """Times, with a zone and without; every unit comes once."""
    return {
        "zoned": column(lambda row: 1_357_000_000_000_000 + row * 9_000_000_007,
                        pa.timestamp("us", EUROPE)),
        "naive": column(lambda row: 1_357_000_000 * 10**9 + row, pa.timestamp("ns")),
        "seconds": column(lambda row: -(row**4), pa.timestamp("s")),
        "day": column(lambda row: row * 100 - 9_000, pa.date32()),
        "time": column(lambda row: row * 359_000, pa.time32("ms")),
        "duration": column(lambda row: (row - 100) ** 3, pa.duration("us")),
    }  # fmt: skip


def texts() -> dict[str, pa.Array]:
    """Text and bytes."""
    return {
        "text": column(lambda row: TEXTS[row * 5 % len(TEXTS)], pa.string()),
        "name": column(lambda row: f"user {row % 100}", pa.large_string()),
        "code": column(lambda row: TEXTS[row % 3], pa.string()).dictionary_encode(),
        "binary": column(lambda row: bytes(range(row % 20)), pa.binary()),
        "fixed": column(lambda row: row.to_bytes(4, "big"), pa.binary(4)),
    }


def nested() -> dict[str, pa.Array]:
    """What has parts, and what has no values."""
    components = [0.0, 1.0, -2.0, math.nan]
    pair = pa.struct({"left": pa.int32(), "right": pa.string()})
    return {
        "list": column(lambda row: [row / 2] * (row % 5), pa.list_(pa.float64())),
        "struct": column(lambda row: {"left": row % 9, "right": TEXTS[row % 9]}, pair),
        "map": column(lambda row: [("a", row), (f"b{row % 2}", 1)], pa.map_("string", pa.int64())),
        "vector": column(
            lambda row: [components[row % 4], components[row // 4 % 3]], pa.list_(pa.float32(), 2)
        ),
        "place": column(lambda row: [row, 0.5], pa.list_(pa.float64(), 2)),
        "no values": pa.nulls(ROWS, pa.int64()),
        "null": pa.nulls(ROWS),
    }


def table() -> pa.Table:
    """Every type."""
    return pa.table(numbers() | times() | texts() | nested())


def parameters(**more: Any) -> dp.Parameters:
    """Small sketches, times to come, and vectors to compare with."""
    clock = DAY + dt.timedelta(days=7)
    return dp.Parameters(**SIZES, clock=clock, references=REFERENCES, **more)


def sometimes(batch: pa.RecordBatch) -> pa.Array:
    """Fails on the batch in the middle."""
    if batch["int8"][1].as_py() == -128 + ROWS // 3 + 1:
        raise ValueError("no such luck")
    return pc.multiply(batch["float32"], 2)


SHARE = (pc.field("int8").cast("float64") + 128) / 200
TASKS = {
    "two labels": dp.performance.classification(
        label=pc.field("int64") > 0, score=SHARE, positive=True, threshold=0.5, k=16
    ),
    "many": dp.performance.classification(
        label="code", prediction="text", confidence=SHARE, max_labels=2, k=16
    ),
    "number": dp.performance.regression(label="float32", prediction="float16", k=16),
    "ranked": dp.performance.ranking(label="list", score="list", k=3),
}
"""Predictions of every kind, with what is missing."""


def everything() -> dp.Profile:
    """All types, conditions, tasks, derived columns of which one fails, a custom metric."""
    return dp.profile(
        table().to_reader(max_chunksize=ROWS // 3),
        parameters=parameters(),
        columns={
            "name": parameters(metrics=["distinct", "lengths"]),
            "text": parameters(ranges={"small": ("a", "z"), "han": (0x4E00, 0x9FFF)}),
            "place": parameters(distance="euclidean"),
        },
        derive={"double": pc.field("int8").cast("int64") * 2, "sometimes": sometimes},
        conditions=[
            dp.condition("small", pc.field("int8") < 0),
            dp.condition("named", "text", matches="^[A-Z]"),
        ],
        metrics=[Vowels],
        performance=TASKS,
        dataset="flüge",
        window=(DAY, DAY + dt.timedelta(days=1)),
        segment={"carrier": "UA", "origin": None},
        tags={"run": "7", "": "ünïcode 🙂"},
    )


def merged() -> dp.Profile:
    """Of parts whose types differ, that lack columns, and of which one has no rows."""
    parts: list[Any] = [
        {"mixed": [1, 2, None], "here": ["a", "b", "a"]},
        {"mixed": ["1", "x", ""]},
        {"mixed": [0.5, math.nan], "there": [DAY, None]},
        pa.table({"mixed": pa.array([], pa.int8()), "never": pa.array([], pa.string())}),
    ]
    return dp.merge(dp.profile(part, parameters=parameters(), metrics=[Vowels]) for part in parts)


def segments() -> dp.ProfileSet:
    """By two keys, with nulls among them, more segments than are kept apart."""
    return dp.profile(
        table().select(["bool", "code", "int64", "text"]),
        segment_by=["bool", "code"],
        max_segments=2,
        parameters=parameters(),
        conditions=[dp.condition("positive", pc.field("int64") > 0)],
        metrics=[Vowels],
        performance=dp.performance.classification(label="text", prediction="code"),
        dataset="flüge",
        window=(DAY, DAY + dt.timedelta(hours=1)),
        tags={"run": "8"},
    )


CASES: dict[str, Callable[[], Any]] = {
    "everything": everything,
    "merged": merged,
    "segments": segments,
}


def write(name: str, folder: Path) -> None:
    """The files of a case."""
    with warnings.catch_warnings():
        # Of rows that fail and of segments that are too many.
        warnings.simplefilter("ignore", dp.DrypointWarning)
        profile = CASES[name]()
    profile.save(folder / f"{name}.arrow")
    profile.save(folder / f"{name}.parquet")
    answers = json.dumps(profile.to_dict(), ensure_ascii=False, allow_nan=False)
    (folder / f"{name}.json").write_text(answers + "\n")


def main() -> None:
    """Makes the cases of the format that is written now."""
    folder = PROFILES / f"v{VERSION}"
    if VERSION not in RELEASED:
        shutil.rmtree(folder, ignore_errors=True)
    names = [name for name in CASES if not (folder / f"{name}.json").exists()]
    if not names:
        sys.exit(f"{folder}: a release has written format {VERSION}, so these files are kept; "
                 "add a case under a new name")  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        write(name, folder)
    sys.stdout.write(f"{folder}: {', '.join(names)}\n")


if __name__ == "__main__":
    main()
