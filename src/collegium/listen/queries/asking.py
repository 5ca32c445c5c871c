"""Whom a pulse would ask today, and what it could report: what a preview shows, and what opening writes down."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from django.db.models import Q
from django.utils.timezone import localdate

from collegium.base import time
from collegium.listen.cells import Asked, Organisation, ReportingPlan, plan_reporting
from collegium.listen.enums import ReportingLevel
from collegium.listen.models import AskingLimit, Invitation, Pulse, PulseUnit
from collegium.people.models import GroupMembership
from collegium.people.queries import staff, structure, units


def plan(pulse: Pulse) -> ReportingPlan:
    """Lay out whom the pulse asks, as the organisation is today."""
    today = time.today()
    organisation = get_organisation(pulse.unit_id, today)
    people = (
        Asked(post.person_id, post.unit_id, ReportingLevel.of(post.level))
        for post in staff.list_main_posts(pulse.unit_id, today)
    )
    chosen = _Chosen(pulse, today)
    return plan_reporting(organisation, (person for person in people if chosen.holds(person)), fewest=pulse.k + 1)


def get_organisation(unit_id: uuid.UUID, as_of: dt.date) -> Organisation:
    """Return a unit and all within it, as reporting sees them."""
    within = units.get_within(unit_id, as_of)
    return Organisation(unit_id, {each: name.kind for each, name in within.units.items()}, within.holds)


@dataclass(frozen=True, slots=True)
class Among:
    """Some units and a group to which asking is narrowed; None where it is not."""

    units: frozenset[uuid.UUID] | None
    members: frozenset[uuid.UUID] | None

    @classmethod
    def of(cls, unit_ids: Collection[uuid.UUID], group_id: uuid.UUID | None, day: dt.date) -> Self:
        """Look up what lies within the units, and who is in the group, on a day."""
        members = GroupMembership.objects.on(day).filter(group_id=group_id).values_list("person_id", flat=True)
        return cls(
            units=frozenset(structure.ids_within(unit_ids, day) | set(unit_ids)) if unit_ids else None,
            members=frozenset(members) if group_id else None,
        )

    def holds(self, person_id: uuid.UUID, unit_id: uuid.UUID) -> bool:
        """Say whether somebody whose main post is in the unit is asked."""
        return (self.units is None or unit_id in self.units) and (self.members is None or person_id in self.members)


class _Chosen:
    """Who of all those in the unit is asked."""

    def __init__(self, pulse: Pulse, today: dt.date) -> None:
        units = list(PulseUnit.objects.filter(pulse=pulse).values_list("unit_id", flat=True))
        self.among = Among.of(units, pulse.group_id, today)
        self.levels = set(pulse.levels)
        self.resting = _resting(pulse) if pulse.series_id else frozenset()
        self.pulse = pulse

    def holds(self, person: Asked) -> bool:
        return (
            self.among.holds(person.person_id, person.unit_id)
            and (not self.levels or person.level in self.levels)
            and person.person_id not in self.resting
            and _in_turn(self.pulse, person.person_id)
        )


def _resting(pulse: Pulse) -> frozenset[uuid.UUID]:
    """Return who was asked by any recurring pulse more lately than they have agreed to.

    Days are counted, not hours: what comes back every four weeks opens at midnight and was opened by hand at noon.
    """
    limits = dict(AskingLimit.objects.filter(community_id=pulse.community_id).values_list("person_id", "weeks_between"))
    usual = AskingLimit._meta.get_field("weeks_between").get_default()
    longest = max([usual, *limits.values()])
    day = localdate(max(pulse.opens_at, time.now()))
    since = time.start_of(day - dt.timedelta(weeks=longest, days=1))
    asked = Invitation.objects.filter(pulse__series__isnull=False, community_id=pulse.community_id)
    asked = asked.filter(Q(pulse__opened_at__gt=since) | Q(pulse__opens_at__gt=since)).exclude(pulse=pulse)
    return frozenset(
        person_id
        for person_id, opens_at, opened_at in asked.values_list("person_id", "pulse__opens_at", "pulse__opened_at")
        if localdate(max(opens_at, opened_at or opens_at)) > day - dt.timedelta(weeks=limits.get(person_id, usual))
    )


def _in_turn(pulse: Pulse, person_id: uuid.UUID) -> bool:
    """Say whether it is the turn of a person's part; the parts of a series are drawn once and stay."""
    if pulse.series is None or pulse.part is None or pulse.series.parts == 1:
        return True
    drawn = hashlib.sha256(pulse.series.id.bytes + person_id.bytes).digest()
    return int.from_bytes(drawn[:8], "big") % pulse.series.parts == pulse.part
