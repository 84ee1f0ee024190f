"""`drypoint merge`: profiles of parts into that of the whole."""

import glob
from pathlib import Path
from typing import Annotated, Any

import typer

from drypoint.cli.output import check_output, write
from drypoint.errors import DecodeError, MergeError, SourceError
from drypoint.profiles import Profile, ProfileSet, load

__all__ = ["merge"]

AT_ONCE = 64
"""Profiles that are held in memory before they are merged."""


def merge(
    files: Annotated[
        list[str], typer.Argument(metavar="PROFILE", help="What `profile -o` wrote; globs.")
    ],
    *,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Write it: .arrow or .parquet.")
    ],
) -> None:
    """Merge profiles of parts into one of the whole."""
    names = [name for file in files for name in matching(file)]
    check_output(output, names)
    whole, *waiting = [opened(names[0])]
    for name in names[1:]:
        part = opened(name)
        check_fit(whole, part, name, names[0])
        waiting.append(part)
        if len(waiting) == AT_ONCE:
            whole, waiting = whole.merge(*waiting), []
    write(whole.merge(*waiting), output)


def matching(file: str) -> list[str]:
    """The files that a name or a glob stands for."""
    if Path(file).exists() or not glob.has_magic(file):
        return [file]
    found = sorted(glob.glob(file, recursive=True))  # noqa: PTH207 # a pattern may be absolute
    if not found:
        raise SourceError(f"{file}: no file matches")
    return found


def opened(name: str) -> Any:
    """A profile, or a profile set."""
    try:
        return load(name)
    except DecodeError as error:
        raise DecodeError(
            f"{error}; `drypoint profile {name} -o FILE.arrow` makes one of data"
        ) from error


def check_fit(whole: Profile | ProfileSet, part: Profile | ProfileSet, name: str, to: str) -> None:
    """Refuses what cannot be merged, and names it."""
    if kind(part) != kind(whole):
        raise MergeError(f"{name}: {kind(part)} cannot be merged into {to}, {kind(whole)}")


def kind(made: Profile | ProfileSet) -> str:
    """What it is, as far as merging goes."""
    if isinstance(made, ProfileSet):
        return f"a profile set by {', '.join(made.keys)}"
    return "a profile"
