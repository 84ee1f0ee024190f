"""Names and values of strangers are shown, never run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.e2e.flights import ATTACK, ATTACKS

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

ELEMENTS = (
    "[...document.querySelectorAll('body script, body img, body iframe, body object')].length"
)


def shown(text: str) -> str:
    """How a page shows it: what is not printed is an escape."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def test_the_title_is_shown_as_it_is(looking: Any, hostile: Path) -> None:
    """In the page and in its title."""
    with looking(hostile) as seen:
        expect(seen.page.get_by_role("heading", level=1)).to_have_text(ATTACK)
        assert ATTACK in seen.page.title()


@pytest.mark.parametrize("place", range(len(ATTACKS)))
def test_a_column_is_shown_as_it_is_called(looking: Any, hostile: Path, place: int) -> None:
    """Open, with its charts and its values; the page has no element more than those of its own."""
    with looking(hostile) as seen:
        page = seen.page
        scripts = page.evaluate(ELEMENTS)
        name = shown(ATTACKS[place])
        opener = page.get_by_role("button", name=name, exact=True)
        opener.click()
        detail = page.locator(f"#{opener.get_attribute('aria-controls')}")
        expect(detail.locator(".canvas svg").first).to_be_visible()
        if place % 2:
            expect(detail).to_contain_text(shown(ATTACK))
        hover(page)
        assert page.evaluate(ELEMENTS) == scripts


def hover(page: Page) -> None:
    """Moves over the charts, which tell what is below."""
    for mark in page.locator(".canvas svg .mark-rect path, .canvas svg .mark-rule line").all()[:5]:
        mark.hover(force=True)


def test_a_script_that_gets_in_is_refused(looking: Any, hostile: Path) -> None:
    """By the policy in the page itself, were escaping to fail."""
    with looking(hostile) as seen:
        seen.page.evaluate(
            """() => { const one = document.createElement('script');
            one.textContent = 'alert(7)'; document.body.append(one);
            document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(8)>'); }"""
        )
        seen.page.wait_for_timeout(200)
        refused = seen.refused()
        assert len(refused) >= 2
        assert seen.dialogs == []
        assert {one.split()[0] for one in refused} <= {
            "script-src-elem",
            "script-src-attr",
            "img-src",
        }
        seen.page.evaluate("window.refused.length = 0")
        seen.errors.clear()
        seen.requests.clear()  # the picture, which was refused
