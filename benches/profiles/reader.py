"""Profiles a folder in a process of its own: `python -m benches.profiles.reader FOLDER`.

Prints seconds, peak memory, bytes read and what the profile says, as JSON.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

THREADS = 2


def main() -> None:
    """Profiles, and says what it took."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:THREADS])
    import drypoint as dp

    start = time.perf_counter()
    profile = dp.profile(sys.argv[1], threads=THREADS)
    seconds = time.perf_counter() - start
    # Not ru_maxrss: that begins with what the parent had.
    found = {"seconds": seconds, "peak": kernel("status", "VmHWM") * 1024}
    found |= {"read": kernel("io", "rchar"), "rows": profile.rows}
    print(json.dumps(found | {"columns": {one.name: facts(one) for one in profile}}))


def kernel(file: str, name: str) -> int:
    """A number that the kernel keeps of this process."""
    text = Path(f"/proc/self/{file}").read_text()
    (found,) = re.findall(rf"(?m)^{name}:\s*(\d+)", text)
    return int(found)


def facts(column: Any) -> dict[str, Any]:
    """What can be compared with the footers of the files."""
    return {"nulls": column.nulls, "min": shown(column.min), "max": shown(column.max)}


def shown(value: Any) -> str:
    """A value as text; decimals without zeros at the end."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


if __name__ == "__main__":
    main()
