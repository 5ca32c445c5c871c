"""Where rosters are brought in, and when."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from collegium.base import time
from collegium.people.models import Unit
from tests import factories
from tests.people.roster_helpers import TODAY


@pytest.fixture
def district() -> Unit:
    """A district of its own community, without schools."""
    return factories.make_unit(factories.make_community(), "Valley", kind="district")


@pytest.fixture
def on_the_first_day() -> Iterator[None]:
    """Let it be the day of a first import."""
    with time.at(TODAY):
        yield
