"""What is measured of a unit, as far as somebody may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import dropwhile

from collegium.base import indicators, readings
from collegium.base.indicators import Indicator, Reading
from collegium.base.readings import Dated
from collegium.guide import policies
from collegium.guide.errors import NotFound
from collegium.people.actors import Actor
from collegium.people.places import Place


def list_visible(actor: Actor, place: Place) -> list[Indicator]:
    """Return the indicators whose readings the actor may be shown in a unit."""
    with indicators.sharing():
        return [each for each in indicators.list_indicators() if indicators.sees(each, actor, place)]


def get_indicator_for(actor: Actor, place: Place, key: str) -> Indicator:
    """Return an indicator; NotFound where there is none of this key, or none that the actor may see here."""
    try:
        found = indicators.get_indicator(key)
    except KeyError:
        raise NotFound from None
    if not policies.can_view_guide(actor, place) or not found.visible(actor, place):
        raise NotFound
    return found


def read_now(place: Place, wanted: Iterable[Indicator]) -> dict[str, Reading]:
    """Read some indicators of a unit as of its day: from what is stored where that is today's, else afresh."""
    stored = readings.get_today(place.unit_id, place.as_of)
    with indicators.sharing():
        return {
            each.key: stored[each.key] if each.key in stored else indicators.read(each.key, place.unit_id, place.as_of)
            for each in wanted
        }


def list_history_for(actor: Actor, place: Place, wanted: Iterable[Indicator]) -> dict[str, list[Dated]]:
    """Return what was read of some indicators over time, each reading only where the actor may see it as of its day."""
    rules = {each.key: each for each in wanted}
    found = readings.list_history(place.unit_id, tuple(rules), place.as_of)
    shown: dict[str, list[Dated]] = {}
    with indicators.sharing():
        for key, rows in found.items():
            begun = dropwhile(lambda row: row.reading.value is None, rows)  # before, there was nothing to tell
            shown[key] = [row for row in begun if indicators.sees(rules[key], actor, replace(place, as_of=row.on))]
    return shown
