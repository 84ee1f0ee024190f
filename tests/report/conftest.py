"""Profiles that reports are made of."""

from __future__ import annotations

import pytest
from tests.report.people import TASK, people

import drypoint as dp


@pytest.fixture(scope="session")
def profile() -> dp.Profile:
    """Of 400 people, with a task."""
    return dp.profile(people(1), dataset="people", performance=TASK)


@pytest.fixture(scope="session")
def reference() -> dp.Profile:
    """Of younger people."""
    return dp.profile(people(2, shift=-15), dataset="last year", performance=TASK)


@pytest.fixture(scope="session")
def segments() -> dp.ProfileSet:
    """The same people by city."""
    return dp.profile(people(1), dataset="people", segment_by="city", performance=TASK)
