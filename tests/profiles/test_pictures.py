"""Pictures made of characters, and the colours that a terminal gives their parts."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text
from tests.commands import runner

import drypoint as dp
from drypoint.cli.paint import STYLES, as_rich
from drypoint.estimate import Estimate
from drypoint.profiles._draw import Axis, bar, pillars, whisker
from drypoint.profiles._ink import ROLES, Inked, inked, inked_lines, joined

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.commands import Done

COUNTS = st.integers(0, 10**12)
ROOM = st.integers(6, 60)
TEXTS = st.lists(
    st.one_of(st.text(max_size=9), st.builds(inked, st.text(max_size=9), st.sampled_from(ROLES)))
)


def parts(text: Inked) -> dict[str, str]:
    """What of *text* has which role."""
    found: dict[str, str] = {}
    for span in text.spans:
        found[span.role] = found.get(span.role, "") + text[span.start : span.end]
    return found


# ---- Bars


@given(st.lists(COUNTS, min_size=1, max_size=9), ROOM)
def test_bars_of_exact_counts_are_as_long_as_they_are_large(counts: list[int], room: int) -> None:
    """To an eighth of a cell; what is there is seen, and what is not, is not."""
    drawn = [bar(Estimate(one, one, one), max(counts), room) for one in counts]
    lengths = [
        8 * (cell_len(one) - 1) + "▏▎▍▌▋▊▉█".index(one[-1]) + 1 if one else 0 for one in drawn
    ]
    for count, length, one in zip(counts, lengths, drawn, strict=True):
        assert abs(length - 8 * room * count / (max(counts) or 1)) <= 1
        assert (length == 0) == (count == 0)
        assert set(parts(one)) <= {"sure"}


@given(st.tuples(COUNTS, COUNTS, COUNTS).map(sorted), ROOM, st.integers(0, 10**12))
def test_a_bar_ends_where_its_bounds_do(found: list[int], room: int, more: int) -> None:
    """What is sure ends at the lower bound, what is drawn at the upper one; to a cell."""
    lower, value, upper = found
    most = upper + more
    drawn = bar(Estimate(value, lower, upper, 0.95), most, room)
    cells = room / (most or 1)
    assert cell_len(drawn) <= room
    assert abs(len(parts(drawn).get("sure", "")) - lower * cells) <= 1
    if lower < upper:
        assert abs(len(drawn) - upper * cells) <= 1


@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=3, max_size=3).map(sorted),
    ROOM,
)
def test_a_whisker_goes_from_bound_to_bound(found: list[float], room: int) -> None:
    """Around its value; on the whole axis it takes all of the room, whatever the numbers."""
    lower, value, upper = found
    drawn = whisker(value, lower, upper, Axis(lower, upper, room))
    assert drawn.count("●") == 1
    if lower < upper:
        assert cell_len(drawn) == room
        part = (value / 2 - lower / 2) / (upper / 2 - lower / 2)
        assert abs(drawn.index("●") - part * (room - 1)) <= 1


def test_what_is_beyond_an_axis_is_at_its_end() -> None:
    """So that nothing breaks a line."""
    assert whisker(50, -5, 500, Axis(0, 10, 7)) == "├─────●"
    assert whisker(1, 1, 1, Axis(1, 1, 7)) == "●"


@given(
    st.lists(COUNTS, min_size=1, max_size=24),
    st.integers(1, 6),
    st.integers(1, 3),
    st.integers(0, 2),
)
def test_pillars_are_as_high_as_counts_are_large(
    counts: list[int], height: int, wide: int, gap: int
) -> None:
    """To an eighth of a line; a small one is seen."""
    lines = [line.ljust(len(counts) * (wide + gap)) for line in pillars(counts, height, wide, gap)]
    assert len(lines) == height
    for place, count in enumerate(counts):
        levels = [" ▁▂▃▄▅▆▇█".index(line[place * (wide + gap)]) for line in lines]
        assert abs(sum(levels) - 8 * height * count / (max(counts) or 1)) <= 1
        assert (sum(levels) == 0) == (count == 0)


# ---- Roles


@given(st.text(max_size=3), TEXTS)
def test_texts_join_as_text_and_keep_their_roles(gap: str, texts: list[str]) -> None:
    """Each part is where it was put."""
    made = joined(gap, texts)
    assert made == gap.join(texts)
    told = [str(one) for one in texts if isinstance(one, Inked) and one]
    assert [made[span.start : span.end] for span in made.spans] == told


def test_text_with_roles_is_text() -> None:
    """To whoever asks nothing else of it."""
    made = joined("\n", inked_lines(["a", "b"]))
    assert (made, f"{made}", type(str(made)), hash(made)) == ("a\nb", "a\nb", str, hash("a\nb"))


def test_every_role_has_a_style() -> None:
    """And no style is for nothing."""
    assert set(STYLES) == set(ROLES)


@given(TEXTS)
def test_colours_add_nothing_to_the_text(texts: list[str]) -> None:
    """No markup, no emoji: what a terminal shows is what a pipe has."""
    clean = "".join(char for char in joined("", texts) if char.isprintable())
    written = io.StringIO()
    console = Console(file=written, force_terminal=True, highlight=False)
    console.print(as_rich(Inked(clean)), soft_wrap=True)
    assert Text.from_ansi(written.getvalue()).plain.rstrip("\n") == clean


# ---- Colours of commands


@pytest.fixture
def drypoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Runs the command on a terminal of 100 cells, in a folder with two profiles and checks."""
    monkeypatch.chdir(tmp_path)
    for name, shift in (("before", 0), ("after", 300)):
        table: dict[str, Any] = {"size": [i % 997 + shift for i in range(20_000)]}
        dp.profile(table | {"[bold]": ["x", None] * 10_000}).save(f"{name}.arrow")
    (tmp_path / "fails.yaml").write_text("table:\n  - rows == 1\n  - rows > 1\n")
    monkeypatch.setattr("drypoint.cli.output.is_terminal", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    return runner(monkeypatch, capsys, width=100)


COMMANDS = {
    "show after.arrow": [],
    "show after.arrow --column size": ["\x1b[36m█"],
    "diff before.arrow after.arrow": [],
    "diff before.arrow after.arrow --drift": ["\x1b[1;31mdrift\x1b[0m", "\x1b[32mnone\x1b[0m"],
    "check after.arrow fails.yaml": ["\x1b[1;31m✗ fail\x1b[0m", "\x1b[32m✓ pass\x1b[0m"],
}


@pytest.mark.parametrize("words", COMMANDS)
def test_a_terminal_shows_colours(drypoint: Any, words: str) -> None:
    """Of verdicts and of pictures; headings are bold, what matters less is dim."""
    out = drypoint(*words.split()).out
    assert "\x1b[1m" in out
    assert "\x1b[2m" in out
    assert [one for one in COMMANDS[words] if one not in out] == []


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb"), ("", "")])
def test_without_colours_the_text_is_the_same(
    drypoint: Any, monkeypatch: pytest.MonkeyPatch, words: str, name: str, value: str
) -> None:
    """Where nobody wants them, where a terminal has none, and in a pipe."""
    coloured = drypoint(*words.split()).out
    if name:
        monkeypatch.setenv(name, value)
    else:
        monkeypatch.setattr("drypoint.cli.output.is_terminal", lambda: False)
    plain = drypoint(*words.split()).out
    assert "\x1b" not in plain
    assert Text.from_ansi(coloured).plain.splitlines() == plain.splitlines()
