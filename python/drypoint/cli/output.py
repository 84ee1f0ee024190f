"""What commands print and write."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from drypoint.cli.read import is_profile
from drypoint.errors import ParameterError, SourceError
from drypoint.profiles import ProfileSet
from drypoint.profiles._file import SUFFIXES, named_as
from drypoint.profiles._format import clean
from drypoint.profiles._ink import Inked
from drypoint.profiles._plain import json_text
from drypoint.profiles._table import MOST, set_title, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.profiles import Profile

__all__ = [
    "check_output",
    "check_page",
    "check_report",
    "check_suite",
    "most",
    "say",
    "say_done",
    "say_json",
    "warn",
    "write",
    "write_page",
]

UNITS = ("bytes", "KB", "MB", "GB")
KILO = 1024


def say(text: str) -> None:
    """Prints a result, on a terminal in colours; a reader that has left is noticed here and now."""
    if isinstance(text, Inked) and is_coloured():
        from drypoint.cli.paint import paint

        paint(text)
    else:
        print(text)
    sys.stdout.flush()


def is_terminal() -> bool:
    """Whether someone looks at what is printed."""
    return sys.stdout.isatty()


def is_coloured() -> bool:
    """Whether it is a terminal that shows colours, and nobody has asked for none."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") in ("dumb", "unknown")
    return is_terminal() and not plain


def say_json(value: Any) -> None:
    """Prints JSON in which nothing commands a terminal."""
    say(json_text(value))


def warn(message: object) -> None:
    """Says in one line what went wrong."""
    sys.stderr.write(f"drypoint: {clean(str(message), most=None)}\n")


def most() -> int | None:
    """How many rows a table has: on a terminal what can be looked at, in a pipe all."""
    return MOST if is_terminal() else None


def check_output(path: Path, inputs: Sequence[str]) -> None:
    """Refuses what cannot be written, before anything is read.

    Raises:
        ParameterError: the suffix is of no format, or the file is one of the *inputs*.
        SourceError: there is no such folder, or what is there is no profile.
    """
    named_as("a profile", path, SUFFIXES)
    check_report(path, inputs)
    if path.exists() and not is_profile(path):
        raise SourceError(f"{path}: is there and is no profile; name another output")


def exists(name: str) -> bool:
    """Whether a file or a folder is called so."""
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def write(made: Profile | ProfileSet, path: Path) -> None:
    """Saves what was made, and says so on standard error."""
    made.save(path)
    what = set_title(made) if isinstance(made, ProfileSet) else title(made)
    sys.stderr.write(f"{clean(str(path))}: {what}, {size_of(path.stat().st_size)}\n")


def size_of(count: float) -> str:
    """Bytes in the largest unit of which there is one."""
    unit = 0
    while count >= KILO and unit < len(UNITS) - 1:
        count /= KILO
        unit += 1
    return f"{count:,.0f} {UNITS[unit]}"


def check_report(path: Path, inputs: Sequence[str]) -> None:
    """Refuses a file that is read too, or has no folder, before anything is read.

    Raises:
        ParameterError: the file is one of the *inputs*.
        SourceError: there is no such folder.
    """
    if not path.parent.is_dir():
        raise SourceError(f"{path}: cannot be written: there is no folder {path.parent}")
    if any(path.exists() and path.samefile(one) for one in inputs if exists(one)):
        raise ParameterError(f"{path}: is read and written; name another output")


def say_done(path: Path, what: str) -> None:
    """Says on standard error what was written."""
    sys.stderr.write(f"{clean(str(path))}: {what}\n")


def check_suite(path: Path, inputs: Sequence[str]) -> None:
    """Refuses a suite that cannot be written, likewise."""
    from drypoint.checks.files._save import SUFFIXES as SUITES

    named_as("a suite", path, SUITES)
    check_report(path, inputs)


def check_page(path: Path, inputs: Sequence[str]) -> None:
    """Refuses a page that cannot be written, before anything is read.

    Raises:
        ParameterError: the suffix is of no page, or the file is one of the *inputs*.
        SourceError: there is no such folder.
    """
    from drypoint.report._report import SUFFIXES as PAGES

    named_as("a report", path, PAGES)
    check_report(path, inputs)


def write_page(
    path: Path,
    file: str,
    made: Profile | ProfileSet,
    reference: Profile | ProfileSet | None = None,
    **parts: Any,
) -> None:
    """Writes the report of what was made of *file*, and says so on standard error.

    What has no name is called like the file.
    """
    from drypoint.report import report

    one = made.overall if isinstance(made, ProfileSet) else made
    name = (None if one is None else one.dataset) or PurePath(file).stem or None
    report(made, reference, title=name, **parts).save(path)
    what = set_title(made) if isinstance(made, ProfileSet) else title(made)
    say_done(path, f"{what}, {size_of(path.stat().st_size)}")
