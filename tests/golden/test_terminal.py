"""What a terminal shows, to the cell: at three widths, and at every other without an overflow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from tests.golden.make_terminal import TERMINAL, WIDTHS, pages, written

PAGES = pages()


def test_every_page_has_a_file() -> None:
    """And every file a page."""
    assert {path.stem for path in TERMINAL.glob("*.txt")} == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_its_file_has_it(name: str) -> None:
    """`make golden-terminal` makes the files anew."""
    assert written(PAGES[name]) == (TERMINAL / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
@given(width=st.integers(40, 200))
def test_no_page_is_wider_than_the_terminal(name: str, width: int) -> None:
    """And nothing in it commands one."""
    assert max(WIDTHS) < 200
    lines = PAGES[name](width).split("\n")
    assert [line for line in lines if cell_len(line) > width or not line.isprintable()] == []
