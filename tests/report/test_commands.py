"""`drypoint report`, and the pages that other commands write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyarrow import csv
from tests.commands import runner
from tests.report.pages import Page
from tests.report.people import people

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.commands import Done

    import drypoint as dp


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Runs `drypoint` with some words."""
    return runner(monkeypatch, capsys)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A file of rows."""
    path = tmp_path / "people.csv"
    csv.write_csv(people(1), path)
    return path


@pytest.fixture
def kept(tmp_path: Path, profile: dp.Profile, reference: dp.Profile) -> tuple[Path, Path]:
    """Two kept profiles."""
    paths = tmp_path / "people.arrow", tmp_path / "before.arrow"
    profile.save(paths[0])
    reference.save(paths[1])
    return paths


def sections(path: Path) -> list[str]:
    """Of the page in a file."""
    return [one["id"] for one in Page(path.read_text(encoding="utf-8")).facts["sections"]]


def test_report_writes_a_page_and_says_so(
    run: Callable[..., Done], kept: tuple[Path, Path], tmp_path: Path
) -> None:
    """With all that it was told to show; nothing is printed."""
    suite, path = tmp_path / "people.yaml", tmp_path / "page.html"
    suite.write_text("columns:\n  age:\n    - max < 0\n", encoding="utf-8")
    done = run("report", kept[0], "--reference", kept[1], "--suite", suite, "-o", path)
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith(f"{path}: people: 400 rows, 9 columns, ")
    assert sections(path) == ["drift", "checks", "performance"]


def test_report_names_the_page_after_what_it_is_of(
    run: Callable[..., Done], data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no name is given; what has no dataset is called like its file."""
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    assert run("report", data).code == 0
    page = Page((place / "people.html").read_text(encoding="utf-8"))
    assert page.facts["about"]["title"] == "people"


def test_report_shows_segments_or_one_of_them(
    run: Callable[..., Done], data: Path, tmp_path: Path
) -> None:
    """As `check` has them."""
    path = tmp_path / "page.html"
    assert run("report", data, "--segment", "city", "-o", path).code == 0
    assert sections(path) == ["segments"]
    assert run("report", data, "--segment", "city=Rome", "-o", path).code == 0
    about = Page(path.read_text(encoding="utf-8")).facts["about"]
    assert ["Segment", "city=Rome"] in about["rest"]


def test_profile_writes_a_page_instead_of_a_table(
    run: Callable[..., Done], data: Path, tmp_path: Path
) -> None:
    """Beside the profile, if that is kept too."""
    page, profile = tmp_path / "page.html", tmp_path / "profile.arrow"
    done = run("profile", data, "--html", page, "-o", profile)
    assert (done.code, done.out) == (0, "")
    assert [line.split(": ")[0] for line in done.err.splitlines()] == [str(profile), str(page)]
    assert Page(page.read_text(encoding="utf-8")).facts["about"]["title"] == "people"


@pytest.mark.parametrize(("words", "code"), [((), 0), (("--drift",), 1)])
def test_diff_writes_the_page_of_what_came_after(
    run: Callable[..., Done], kept: tuple[Path, Path], tmp_path: Path, words: tuple[str], code: int
) -> None:
    """Beside what was before; with --drift it exits as without a page."""
    path = tmp_path / "page.html"
    done = run("diff", kept[1], kept[0], *words, "--html", path)
    assert (done.code, done.out) == (code, "")
    facts = Page(path.read_text(encoding="utf-8")).facts
    assert facts["about"]["title"] == "people"
    assert facts["about"]["reference"].startswith("last year")
    assert [one["id"] for one in facts["sections"]] == ["drift", "performance"]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("page.txt", "a report is written as .html"),
        ("no/page.html", "there is no folder"),
    ],
)
def test_a_page_that_cannot_be_written_is_refused_first(
    run: Callable[..., Done], kept: tuple[Path, Path], tmp_path: Path, page: str, message: str
) -> None:
    """In one line, and with exit 2, whichever command was to write it."""
    path = tmp_path / page
    for words in (
        ("report", kept[0], "-o", path),
        ("profile", "nothing.csv", "--html", path),
        ("diff", *kept, "--html", path),
    ):
        done = run(*words)
        assert done.code == 2
        assert message in done.err
        assert len(done.err.splitlines()) == 1
