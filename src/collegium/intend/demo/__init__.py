"""The intending part of the demo, told chapter by chapter."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from collegium.intend.demo import line, promises, values
from collegium.intend.services import reminding
from collegium.people.models import Community

__all__ = ["build"]

# Promises serve challenges, so the line comes first.
CHAPTERS = (line.build, values.build, promises.build)


@transaction.atomic
def build(community: Community, *, seed: int, today: dt.date) -> None:
    """Add what the people of the demo value and intend: all of it or, when stopped, none."""
    for tell in CHAPTERS:
        tell(community, seed=seed, today=today)
    reminding.skip_due(community.id)
