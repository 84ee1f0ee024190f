"""Every drawing is a Vega-Lite specification: valid, whole, of plain values, and drawn."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.charts.drawings import every_drawing

from drypoint.report.charts import TEMPLATES, THEMES, Drawing
from drypoint.report.charts._drawing import filled

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = sorted(every_drawing())


def one_of_each() -> list[str]:
    """A drawing for each template and each kind of axis."""
    found: dict[Any, str] = {}
    for name in NAMES:
        drawing = every_drawing()[name]
        found.setdefault((drawing.template, drawing.params.get("type")), name)
    return list(found.values())


def asked(node: Any) -> Iterator[str]:
    """The parameters that a template asks for."""
    if isinstance(node, dict):
        if "$param" in node:
            yield node["$param"]
        for value in node.values():
            yield from asked(value)
    elif isinstance(node, list):
        for value in node:
            yield from asked(value)


def test_every_template_is_drawn_by_some_drawing() -> None:
    """So that what holds of these holds of all templates."""
    assert {one.template for one in every_drawing().values()} == set(TEMPLATES)


@pytest.mark.parametrize("name", one_of_each())
def test_a_drawing_is_valid_by_the_schema_of_vega_lite(name: str) -> None:
    """Altair holds the schema; nothing is unknown to it, or of another type."""
    alt.LayerChart.from_dict(every_drawing()[name].spec())


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_plain_json_with_rows_of_one_length(name: str) -> None:
    """No NaN, no infinity, nothing of NumPy: a page holds it as it is."""
    drawing = every_drawing()[name]
    text = json.dumps([drawing.data, drawing.params, drawing.description], allow_nan=False)
    assert json.loads(text) == [drawing.data, drawing.params, drawing.description]
    lengths = {len(column) for column in drawing.data.values()}
    assert len(lengths) == 1
    assert len(drawing.rows) == lengths.pop() > 0


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_has_all_that_its_template_asks_for_and_nothing_else(name: str) -> None:
    """What is not asked for would only make pages larger."""
    drawing = every_drawing()[name]
    wanted = set(asked(TEMPLATES[drawing.template]))
    for theme in THEMES.values():
        assert wanted <= {*drawing.params, *theme["colors"]}
    assert set(drawing.params) <= wanted


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_says_in_a_sentence_what_it_shows(name: str) -> None:
    """With a number, for those who do not see it; it is the label of the picture."""
    drawing = every_drawing()[name]
    assert any(map(str.isdigit, drawing.description))
    assert drawing.spec()["description"] == drawing.description


@pytest.mark.parametrize("name", one_of_each())
@pytest.mark.parametrize("theme", THEMES)
def test_a_drawing_becomes_a_picture(name: str, theme: Any) -> None:
    """In both themes, as wide as is asked for."""
    drawing = every_drawing()[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        svg = drawing.svg(theme, width=320)
    assert svg.startswith("<svg")
    assert 'width="320"' in svg
    title = drawing.params["title"]
    assert title.split()[0] in svg


def test_a_template_is_filled_without_being_changed() -> None:
    """Parameters stand at any depth, and may be anything that JSON has."""
    template = {"a": [{"$param": "x"}, {"b": {"$param": "y"}}], "c": 1}
    before = json.dumps(template)
    made = filled(template, {"x": [1, {"z": None}], "y": False, "unused": 0})
    assert made == {"a": [[1, {"z": None}], {"b": False}], "c": 1}
    assert json.dumps(template) == before


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    )
)
def test_what_has_no_parameters_is_filled_with_itself(node: Any) -> None:
    """Whatever it is."""
    if "$param" not in set_of_keys(node):
        assert filled(node, {}) == node


def set_of_keys(node: Any) -> set[str]:
    """All keys of all objects inside."""
    if isinstance(node, dict):
        return {*node}.union(*map(set_of_keys, node.values()))
    return set().union(*map(set_of_keys, node)) if isinstance(node, list) else set()


def test_a_page_may_hold_a_drawing_of_a_column_in_a_few_kilobytes() -> None:
    """So that pages of 2,000 columns stay small: templates are held once."""
    sizes = {
        name: len(json.dumps([one.data, one.params, one.description]))
        for name, one in every_drawing().items()
        if name.startswith(("histogram", "top", "ecdf", "lengths", "kinds", "calendar"))
    }
    assert max(sizes.values()) < 6_000, max(sizes, key=sizes.__getitem__)


def test_an_empty_drawing_has_no_rows() -> None:
    """Columns without rows, and no columns at all."""
    assert Drawing("bars", {"label": []}, {}, "").rows == []
    assert Drawing("bars", {}, {}, "").rows == []
