"""`drypoint check`: asks a profile, or data, the checks of a suite."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from drypoint.cli.options import Threads, names_of
from drypoint.cli.output import check_report, say, say_done
from drypoint.cli.read import as_reference, in_segments
from drypoint.errors import ParameterError
from drypoint.profiles._file import put
from drypoint.sources._select import not_found

if TYPE_CHECKING:
    from drypoint.checks import Suite, SuiteResult

__all__ = ["check"]

FAILED = 1


class Format(StrEnum):
    """What a report can be; as `drypoint.checks.formats` has them, which is loaded when asked."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    GITHUB = "github"
    SARIF = "sarif"


class Undecided(StrEnum):
    """What an undecided verdict can count as."""

    FAIL = "fail"
    WARN = "warn"
    PASS = "pass"  # noqa: S105 # no password


def check(  # noqa: PLR0913 # each is an option
    file: Annotated[
        str, typer.Argument(metavar="PROFILE_OR_DATA", help="What `profile -o` wrote, or data.")
    ],
    suite: Annotated[Path, typer.Argument(metavar="SUITE", help="The YAML file with the checks.")],
    *,
    reference: Annotated[
        str | None,
        typer.Option(metavar="PROFILE_OR_DATA", help="What checks that compare, compare with."),
    ] = None,
    as_format: Annotated[
        Format, typer.Option("--format", help="Of what is printed.")
    ] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it to a file.")
    ] = None,
    undecided: Annotated[
        Undecided | None,
        typer.Option(help="What a verdict that bounds leave open counts as; else as SUITE says."),
    ] = None,
    segment: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY[=VALUE],...", help="Ask each segment by these keys, or this one only."
        ),
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option(metavar="TAG,...", help="Only checks with one of these.")
    ] = None,
    threads: Threads = None,
) -> None:
    """Ask a profile, or data, the checks of a suite.

    It exits 0 if the suite passes, 1 if not, 2 if it cannot be asked. Checks of a suite that are
    asked of every segment need --segment, or a profile with segments.
    """
    if output:
        check_report(output, [file, str(suite), *([reference] if reference else [])])
    asked = chosen(suite, undecided, names_of(tag))
    keys = names_of(segment) or []
    other = None if reference is None else as_reference(reference, keys, threads)
    found = asked.run(in_segments(file, keys, threads), other)
    report(found, as_format, output)
    if not found.passed:
        raise typer.Exit(FAILED)


def chosen(file: Path, undecided: str | None, tags: list[str] | None) -> "Suite":
    """The checks that are asked, and what undecided means for them.

    Raises:
        ParameterError: nothing would be asked: there are no checks, or none has one of the *tags*.
    """
    from drypoint.checks import Suite

    suite = Suite.load(file)
    if not len(suite):
        raise ParameterError(f"{file}: has no checks, so there is nothing to pass")
    kept = suite if tags is None else suite.tagged(*tags)
    if tags is not None and not len(kept):
        known = sorted({tag for one in suite for tag in one.tags})
        raise ParameterError(f"{file}: {not_found('tag', ', '.join(tags), known)}")
    return kept if undecided is None else replace(kept, undecided=str(undecided))  # type: ignore[arg-type]


def report(found: "SuiteResult", name: str, output: Path | None) -> None:
    """Prints what was found, or writes it and says how it went."""
    from drypoint.checks._shown import heading
    from drypoint.checks.formats import FORMATS

    text = FORMATS[str(name)](found)
    if output is None:
        say(text)
        return
    put(output, lambda draft: draft.write_text(f"{text}\n", encoding="utf-8"))
    say_done(output, heading(found))
