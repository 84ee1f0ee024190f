"""One browser, and each page made once; what is looked at is kept as pictures."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser import chromium, opened_in
from tests.e2e.flights import flights_page, hostile_page, wide_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser
    from tests.browser import Seen

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Of all tests of this folder."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="package")
def flights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """July beside January, with everything that a report can have."""
    return flights_page(tmp_path_factory.mktemp("flights"))


@pytest.fixture(scope="package")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Strangers' names and values."""
    return hostile_page(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="package")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2,000 columns."""
    return wide_page(tmp_path_factory.mktemp("wide"))


@pytest.fixture
def looking(browser: Browser, request: pytest.FixtureRequest) -> Any:
    """Opens a page; at the end there is a picture, and nothing was asked for, said or tried."""

    @contextmanager
    def at(path: Path, **options: Any) -> Iterator[Seen]:
        with opened_in(browser, path, **{"viewport": WIDE, **options}) as seen:
            yield seen
            PICTURES.mkdir(parents=True, exist_ok=True)
            seen.page.screenshot(path=PICTURES / f"{request.node.name}.png")
            assert seen.requests == []
            assert seen.errors == []
            assert seen.dialogs == []
            assert seen.refused() == []

    return at


@pytest.fixture
def page(looking: Callable[..., Any], flights: Path) -> Iterator[Any]:
    """The report of the flights, open."""
    with looking(flights) as seen:
        yield seen.page
