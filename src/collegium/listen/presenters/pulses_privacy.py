"""What respondents read about who can see what; the same before opening and before the first question."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from collegium.listen.models import Pulse
from collegium.listen.queries import versions
from collegium.science.disclosure.comments import FEWEST_FOR_COMMENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """What the text depends on. `fewest_for_comments` is 0 where nothing is written in one's own words."""

    k: int
    results_at: dt.datetime
    sheets_kept_days: int
    fewest_for_comments: int
    unit_name: str


def privacy_of(pulse: Pulse) -> Privacy:
    """Return what `listen/_privacy.html` sees."""
    return Privacy(
        k=pulse.k,
        results_at=pulse.results_at,
        sheets_kept_days=pulse.sheets_kept_days,
        fewest_for_comments=FEWEST_FOR_COMMENTS if versions.read(pulse.instrument).text_items else 0,
        unit_name=pulse.unit.name,
    )
