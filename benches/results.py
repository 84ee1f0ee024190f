"""The file of results: sections that separate commands write."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path


def put(path: Path, section: str) -> None:
    """Writes a section in the place of the one with the same heading, or at the end."""
    section = section.strip() + "\n"
    heading = section.splitlines()[0]
    text = path.read_text() if path.exists() else ""
    parts = [part.strip() + "\n" for part in re.split(r"(?m)^(?=#{1,2} )", text) if part.strip()]
    places = [part.splitlines()[0] for part in parts]
    if heading in places:
        parts[places.index(heading)] = section
    else:
        parts.append(section)
    path.write_text("\n".join(parts))


def where() -> str:
    """When, of which commit and on what something was measured."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    from drypoint._core import cpu_level

    cores = len(os.sched_getaffinity(0))
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, commit {commit}; {cpu()}, {cores} cores, "
        f"kernels for {cpu_level()}; CPython {platform.python_version()}"
    )


def cpu() -> str:
    """The name of the processor."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def row(*cells: object) -> str:
    """A row of a table."""
    return "| " + " | ".join(map(str, cells)) + " |"


def met(*, so: bool) -> str:
    """What the last column says of a bar."""
    return "yes" if so else "**no**"
