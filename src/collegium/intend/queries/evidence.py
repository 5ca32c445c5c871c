"""Numbers that a challenge may cite, and how those it cites stand today."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from collegium.base import indicators, time
from collegium.base.indicators import Indicator, Reading
from collegium.intend.enums import CitationKind
from collegium.intend.errors import NotFound
from collegium.intend.models import Challenge, Citation
from collegium.people.actors import Actor
from collegium.people.places import Place

_KINDS = {"listen": CitationKind.FACET, "connect": CitationKind.NETWORK}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citable:
    """A number about a unit that somebody may cite, as it is today."""

    key: str
    kind: str
    indicator: Indicator
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A number that is cited, as it was, and as it is for this reader: None where it is not theirs to see now."""

    citation: Citation
    indicator: Indicator | None
    now: Reading | None


def list_measures_for(actor: Actor, place: Place) -> list[Indicator]:
    """Return the indicators of a unit that somebody may be shown, whether or not they have a value."""
    return [each for each in indicators.list_indicators() if each.visible(actor, place)]


def list_citable_for(actor: Actor, place: Place) -> list[Citable]:
    """Return the numbers about a unit that have a value today and that the actor may be shown."""
    found = []
    for each in list_measures_for(actor, place):
        reading = each.read(place.unit_id, place.as_of)
        if reading.value is not None:
            found.append(Citable(key=each.key, kind=kind_of(each.key), indicator=each, reading=reading))
    return found


def kind_of(key: str) -> str:
    """Return what a number is, by the room that measures it."""
    return _KINDS.get(key.partition(".")[0], CitationKind.INDICATOR)


def list_cited_for(actor: Actor, place: Place, challenge: Challenge) -> list[Cited]:
    """Return what a challenge cites, as it was then and as it is now.

    A number of a result is shown to those who may see it today, then as now: citing it has published nothing.
    """
    known = {each.key: each for each in indicators.list_indicators()}
    rows = Citation.objects.filter(challenge=challenge, withdrawn_at__isnull=True, community_id=actor.community_id)
    today = time.today()
    found = []
    for row in rows.order_by("cited_at", "id"):
        indicator = known.get(row.key)
        may_see = indicator is not None and indicator.visible(actor, place)
        now = indicator.read(row.unit_id, today) if indicator and may_see else None
        found.append(Cited(citation=row, indicator=indicator, now=now))
    return found


def get_citation_for(actor: Actor, challenge: Challenge, citation_id: uuid.UUID) -> Citation:
    """Return what a challenge cites; NotFound when it does not, or no longer."""
    rows = Citation.objects.filter(id=citation_id, challenge=challenge, community_id=actor.community_id)
    found = rows.filter(withdrawn_at__isnull=True).select_related("challenge__unit").first()
    if found is None:
        raise NotFound
    return found
