"""The recipes of CONTRIBUTING hold: one file and one line for each metric, command and format."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drypoint import _core, checks, formats
from drypoint.checks import CHECKS
from drypoint.checks.catalogue import BASE
from drypoint.checks.files import read_text
from drypoint.checks.formats import FORMATS as RESULTS
from drypoint.cli import app as cli
from drypoint.drift import MEASURES

ROOT = Path(__file__).parents[2]
METRICS = ROOT / "rust" / "profile" / "src" / "metric"
COMMANDS = ROOT / "python" / "drypoint" / "cli"
FORMATS = ROOT / "python" / "drypoint" / "formats"
DRIFT = ROOT / "python" / "drypoint" / "drift" / "measures"
# What metrics share.
HELPERS = {"bins", "confusion", "counts", "finite", "range", "sample", "tally"}
METHODS = ("new", "update", "merge", "encode", "decode")


def listed() -> list[tuple[str, str]]:
    """The entries of the list of metrics: the name and the type of each."""
    source = (METRICS / "mod.rs").read_text()
    (found,) = re.findall(r"^metrics! \{\n(.*?)^\}", source, re.MULTILINE | re.DOTALL)
    entries = re.findall(r"^\s*(\w+): (\w+),$", found, re.MULTILINE)
    assert entries, "the scan found nothing: the list is written otherwise"
    return entries


def metric_files() -> dict[str, str]:
    """The source of each file of the folder by its name, without the map."""
    files = {path.stem: path.read_text() for path in METRICS.glob("*.rs") if path.stem != "mod"}
    assert files, "the scan found nothing: the folder moved"
    return files


def implemented() -> dict[str, str]:
    """The type that each file makes a metric, by the name of the file."""
    found = {
        name: re.findall(r"^impl Metric for (\w+) \{$", source, re.MULTILINE)
        for name, source in metric_files().items()
    }
    assert any(found.values()), "the scan found nothing: metrics are written otherwise"
    assert [name for name, types in found.items() if len(types) > 1] == []
    return {name: types[0] for name, types in found.items() if types}


def test_every_metric_is_one_file_and_one_line() -> None:
    """The file is called like the metric, and the list has no line without a file."""
    assert dict(listed()) == implemented()
    assert len(listed()) == len(implemented())


def test_files_that_are_no_metric_are_few_and_known() -> None:
    """A new one is either a metric or is named here."""
    assert metric_files().keys() - implemented().keys() == HELPERS


@pytest.mark.parametrize("name", sorted(implemented()))
def test_every_metric_has_its_methods_in_its_file(name: str) -> None:
    """In the block that makes it a metric, not inherited from anywhere."""
    source = metric_files()[name]
    (block,) = re.findall(r"^impl Metric for \w+ \{\n(.*?)^\}", source, re.MULTILINE | re.DOTALL)
    assert [method for method in METHODS if f"    fn {method}(" not in block] == []


def test_python_knows_the_metrics_of_the_list() -> None:
    """In its order, which is that of the columns of a file."""
    assert _core.metric_names() == [name for name, _ in listed()]


@pytest.mark.parametrize("name", [name for name, _ in listed()])
def test_every_metric_is_documented_by_its_name(name: str) -> None:
    """Under which it is chosen."""
    assert f"`{name}`" in (ROOT / "docs" / "profiles.md").read_text()


def test_the_recipe_of_a_metric_names_all_that_is_to_be_written() -> None:
    """The folder, the list, and the methods that the others have."""
    recipes = (ROOT / "CONTRIBUTING.md").read_text().split("\n\n")
    (recipe,) = [text for text in recipes if text.startswith("**A metric**: ")]
    folder = METRICS.relative_to(ROOT).as_posix()
    for word in (f"{folder}/", "metric/mod.rs", "metrics!", *METHODS):
        assert f"`{word}`" in recipe


def test_every_command_is_one_file_and_one_name_in_the_list() -> None:
    """The file is called like the command, and begins with its name."""
    files = {
        path.stem
        for path in COMMANDS.glob("*.py")
        if path.read_text().startswith(f'"""`drypoint {path.stem}`: ')
    }
    assert files, "the scan found nothing: the files begin otherwise"
    commands = [one.callback for one in cli.app.registered_commands]
    assert {one.__name__: one.__module__ for one in commands if one is not None} == {
        name: f"drypoint.cli.{name}" for name in files
    }


def test_every_format_is_one_folder_that_is_listed_and_tested() -> None:
    """It has `read` and `write`, and tests that are called like it."""
    folders = {path.name for path in FORMATS.iterdir()} - {"__init__.py", "__pycache__"}
    assert folders, "the scan found nothing: the folder moved"
    assert folders == set(formats.__all__)
    for name in folders:
        assert {"read", "write"} <= set(getattr(formats, name).__all__)
        assert list((ROOT / "tests" / "formats").glob(f"test_{name}_*.py"))


def check_files() -> set[str]:
    """The files of the catalogue, as the checks in them are called, with `_` for dots."""
    folder = ROOT / "python" / "drypoint" / "checks" / "catalogue"
    files = {path.stem.removeprefix("_") for path in folder.glob("_[a-z]*.py")}
    assert files, "the scan found nothing: the folder moved"
    return files


def test_every_check_is_one_file_and_one_line() -> None:
    """The file is called like the check, and says so first."""
    assert {one.name.replace(".", "_") for one in BASE} == check_files()
    assert len({one.name for one in BASE}) == len(BASE)
    folder = ROOT / "python" / "drypoint" / "checks" / "catalogue"
    for one in BASE:
        source = (folder / f"_{one.name.replace('.', '_')}.py").read_text()
        assert source.startswith(f'"""`{one.name}`: ')


def test_every_check_has_a_page_and_a_row_in_the_guide() -> None:
    """The page has what is asked, an example that is run, and how it stands in a file."""
    pages = {(one.page or one.name).replace(".", "-") for one in CHECKS.values()}
    folder = ROOT / "docs" / "checks"
    assert {path.stem for path in folder.glob("*.md")} == pages
    guide = (ROOT / "docs" / "checks.md").read_text()
    assert [name for name in pages if f"](checks/{name}.md) |" not in guide] == []
    for name in pages:
        text = (folder / f"{name}.md").read_text()
        assert ">>> found = " in text, name
        assert "```yaml" in text, name
    for one in BASE:
        assert (
            f"`{one.name}`"
            in (folder / f"{(one.page or one.name).replace('.', '-')}.md").read_text()
        )


def test_the_files_on_the_pages_are_what_their_examples_say() -> None:
    """Each example in Python is a line of the file below it."""
    found = 0
    for path in sorted((ROOT / "docs" / "checks").glob("*.md")):
        text = path.read_text()
        (file,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
        asked = re.findall(r"^>>> found = (.*)\.run\(", text, re.MULTILINE)
        asking = ("col", "rows", "columns", "schema", "performance")
        names = {name: vars(checks)[name] for name in asking}
        written = checks.Suite([eval(one, names) for one in asked])  # noqa: S307 # our own pages
        assert set(read_text(file, path.name)) == set(written), path.name
        found += len(asked)
    assert found > len(BASE)


def test_the_recipe_of_a_check_names_all_that_is_to_be_written() -> None:
    """The folder, the list, what an entry has, and the tests."""
    recipes = (ROOT / "CONTRIBUTING.md").read_text().split("\n\n")
    (recipe,) = [text for text in recipes if text.startswith("**A check**: ")]
    for word in (
        "python/drypoint/checks/catalogue/", "ENTRY", "BASE", "measure", "judge", "NoFactError",
        "docs/checks/", "docs/checks.md", "tests/checks/test_catalogue.py", "TRUTH",
    ):  # fmt: skip
        assert f"`{word}`" in recipe


def test_every_format_of_results_is_one_file_and_one_line() -> None:
    """The file is called like the format, and the page has a row for it."""
    folder = ROOT / "python" / "drypoint" / "checks" / "formats"
    files = {path.stem.lstrip("_") for path in folder.glob("_[a-z]*.py")} - {"finding"}
    assert files, "the scan found nothing: the folder moved"
    assert set(RESULTS) == files
    page = (ROOT / "docs" / "suites.md").read_text()
    assert [name for name in RESULTS if f"| `{name}` |" not in page] == []


def measure_files() -> dict[str, str]:
    """The source of each file that ends in a measure, by its name."""
    files = {path.stem.lstrip("_"): path.read_text() for path in DRIFT.glob("_[a-z]*.py")}
    found = {name: source for name, source in files.items() if "\nMEASURE = " in source}
    assert found, "the scan found nothing: the folder moved"
    assert files.keys() - found.keys() == {"divergence"}
    return found


def test_every_measure_of_drift_is_one_file_and_one_entry() -> None:
    """The file is called like the measure."""
    assert set(MEASURES) == set(measure_files())
    assert all(name == one.name for name, one in MEASURES.items())


@pytest.mark.parametrize("name", sorted(measure_files()))
def test_every_measure_of_drift_has_a_page_and_says_what_matters(name: str) -> None:
    """With its limit and where that comes from."""
    page = (ROOT / "docs" / "drift" / f"{name}.md").read_text()
    assert page.startswith(f"# {name}: ")
    assert "**What matters**: " in page
    assert f"[{name}](drift/{name}.md)" in (ROOT / "docs" / "drift.md").read_text()
    assert MEASURES[name].source


def test_the_recipe_of_a_measure_names_all_that_is_to_be_written() -> None:
    """The folder, the list, the page."""
    recipes = (ROOT / "CONTRIBUTING.md").read_text().split("\n\n")
    (recipe,) = [text for text in recipes if text.startswith("**A measure of drift**: ")]
    folder = DRIFT.relative_to(ROOT).as_posix()
    for word in (f"{folder}/", "MEASURE", "measures/__init__.py", "docs/drift.md"):
        assert f"`{word}`" in recipe
