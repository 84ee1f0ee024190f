"""Makes the golden files: sketches by the Java library and by the `datasketches` package.

Writes `sketches/*.sk` and `expected.json`, what each holds and what its writer answers. KLL of
both libraries tosses coins of its own: such a file is written anew only if its writer or its
stream is another, so that a second run changes nothing. To have all of them anew, delete them.
"""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import datasketches as ds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
SKETCHES = HERE / "sketches"
WRITER = "datasketches 5.2.0 (C++)"
RANKS = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99]
MANY = 100_000
HLL_TYPES = {4: ds.tgt_hll_type.HLL_4, 6: ds.tgt_hll_type.HLL_6, 8: ds.tgt_hll_type.HLL_8}
OUTSIDE: dict[str, list[Any]] = {
    "kll_f64": [-1.0, 0.5, 12345.5, 1e9],
    "kll_f32": [-1.0, 0.5, 12345.5, 1e9],
    "kll_i64": [-1, 0, 12345, 1_000_000_000],
    "kll_string": ["", "A", "user_5", "zz"],
}
PROBES: dict[str, list[Any]] = {
    "frequent_i64": [-1, 0, 1, 7, 1_000_000],
    "frequent_string": ["absent", "user_0", "user_1", "user_7", "日本語"],
}


def plain(number: Any) -> Any:
    """What JSON can hold: infinite numbers are the strings that name them, as in Java."""
    if isinstance(number, float) and math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return number


def hll_answers(sketch: ds.hll_sketch) -> dict[str, Any]:
    """What an HLL sketch answers."""
    return {
        "lg_k": sketch.lg_config_k,
        "type": int(sketch.tgt_type.name.removeprefix("HLL_")),
        "estimate": sketch.get_estimate(),
        "lower": [sketch.get_lower_bound(std_devs) for std_devs in (1, 2, 3)],
        "upper": [sketch.get_upper_bound(std_devs) for std_devs in (1, 2, 3)],
    }


def kll_answers(kind: str, sketch: Any) -> dict[str, Any]:
    """What a KLL sketch answers; ranks of the quantiles found, and of items that may be outside."""
    if sketch.is_empty():
        return {"k": sketch.k, "n": 0, "min": None, "max": None}
    inclusive = [sketch.get_quantile(rank, True) for rank in RANKS]
    exclusive = [sketch.get_quantile(rank, False) for rank in RANKS]
    splits = OUTSIDE[kind]
    probes = splits + inclusive
    return {
        "k": sketch.k,
        "n": sketch.n,
        "min": plain(sketch.get_min_value()),
        "max": plain(sketch.get_max_value()),
        "quantiles_inclusive": [plain(item) for item in inclusive],
        "quantiles_exclusive": [plain(item) for item in exclusive],
        "probes": [plain(probe) for probe in probes],
        "ranks_inclusive": [sketch.get_rank(probe, True) for probe in probes],
        "ranks_exclusive": [sketch.get_rank(probe, False) for probe in probes],
        "rank_error": sketch.normalized_rank_error(False),
        "pmf_error": sketch.normalized_rank_error(True),
        "cdf_inclusive": sketch.get_cdf(splits, True),
        "cdf_exclusive": sketch.get_cdf(splits, False),
        "pmf_inclusive": sketch.get_pmf(splits, True),
        "pmf_exclusive": sketch.get_pmf(splits, False),
    }


def frequent_answers(kind: str, sketch: Any) -> dict[str, Any]:
    """What a frequent items sketch answers."""

    def rows(error_type: Any) -> list[list[Any]]:
        found = sketch.get_frequent_items(error_type)
        return sorted((list(row) for row in found), key=lambda row: (-row[1], row[0]))

    def asked(item: Any) -> list[Any]:
        estimates = (sketch.get_estimate, sketch.get_lower_bound, sketch.get_upper_bound)
        return [item, *(estimate(item) for estimate in estimates)]

    never = PROBES[kind][0]
    return {
        "total": sketch.total_weight,
        "max_error": sketch.get_upper_bound(never) - sketch.get_lower_bound(never),
        "active": sketch.num_active_items,
        "items": [asked(item) for item in PROBES[kind]],
        "no_false_positives": rows(ds.frequent_items_error_type.NO_FALSE_POSITIVES),
        "no_false_negatives": rows(ds.frequent_items_error_type.NO_FALSE_NEGATIVES),
    }


STRINGS = ds.PyStringsSerDe()
LONGS = ds.PyLongsSerDe()
READERS: dict[str, Callable[[bytes], Any]] = {
    "hll": ds.hll_sketch.deserialize,
    "kll_f64": ds.kll_doubles_sketch.deserialize,
    "kll_f32": ds.kll_floats_sketch.deserialize,
    "kll_i64": lambda raw: ds.kll_items_sketch.deserialize(raw, LONGS),
    "kll_string": lambda raw: ds.kll_items_sketch.deserialize(raw, STRINGS),
    "frequent_i64": lambda raw: ds.frequent_items_sketch.deserialize(raw, LONGS),
    "frequent_string": ds.frequent_strings_sketch.deserialize,
}


def answers(kind: str, raw: bytes) -> dict[str, Any]:
    """What the Python package answers of a sketch of this kind."""
    sketch = READERS[kind](raw)
    if kind == "hll":
        return hll_answers(sketch)
    family = kll_answers if kind.startswith("kll") else frequent_answers
    return family(kind, sketch)


def mixed(n: int) -> Iterator[int]:
    """Numbers 0 to n in an order without order: 7919 is prime and no factor of n."""
    return (i * 7919 % n for i in range(n))


def skewed(n: int) -> Iterator[int]:
    """A few heavy items among many light ones."""
    return (i % 21 // 3 if i % 3 == 0 else i for i in range(n))


class Writer:
    """Saves sketches and what is to be known of each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[dict[str, Any]] = []

    def save(self, kind: str, name: str, stream: str, raw: bytes) -> None:
        """Writes one file and notes its answers."""
        file = f"{kind}_{name}_cpp.sk"
        (self.folder / file).write_bytes(raw)
        about = {"file": file, "kind": kind, "writer": WRITER, "stream": stream}
        self.files.append(about | {"answers": answers(kind, raw)})

    def hll(self) -> None:
        """Empty, list, set and registers; longs, doubles, strings; and unions."""
        for lg_k in (4, 8, 12):
            for bits in HLL_TYPES:
                for n in (0, 1, 5, 20, 300, 20_000):
                    name = f"hll{bits}_lgk{lg_k}_n{n}"
                    stream = f"longs 0 to {n}, end excluded"
                    sketch = hll_of_longs(lg_k, bits, 0, n)
                    self.save("hll", f"{name}_compact", stream, sketch.serialize_compact())
                    self.save("hll", f"{name}_updatable", stream, sketch.serialize_updatable())
        doubles, strings = ds.hll_sketch(12), ds.hll_sketch(12)
        for i in range(2000):
            doubles.update(i + 0.5)
            strings.update(f"user_{i}")
        self.save("hll", "doubles", "doubles 0.5 to 1999.5", doubles.serialize_compact())
        self.save("hll", "strings", "strings user_0 to user_1999", strings.serialize_compact())

        for n in (5, 300):
            sketch = hll_of_longs(21, 4, 0, n)
            stream = f"longs 0 to {n}, end excluded"
            self.save("hll", f"hll4_lgk21_n{n}_compact", stream, sketch.serialize_compact())

    def hll_awkward(self) -> None:
        """Items that a hash may get wrong: two zeros, NaN, infinities; texts of all lengths."""
        numbers, texts = ds.hll_sketch(12, HLL_TYPES[8]), ds.hll_sketch(12, HLL_TYPES[8])
        nan, inf = math.nan, math.inf
        for number in (-0.0, 0.0, nan, -nan, inf, -inf, 5e-324, sys.float_info.max, 0.1):
            numbers.update(number)
        stream = "-0, 0, two NaN, +-inf, least and greatest double, 0.1"
        self.save("hll", "awkward_doubles", stream, numbers.serialize_compact())
        for text in ("", "日本語", "🜁", *("x" * n for n in range(1, 41)), "x" * 1000):
            texts.update(text)
        stream = '"", 日本語, 🜁; x 1 to 40 and 1000 times'
        self.save("hll", "awkward_strings", stream, texts.serialize_compact())

    def hll_unions(self) -> None:
        """Sketches that are out of order."""
        for bits, hll_type in HLL_TYPES.items():
            for lg_k in (7, 8, 12):
                union = ds.hll_union(lg_k)
                union.update(hll_of_longs(12, bits, 0, 10_000))
                union.update(hll_of_longs(lg_k, bits, 5_000, 15_000))
                name = f"hll{bits}_lgk{lg_k}_union"
                stream = "union of longs 0 to 10000 (lg_k 12) and 5000 to 15000, ends excluded"
                result = union.get_result(hll_type)
                self.save("hll", f"{name}_compact", stream, result.serialize_compact())
                self.save("hll", f"{name}_updatable", stream, result.serialize_updatable())

    def kll(self) -> None:
        """Of every type: empty, one item, few, many; merged with a smaller k."""
        for n in (0, 1, 10, 1000, MANY):
            doubles, floats = ds.kll_doubles_sketch(200), ds.kll_floats_sketch(200)
            longs, strings = ds.kll_items_sketch(200), ds.kll_items_sketch(100)
            for i in mixed(n):
                doubles.update(i / 4)
                floats.update(i / 4)
                longs.update(i - 10)
                strings.update(f"user_{i}")
            quarters = f"quarters 0 to {n} / 4, mixed"
            self.save("kll_f64", f"n{n}", quarters, doubles.serialize())
            self.save("kll_f32", f"n{n}", quarters, floats.serialize())
            stream = f"longs -10 to {n} - 10, mixed"
            self.save("kll_i64", f"n{n}", stream, longs.serialize(LONGS))
            stream = f"strings user_0 to user_{n}, mixed"
            self.save("kll_string", f"n{n}", stream, strings.serialize(STRINGS))
        doubles, strings = ds.kll_doubles_sketch(8), ds.kll_items_sketch(8)
        most = sys.float_info.max
        for number in (math.inf, most, 0.0, math.nan, -0.0, 5e-324, -most, -math.inf):
            doubles.update(number)
        stream = "+-inf, the greatest and least doubles, 0, -0, NaN"
        self.save("kll_f64", "awkward", stream, doubles.serialize())
        for text in ("x" * 1000, "", "a"):  # the package writes nothing but ASCII
            strings.update(text)
        stream = 'x 1000 times, "", a'
        self.save("kll_string", "awkward", stream, strings.serialize(STRINGS))
        more, less = ds.kll_floats_sketch(200), ds.kll_floats_sketch(40)
        for i in mixed(10_000):
            more.update(i)
            less.update(i + 10_000)
        more.merge(less)
        stream = "0 to 10000 at k 200 with 10000 to 20000 at k 40, mixed"
        self.save("kll_f32", "merged", stream, more.serialize())

    def frequent_longs(self) -> None:
        """Empty, exact, purged, weighted, merged."""
        new = ds.frequent_items_sketch
        self.frequent("frequent_i64", new, lambda i: i, lambda sketch: sketch.serialize(LONGS))

    def frequent_strings(self) -> None:
        """The same of strings."""
        new = ds.frequent_strings_sketch
        self.frequent("frequent_string", new, "user_{}".format, lambda sketch: sketch.serialize())

    def frequent(
        self,
        kind: str,
        new: Callable[[int], Any],
        item: Callable[[int], Any],
        raw: Callable[[Any], bytes],
    ) -> None:
        """Empty, exact, purged, weighted, merged sketches of items made from integers."""
        empty, exact, purged, weighted = new(6), new(6), new(6), new(8)
        for i in skewed(30):
            exact.update(item(i))
        for i in skewed(20_000):
            purged.update(item(i))
        for i in range(1000):
            weighted.update(item(i), i % 100 + 1)
        about = "items 0 to {}, each third one of 0 to 6"
        self.save(kind, "empty", "nothing", raw(empty))
        self.save(kind, "exact", about.format(30), raw(exact))
        self.save(kind, "purged", about.format(20_000), raw(purged))
        stream = "items 0 to 1000, the i-th i % 100 + 1 times"
        self.save(kind, "weighted", stream, raw(weighted))
        weighted.merge(purged)
        self.save(kind, "merged", "weighted with purged merged into it", raw(weighted))

    def frequent_awkward(self) -> None:
        """The smallest map; the ends of the integers; weights beyond 32 bits; odd texts."""
        longs, texts = ds.frequent_items_sketch(3), ds.frequent_strings_sketch(3)
        for number, weight in ((-(2**63), 2**40), (2**63 - 1, 3), (-1, 2**41)):
            longs.update(number, weight)
        stream = "-2^63 2^40 times, 2^63 - 1 3 times, -1 2^41 times"
        self.save("frequent_i64", "awkward", stream, longs.serialize(LONGS))
        for text, weight in (("日本語", 2**40), ("", 2), ("x" * 1000, 3)):
            texts.update(text, weight)
        stream = '日本語 2^40, "" 2, x 1000 times 3 times'
        self.save("frequent_string", "awkward", stream, texts.serialize())


def hll_of_longs(lg_k: int, bits: int, begin: int, end: int) -> ds.hll_sketch:
    """A sketch of the integers in [begin, end)."""
    sketch = ds.hll_sketch(lg_k, HLL_TYPES[bits])
    for i in range(begin, end):
        sketch.update(i)
    return sketch


def java(main: str, *arguments: str) -> str:
    """Builds the Java module and runs one of its classes; what that prints."""
    folder = HERE / "java"
    maven = ["mvn", "-q", "-B", "-f", str(folder / "pom.xml"), "process-classes"]
    subprocess.run(maven, check=True)
    path = f"{folder}/target/classes:{folder}/target/lib/*"
    command = ["java", "-cp", path, f"drypoint.golden.{main}", *arguments]
    done = subprocess.run(command, check=True, capture_output=True)
    return done.stdout.decode()


def write_java(folder: Path) -> list[dict[str, Any]]:
    """Lets the Java library write its files; what it says of them."""
    java("Write", str(folder))
    about = folder / "java.json"
    files: list[dict[str, Any]] = json.loads(about.read_text())
    about.unlink()
    return files


class Before:
    """The random files as they were, and what was known of them."""

    def __init__(self) -> None:
        expected = HERE / "expected.json"
        files = json.loads(expected.read_text()) if expected.exists() else []
        self.about = {about["file"]: origin(about) for about in files}
        self.bytes = {path.name: path.read_bytes() for path in SKETCHES.glob("kll_*.sk")}

    def restore(self, files: list[dict[str, Any]], folder: Path) -> None:
        """Puts those of the same origin in place of the new ones, and asks their writers again."""
        same = [about for about in files if self.about.get(about["file"]) == origin(about)]
        same = [about for about in same if about["file"] in self.bytes]
        for about in same:
            (folder / about["file"]).write_bytes(self.bytes[about["file"]])
        asked = [[about["kind"], str(folder / about["file"])] for about in same if of_java(about)]
        answered = json.loads(java("Read", *chain.from_iterable(asked)))
        for about in same:
            path = folder / about["file"]
            about["answers"] = (
                answered[str(path)] if of_java(about) else answers(about["kind"], path.read_bytes())
            )


def of_java(about: dict[str, Any]) -> bool:
    """Whether the Java library wrote it."""
    return str(about["file"]).endswith("_java.sk")


def origin(about: dict[str, Any]) -> dict[str, Any]:
    """All that is known of a file but the answers."""
    return {name: value for name, value in about.items() if name != "answers"}


def write_all(folder: Path) -> list[dict[str, Any]]:
    """All files; what is known of each."""
    writer = Writer(folder)
    writer.hll()
    writer.hll_awkward()
    writer.hll_unions()
    writer.kll()
    writer.frequent_longs()
    writer.frequent_strings()
    writer.frequent_awkward()
    return sorted(write_java(folder) + writer.files, key=lambda about: str(about["file"]))


def main() -> None:
    """Makes all files aside, and then puts them in the place of those that were."""
    with TemporaryDirectory() as aside:
        folder = Path(aside)
        files = write_all(folder)
        Before().restore(files, folder)
        shutil.rmtree(SKETCHES, ignore_errors=True)
        SKETCHES.mkdir()
        for path in folder.iterdir():
            shutil.copy(path, SKETCHES)
    lines = ",\n".join(json.dumps(about, ensure_ascii=False) for about in files)
    (HERE / "expected.json").write_text(f"[\n{lines}\n]\n")
    sys.stdout.write(f"{len(files)} golden files\n")


if __name__ == "__main__":
    main()
