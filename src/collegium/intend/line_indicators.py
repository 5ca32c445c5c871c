"""What can be measured of a unit's line: who has a line of sight, and how many links are missing."""

from __future__ import annotations

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from collegium.base.indicators import Indicator, Meaning, Reading
from collegium.intend import policies
from collegium.intend.queries import throughline

NOT_SAID = Reading(value=None)
SOURCE = _("The throughline as it stands today")


def read_sight(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    """Return the share of a unit's people with a line; not said of fewer than five, nor of a day gone by."""
    found = throughline.find_today(unit_id, as_of)
    coverage = found.sight.whole if found else None
    if coverage is None or coverage.share is None:
        return NOT_SAID
    return Reading(value=coverage.share, n=coverage.people, source=str(SOURCE))


def read_gaps(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    """Return how many links are missing; not said of a day gone by, nor where nothing is written."""
    found = throughline.find_today(unit_id, as_of)
    if found is None or not found.line.graph.nodes:
        return NOT_SAID
    return Reading(value=len(found.line.gaps), source=str(SOURCE))


INDICATORS = (
    Indicator(
        key="intend.line_of_sight",
        title=_("Have a line of sight"),
        unit_of_measure="percent",
        read=read_sight,
        order=310,
        page="intend:throughline",
        visible=policies.can_view_throughline,
        at_home=False,
        meaning=Meaning(
            definition=_("The share of people who carry, or could carry, something that leads to an intent."),
            formula=_("People with at least one living line to a living intent, by everybody with a post in the unit."),
            how_to_read=_("It says how far an intent has reached into what people do, not how well they do it."),
            how_not_to_read=_("A person without a line may do the most important work; ask what the line leaves out."),
        ),
    ),
    Indicator(
        key="intend.gaps",
        title=_("Missing links on the line"),
        unit_of_measure="count",
        read=read_gaps,
        order=311,
        page="intend:throughline",
        visible=policies.can_view_throughline,
        at_home=False,
        meaning=Meaning(
            definition=_("Places where a link from the vision to what people do is missing."),
            formula=_(
                "Visions without a challenge, wishes, challenges without a promise, promises that serve nothing, "
                "roles without obligations, and what only one person or nobody could carry."
            ),
            how_to_read=_("Each is a place to look at; the page names them."),
            how_not_to_read=_("Few can mean that little is written. It is no mark for a school."),
        ),
    ),
)
