"""Profiles of whylogs: read, and written so that whylogs 1.6 reads them.

A file begins with `WHY1`, then come a header of the segment, a header of the profile, and a chunk
for each column: its metric components by path, such as `distribution/kll`. All are messages of
protocol buffers; sketches lie in them in the bytes of DataSketches, but for KLL, whose header is
four bytes longer (`_kll.py`). Files of whylogs 0.x are one message; they are read as if whylogs
1.6 had written them (`_v0.py`).

Examples:
    >>> from drypoint.formats import whylogs
    >>> profile = dp.profile(pa.table({"age": [31, 45, None, 31]}), dataset="people")
    >>> back = whylogs.read(whylogs.write(profile))
    >>> back.dataset, back["age"].nulls, back["age"].max, back["age"].top(1)
    ('people', 1, 45, [Item(31, 2, lower=2, upper=2)])
"""

from drypoint.formats.whylogs._ranges import RANGES
from drypoint.formats.whylogs._read import read
from drypoint.formats.whylogs._write import write

__all__ = ["RANGES", "read", "write"]
