"""The report of the flights, as somebody looks at it who has no net."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

ROWS = "table.columns > tbody > tr[id^=column-]"
SECTIONS = [
    "Alerts",
    "Columns",
    "Drift",
    "Checks",
    "Performance",
    "Fairness",
    "What moved",
    "Segments",
]


def names(page: Page) -> list[str]:
    """The columns of the table, from the top."""
    return page.locator(f"{ROWS} .opener").all_inner_texts()


def shares(page: Page) -> list[float]:
    """The nulls of the columns, from the top, in per cent."""
    texts = page.locator(f"{ROWS} td.c-nulls").all_inner_texts()
    return [float(re.sub(r"[^\d.]", "", text) or 0) for text in texts]


def header(page: Page, title: str) -> Locator:
    """The button above a column of the table."""
    return page.locator("table.columns thead").get_by_role("button", name=title, exact=True)


def drawn(within: Any) -> None:
    """Goes to every chart, until it is there and says what it shows."""
    for canvas in within.locator(".canvas").all():
        canvas.scroll_into_view_if_needed()
        expect(canvas.locator("svg")).to_be_visible()
        expect(canvas).to_have_attribute("aria-label", re.compile(r"\w+ .{20}"))


# ---- What it is of


def test_it_says_what_was_profiled(page: Page) -> None:
    """And beside what."""
    expect(page).to_have_title(re.compile("flights of July"))
    expect(page.get_by_role("heading", level=1)).to_have_text("flights of July")
    about = page.locator("#about")
    expect(about).to_contain_text("29,425")
    expect(about).to_contain_text("flights of January")


def test_an_alert_leads_to_its_column(page: Page) -> None:
    """Which is open then."""
    page.locator("#alerts").get_by_role("link", name=re.compile("^dest ")).first.click()
    opener = page.get_by_role("button", name="dest", exact=True)
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(opener).to_be_in_viewport()


# ---- The table of columns


def test_the_table_is_sorted_by_nulls(page: Page) -> None:
    """From the most on, then from the fewest, then as it was."""
    before = names(page)
    header(page, "Nulls").click()
    assert shares(page) == sorted(shares(page), reverse=True)
    assert shares(page)[0] > 3
    header(page, "Nulls").click()
    assert shares(page) == sorted(shares(page))
    header(page, "Nulls").click()
    assert names(page) == before


def test_the_table_is_sorted_by_name(page: Page) -> None:
    """And says so to whoever cannot see it."""
    header(page, "Column").click()
    assert names(page) == sorted(names(page))
    assert len(names(page)) == 22
    expect(page.locator("th[data-order=name]")).to_have_attribute("aria-sort", "ascending")


def test_a_search_leaves_what_is_called_so(page: Page) -> None:
    """Escape leaves all again."""
    page.get_by_role("searchbox").fill("delay")
    assert sorted(names(page)) == ["arr_delay", "dep_delay"]
    expect(page.locator("#columns [role=status]").first).to_contain_text("2 of 22")
    page.keyboard.press("Escape")
    assert len(names(page)) == 22


def test_a_search_without_a_match_says_so(page: Page) -> None:
    """Instead of an empty table."""
    page.get_by_role("searchbox").fill("no such thing")
    assert names(page) == []
    expect(page.locator("table.columns")).to_contain_text("No column")


# ---- A column


def test_a_column_opens_with_its_charts(page: Page) -> None:
    """Distribution, top values, cumulative share; and closes again."""
    opener = page.get_by_role("button", name="dep_delay", exact=True)
    opener.click()
    detail = page.locator(f"#{opener.get_attribute('aria-controls')}")
    expect(detail).to_contain_text("at 95.4 %")
    expect(detail.locator(".canvas").nth(2)).to_be_attached()
    drawn(detail)
    opener.click()
    expect(detail).to_have_count(0)


@pytest.mark.parametrize("name", ["carrier", "time_hour", "late", "tailnum"])
def test_a_column_of_each_kind_is_drawn(page: Page, name: str) -> None:
    """Every chart that is announced is there, and says what it shows."""
    opener = page.get_by_role("button", name=name, exact=True)
    opener.click()
    detail = page.locator(f"#{opener.get_attribute('aria-controls')}")
    expect(detail.locator(".canvas").first).to_be_attached()
    drawn(detail)
    opener.scroll_into_view_if_needed()


# ---- The other parts


@pytest.mark.parametrize("title", SECTIONS)
def test_every_part_is_a_link_away(page: Page, title: str) -> None:
    """And its charts are drawn when they are seen."""
    page.get_by_role("navigation").get_by_role("link", name=re.compile(rf"^{title}\b")).click()
    section = page.locator(
        "section", has=page.get_by_role("heading", level=2, name=title, exact=True)
    )
    expect(section.get_by_role("heading", level=2)).to_be_in_viewport()
    drawn(section)


@pytest.mark.parametrize(
    ("part", "charts", "words"),
    [
        ("drift", 1, ["dep_delay", "undecided", "noise"]),
        ("checks", 0, ["quantile(0.95) < 100", "126 (118–134 at 99 %)", "✗ warn"]),
        ("performance", 4, ["accuracy", "0.8735", "By segment"]),
        ("fairness", 1, ["carrier=UA", "disparate_impact", "0.8 to 1.25"]),
        ("trace", 1, ["carrier=B6", "mix", "rate"]),
    ],
)
def test_a_part_tells_its_facts(page: Page, part: str, charts: int, words: list[str]) -> None:
    """In tables, and in charts where there is something to draw."""
    section = page.locator(f"section#{part}")
    section.scroll_into_view_if_needed()
    assert section.locator(".canvas").count() >= charts
    for word in words:
        expect(section).to_contain_text(word)


def test_a_drifted_column_is_a_link_away(page: Page) -> None:
    """From the table of drift to the distribution of both."""
    page.locator("section#drift").get_by_role("link", name="air_time").first.click()
    opener = page.get_by_role("button", name="air_time", exact=True)
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(opener).to_be_in_viewport()


# ---- Themes, sizes, paper


def background(page: Page) -> float:
    """How light the page is, from 0 to 255."""
    text = page.evaluate("getComputedStyle(document.body).backgroundColor")
    red, green, blue = map(float, re.findall(r"[\d.]+", text)[:3])
    return (red + green + blue) / 3


def test_the_theme_is_switched(page: Page) -> None:
    """Charts too; and it is remembered while the window is open."""
    page.get_by_role("button", name="dep_delay", exact=True).click()
    page.locator(".canvas svg text").first.wait_for()
    ink = "getComputedStyle(document.querySelector('.canvas svg text')).fill"
    light = page.evaluate(ink)
    assert background(page) > 200
    page.get_by_role("button", name="Dark theme").click()
    assert background(page) < 60
    page.wait_for_function(f"() => {ink} !== {light!r}")
    expect(page.get_by_role("button", name="Dark theme")).to_have_attribute("aria-pressed", "true")


def test_the_system_may_be_dark(looking: Any, flights: Path) -> None:
    """Then the page is."""
    with looking(flights, color_scheme="dark") as seen:
        assert background(seen.page) < 60


@pytest.mark.parametrize("width", [400, 320, 768])
def test_a_narrow_page_is_not_scrolled_sideways(looking: Any, flights: Path, width: int) -> None:
    """With a column open and all charts drawn."""
    with looking(flights, viewport={"width": width, "height": 800}) as seen:
        page = seen.page
        page.get_by_role("button", name="dep_delay", exact=True).click()
        drawn(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.get_by_role("button", name="dep_delay", exact=True).scroll_into_view_if_needed()


def test_paper_shows_every_part(page: Page, tmp_path: Path) -> None:
    """With columns open and charts drawn, light whatever the theme is, without buttons."""
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Dark theme").click()
    page.get_by_role("button", name="Print").click()
    page.wait_for_function("() => window.printed", timeout=60_000)  # it draws some seventy charts
    canvases = page.locator(".canvas")
    assert canvases.count() > 22
    expect(page.locator(".canvas svg")).to_have_count(canvases.count())
    page.emulate_media(media="print")
    for title in SECTIONS:
        expect(page.get_by_role("heading", level=2, name=title, exact=True)).to_be_visible()
    assert background(page) > 200
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    assert page.pdf(path=tmp_path / "page.pdf")[:5] == b"%PDF-"
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Dark theme").click()


def test_what_the_browser_prints_by_itself_is_light_too(looking: Any, flights: Path) -> None:
    """By its own key or menu: page and all charts; and it is dark again when that is done."""
    ink = "getComputedStyle(document.querySelector('.canvas svg text')).fill"
    with looking(flights) as seen:
        page = seen.page
        page.get_by_role("button", name="dep_delay", exact=True).click()
        page.locator(".canvas svg text").first.wait_for()
        light = page.evaluate(ink)
        page.get_by_role("button", name="Dark theme").click()
        page.wait_for_function(f"() => {ink} !== {light!r}")
        # What is there when all that the page does before is done.
        missing = "document.querySelectorAll('.canvas:not(:has(svg))').length"
        assert page.evaluate(missing) > 0
        page.evaluate(
            f"addEventListener('beforeprint', () => {{ window.seen = [{ink}, {missing}]; }})"
        )
        page.pdf()
        assert page.evaluate("window.seen") == [light, 0]
        page.wait_for_function(f"() => {ink} !== {light!r}")
        assert background(page) < 60


def test_nothing_moves_where_that_is_not_wanted(looking: Any, flights: Path) -> None:
    """No animation, no transition, no smooth scrolling."""
    moving = """[...document.querySelectorAll("*")].filter((one) => {
        const style = getComputedStyle(one);
        const long = (text) => text.split(",").some((time) => parseFloat(time) > 0.01);
        return long(style.transitionDuration) || long(style.animationDuration)
            || style.scrollBehavior === "smooth";
    }).map((one) => one.outerHTML.slice(0, 80))"""
    with looking(flights, reduced_motion="reduce") as seen:
        seen.page.get_by_role("button", name="dep_delay", exact=True).click()
        seen.page.locator(".canvas svg").first.wait_for()
        assert seen.page.evaluate(moving) == []
