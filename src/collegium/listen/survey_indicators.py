"""The facets of the other questionnaires that come with the house, as indicators: the newest round's, as published."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy

from collegium.base.indicators import Indicator, Meaning, Reading
from collegium.listen.instruments.shipped import get_shipped
from collegium.listen.queries import heartbeat

# Named here, so that starting reads no file.
FACETS: dict[str, tuple[str, ...]] = {
    "trust": ("benevolence", "honesty", "openness", "reliability", "competence", "wisdom", "ideals", "care"),
    "shared_leadership": ("leadership_lasts", "say", "heard", "room_to_fail", "ability_leads"),
    "learning_community": (
        "shared_values", "collective_responsibility", "collaboration", "collective_learning", "enquiry",
        "openness_networks", "inclusive_membership", "mutual_support",
    ),
    "learning_leadership": ("direction", "developing", "redesign", "time_for_learning", "learning_stance", "talent"),
    "hallmarks": ("accountability", "spread_of_learning", "identity", "opportunity"),
    "efficacy": ("efficacy_change",),
    "change_check": ("change_company", "change_room", "change_why", "change_what", "change_belief", "change_ready"),
    "virtues": ("hope",),
    "alliance": (
        "alliance_context", "alliance_governance", "alliance_trust", "alliance_vision", "alliance_communication",
        "alliance_distributed", "alliance_leaders", "alliance_phase",
    ),
}  # fmt: skip


def _say(instrument: str, facet: str, part: str) -> str:
    shipped = get_shipped(instrument)
    found = next(each for each in shipped.facets if each.key == facet)
    return shipped.fill(getattr(found, part), get_language() or "")


_lazily: Any = lazy(_say, str)


def _read(instrument: str, facet: str, unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    from collegium.listen.indicators import read_facet

    return read_facet(heartbeat.get_latest(unit_id, as_of, instrument), facet)


def list_survey_indicators() -> tuple[Indicator, ...]:
    """Return an indicator for each facet."""
    found: list[Indicator] = []
    for instrument, facets in FACETS.items():
        visible = partial(heartbeat.can_view_beats, key=instrument)
        for facet in facets:
            meaning = Meaning(
                definition=_lazily(instrument, facet, "explanation"),
                formula=gettext_lazy(
                    "The mean, over those who answered, of each one’s mean over the questions of this facet, as it was"
                    " published, with its 95% interval. Not shown for fewer than five."
                ),
                how_to_read=_lazily(instrument, facet, "how_to_read"),
                how_not_to_read=_lazily(instrument, facet, "how_not_to_read"),
            )
            found.append(
                Indicator(
                    key=f"listen.{instrument}.{facet}",
                    title=_lazily(instrument, facet, "title"),
                    unit_of_measure="score",
                    read=partial(_read, instrument, facet),
                    order=120 + len(found),
                    page="listen:unit_listen",
                    visible=visible,
                    at_home=False,
                    meaning=meaning,
                )
            )
    return tuple(found)
