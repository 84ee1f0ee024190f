"""Whatever is in a column, it can be drawn, and what strangers wrote is shown and never run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.browser import opened
from tests.profiles.test_laws import LEAVES
from tests.report.charts.drawings import COLUMNS

import drypoint as dp
from drypoint.report import charts
from drypoint.report.charts._reserved import RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from drypoint.report.charts import Drawing

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{{x}}' + alert(3) + '"
NAMES = st.sampled_from(
    ["x", HOSTILE, "n" * 5000, "", " ", "\x1b[31m\u202e\n\ufeff", "a.b[0]", "北京"]
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[dp.Profile, dp.Profile]:
    """Two profiles of a column of one name and type: empty ones, nulls, ends of ranges."""
    kind, values = draw(st.sampled_from(LEAVES))
    name = draw(NAMES)
    found = []
    for _ in range(2):
        some = draw(st.lists(st.none() | values, max_size=6))
        try:
            found.append(dp.profile(pa.table({name: pa.array(some, kind)})))
        except (pa.ArrowInvalid, OverflowError):
            assume(False)  # not every value is one of the type
    return found[0], found[1]


def drawings(current: dp.Profile, reference: dp.Profile) -> Iterator[Drawing]:
    """All that can be drawn of the columns."""
    for column in current:
        beside = reference.columns.get(column.name)
        found = [draw(column, other) for draw in COLUMNS for other in (None, beside)]
        yield from (one for one in [*found, charts.calendar(column)] if one is not None)


@given(pairs())
def test_every_column_becomes_plain_rows(both: tuple[dp.Profile, dp.Profile]) -> None:
    """Without an error, and without a number that JSON does not have."""
    for one in drawings(*both):
        json.dumps(one.spec(), allow_nan=False)
        assert len({len(column) for column in one.data.values()}) == 1


@settings(max_examples=15)
@given(pairs())
@pytest.mark.slow
def test_every_column_becomes_a_picture(both: tuple[dp.Profile, dp.Profile]) -> None:
    """Few of them, since each takes a while."""
    for one in drawings(*both):
        assert one.svg(width=320).startswith("<svg")


def hostile() -> dp.Profile:
    """A table of which names and values are not kind."""
    return dp.profile({HOSTILE: [HOSTILE, HOSTILE, "<b>", "${alert(1)}"] * 9})


def test_what_strangers_wrote_is_text_in_a_picture() -> None:
    """Nothing of it is an element of the SVG."""
    for one in drawings(hostile(), hostile()):
        svg = one.svg()
        assert "<script" not in svg
        assert "<img" not in svg
        assert "<b>" not in svg


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_what_every_object_has_is_a_name_like_any_other(name: str) -> None:
    """Vega 6 looks titles and values up in plain objects, so that these end in an error."""
    numbers, words = dp.profile({name: [1.0, 2.5, 4.0] * 9}), dp.profile({"x": [name, "b"] * 9})
    for one in (*drawings(numbers, numbers), *drawings(words, words)):
        assert one.svg(width=320).startswith("<svg")
    drawing = charts.top_values(words["x"])
    assert drawing is not None
    assert name in drawing.svg()


def test_what_strangers_wrote_does_not_run_in_a_page(tmp_path: Path) -> None:
    """The page draws it in Chromium, quietly; the name is its title."""
    drawing = charts.top_values(hostile()[HOSTILE])
    assert drawing is not None
    path = tmp_path / "top.html"
    drawing.save(path)
    with opened(path) as seen:
        seen.page.wait_for_selector("svg")
        seen.page.hover("path[aria-roledescription=bar] >> nth=0")
        seen.page.wait_for_selector("#vg-tooltip-element.visible")
        tip = seen.page.inner_text("#vg-tooltip-element")
        title = seen.page.title()
    assert seen.is_quiet
    assert HOSTILE in tip
    assert "NaN" not in tip
    assert title.startswith("</script>")


def test_no_expression_is_made_of_data() -> None:
    """Parameters that hold expressions are the same, whatever the column holds."""
    kind, quiet = hostile(), dp.profile({"x": ["a", "b"] * 9})
    for one, other in zip(drawings(kind, kind), drawings(quiet, quiet), strict=True):
        assert expressions(one.spec()) == expressions(other.spec())


def expressions(node: Any) -> list[str]:
    """Whatever Vega would compile: calculations, filters, labels of axes."""
    found: list[str] = []
    if isinstance(node, dict):
        for name, value in node.items():
            run = name in ("calculate", "filter", "expr", "labelExpr") and isinstance(value, str)
            found += [value] if run else expressions(value)
    elif isinstance(node, list):
        for value in node:
            found += expressions(value)
    return found
