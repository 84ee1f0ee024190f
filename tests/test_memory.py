"""Reading Arrow data copies nothing: peak memory stays where it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# Run in a process of its own, since a peak is never forgotten. Linux tells it as VmHWM.
MEASURE = """
import mmap, re, sys
from pathlib import Path
import pyarrow as pa
from drypoint.sketches import FrequentItems, HllSketch, KllSketch

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024

size, kind, make = int(sys.argv[1]), sys.argv[2], sys.argv[3]
memory = mmap.mmap(-1, size)
step = 2**20
for start in range(0, size, step):
    memory[start : start + step] = (start // step).to_bytes(8, "little") * (step // 8)
array = pa.Array.from_buffers(pa.type_for_alias(kind), size // 8, [None, pa.py_buffer(memory)])
half = len(array) // 2
data = {"array": array, "chunks": pa.chunked_array([array[:half], array[half:]])}
sketch = eval(make)
sketch.update(array.slice(0, 1_000_000))  # whatever a sketch allocates once
before = peak()
sketch.update(data[sys.argv[4]])
print(peak() - before)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is told by Linux")
@pytest.mark.parametrize("form", ["array", "chunks"])
@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("int64", "HllSketch()"),
        ("float64", "HllSketch()"),
        ("float64", "KllSketch()"),
        ("int64", "KllSketch(dtype='i64')"),
        ("int64", "FrequentItems()"),
    ],
)
def test_a_gigabyte_raises_peak_memory_by_at_most_16_mb(kind: str, make: str, form: str) -> None:
    """The bar that the design sets, for every numeric fast path."""
    arguments = [sys.executable, "-c", MEASURE, str(2**30), kind, make, form]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert int(done.stdout) <= 16
