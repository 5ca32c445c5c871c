"""Whom a tie survey would ask today, and with what."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from collegium.connect.queries import roster
from collegium.connect.queries.roster import Standing
from collegium.listen import instruments
from collegium.listen.instruments import Instrument
from collegium.listen.queries import pulses, versions
from collegium.listen.queries.asking import Among
from collegium.people.actors import Actor
from collegium.people.enums import Level
from collegium.people.places import Place
from collegium.people.queries import staff

# Governors see a school from outside its days; they can be asked when somebody wants it.
USUAL_LEVELS = tuple(level.value for level in Level if level != Level.GOVERNANCE)


def list_asked(
    unit_id: uuid.UUID,
    levels: Collection[str],
    day: dt.date,
    *,
    units: Collection[uuid.UUID] = (),
    group_id: uuid.UUID | None = None,
) -> list[Standing]:
    """Return whom a survey of a unit asks, with where they stand; where given, only in some units or a group."""
    among = Among.of(units, group_id, day)
    return [
        standing
        for standing in roster.list_standings(unit_id, day)
        if standing.level in levels and among.holds(standing.person_id, standing.unit_id)
    ]


def count_asked(unit_id: uuid.UUID, levels: Collection[str], day: dt.date) -> int:
    """Return how many people a survey of a unit would ask, without looking where they stand."""
    return staff.count_at_levels(unit_id, levels, day)


def count_without_address(unit_id: uuid.UUID, levels: Collection[str], day: dt.date) -> int:
    """Return how many of those people cannot be written to, and cannot sign in."""
    return staff.count_at_levels(unit_id, levels, day, only_without_address=True)


def list_instruments(actor: Actor, place: Place) -> dict[str, Instrument]:
    """Return what can be asked, by the value that a form sends: shipped ones by their key, own ones by their id."""
    shipped = {instrument.key: instrument for instrument in instruments.list_shipped_ties()}
    own = {str(version.id): versions.read(version) for version in pulses.list_own_versions(actor, place)}
    return shipped | {key: instrument for key, instrument in own.items() if instrument.is_about_ties}
