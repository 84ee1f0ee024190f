"""Everything is done with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOCUS = "document.activeElement.innerText.trim()"


def tab_to(page: Page, text: str, most: int = 80) -> None:
    """Presses Tab until something that reads so is in focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUS) == text:
            return
    raise AssertionError(f"{text!r} cannot be reached with Tab")


def test_the_first_stop_skips_to_the_report(page: Page) -> None:
    """So that nobody has to walk through the links first."""
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == "Skip to the report"
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_enter_on_a_head_sorts(page: Page) -> None:
    """And focus stays where it is."""
    page.keyboard.press("/")
    page.keyboard.press("Tab")
    tab_to(page, "Nulls")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUS) == "Nulls"
    expect(page.locator("th[data-order=nulls]")).to_have_attribute("aria-sort", "descending")
    page.keyboard.press("Space")
    expect(page.locator("th[data-order=nulls]")).to_have_attribute("aria-sort", "ascending")


def test_enter_opens_a_column(page: Page) -> None:
    """And closes it, without losing the place."""
    page.keyboard.press("/")
    page.keyboard.type("dest")
    tab_to(page, "dest")
    page.keyboard.press("Enter")
    opener = page.get_by_role("button", name="dest", exact=True)
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")


def test_a_slash_goes_to_the_search_and_escape_empties_it(page: Page) -> None:
    """A slash that is typed into it is a slash."""
    page.keyboard.press("/")
    search = page.get_by_role("searchbox")
    expect(search).to_be_focused()
    page.keyboard.type("a/b")
    expect(search).to_have_value("a/b")
    page.keyboard.press("Escape")
    expect(search).to_have_value("")


def test_what_is_in_focus_is_seen(page: Page) -> None:
    """An outline, or something as clear, at each of the first stops."""
    for _ in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate(
            """(() => { const one = getComputedStyle(document.activeElement);
            return [one.outlineStyle, parseFloat(one.outlineWidth), one.boxShadow]; })()"""
        )
        assert (style[0] != "none" and style[1] >= 1) or style[2] != "none", page.evaluate(FOCUS)


def test_the_theme_and_the_links_are_stops(page: Page) -> None:
    """Space and Enter do what a click does."""
    tab_to(page, "Checks")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="Checks", exact=True)).to_be_in_viewport()
    page.get_by_role("button", name="Dark theme").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Dark theme")).to_have_attribute("aria-pressed", "true")
