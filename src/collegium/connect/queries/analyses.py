"""What was worked out of tie waves, for those who may see it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime

from collegium.base import time
from collegium.connect import policies
from collegium.connect.enums import WaveState
from collegium.connect.errors import NotFound
from collegium.connect.models import NamePermission, Tie, TieWave, WaveAnalysis, WaveMember
from collegium.connect.reporting.documents import read_group_map, read_people_map, read_report
from collegium.connect.reporting.figures import Report
from collegium.connect.reporting.maps import GroupMap, PeopleMap
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.places import Place
from collegium.people.queries import units

WAVES_LIMIT = 12


@dataclass(frozen=True, slots=True)
class WaveName:
    """A wave of which something is known about a unit."""

    id: uuid.UUID
    title: str
    closed_on: dt.date


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """What a wave says about a unit. Maps and what rests on whom are read when they are asked for."""

    place: Place
    wave: WaveName
    row: WaveAnalysis

    @cached_property
    def report(self) -> Report:
        """What may be said of it to anybody who may see the page."""
        return read_report(self.row.document["report"])

    @property
    def kinds_of_map(self) -> frozenset[str]:
        """Which maps there are: `people`, `groups`."""
        return frozenset(self.row.document["maps"])

    @property
    def groups_are(self) -> str:
        """What the groups of its map are: `teams` or `schools`."""
        return str(self.row.document["groups_are"])

    @property
    def maps(self) -> dict[str, Any]:
        """The maps as they were kept."""
        kept: dict[str, Any] = self.row.map
        return kept

    def people_map(self) -> PeopleMap | None:
        """Return the map of people, where there is one, without those who have asked not to be drawn since."""
        if "people" not in self.kinds_of_map:
            return None
        hidden = WaveMember.objects.filter(wave_id=self.wave.id, shown=False).values_list("number", flat=True)
        return read_people_map(self.maps["people"]).without(list(hidden))

    def group_map(self) -> GroupMap | None:
        """Return the map of teams, or of schools in a unit of schools."""
        return read_group_map(self.maps["groups"]) if "groups" in self.kinds_of_map else None


def list_waves_for(actor: Actor, place: Place) -> list[WaveName]:
    """Return the waves that say something about the unit, the latest first; none for those who may not see it."""
    if not policies.can_view_waves(actor, place):
        return []
    rows = _of_unit(place.unit_id, place.as_of).values_list("wave_id", "wave__title", "wave__closes_at")[:WAVES_LIMIT]
    return [WaveName(wave_id, title, localtime(closes_at).date()) for wave_id, title, closes_at in rows]


def get_analysis_for(actor: Actor, place: Place, wave_id: uuid.UUID) -> Analysis:
    """Return what a wave says about a unit; NotFound when there is nothing or it is not theirs to see."""
    analysis = _latest(place, Q(wave_id=wave_id)) if policies.can_view_waves(actor, place) else None
    if analysis is None:
        raise NotFound
    return analysis


def find_latest_for(actor: Actor, place: Place) -> Analysis | None:
    """Return what the latest wave by the day says about a unit, or None."""
    return _latest(place, Q()) if policies.can_view_waves(actor, place) else None


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest report about a unit, and the wave it is of."""

    title: str
    report: Report


def find_latest(unit_id: uuid.UUID, as_of: dt.date) -> Latest | None:
    """Return what the latest wave by the day says about a unit, for whoever has asked who may see it."""
    row = _of_unit(unit_id, as_of).values_list("wave__title", "document").first()
    return Latest(row[0], read_report(row[1]["report"])) if row else None


def has_any(place: Place) -> bool:
    """Say whether a unit has a tie survey, open or closed: an offer to begin would be odd."""
    return TieWave.objects.filter(unit_id=place.unit_id).exclude(state=WaveState.STOPPED).exists()


def _end_of(day: dt.date) -> dt.datetime:
    return time.start_of(day + dt.timedelta(days=1))


def _of_unit(unit_id: uuid.UUID, as_of: dt.date) -> Any:
    rows = WaveAnalysis.objects.filter(
        unit_id=unit_id, wave__state=WaveState.CLOSED, wave__closes_at__lt=_end_of(as_of)
    )
    return rows.order_by("-wave__closes_at", "id")


def _latest(place: Place, which: Q) -> Analysis | None:
    row = _of_unit(place.unit_id, place.as_of).filter(which).select_related("wave").defer("map", "leaving").first()
    if row is None:
        return None
    name = WaveName(row.wave_id, row.wave.title, localtime(row.wave.closes_at).date())
    return Analysis(place=place, wave=name, row=row)


def find_school_of_team(place: Place) -> units.UnitName | None:
    """Return the school that a team belongs to: its web is part of the school's."""
    if place.kind != UnitKind.TEAM:
        return None
    parents = units.list_parents([place.unit_id], place.as_of).get(place.unit_id, [])
    return next((parent for parent in parents if parent.kind == UnitKind.SCHOOL), None)


# --- people -----------------------------------------------------------------------------------------------------------
def list_named_for(actor: Actor, wave_id: uuid.UUID) -> dict[int, str]:
    """Return the names of members who let the actor see them, by number. The actor's own is not among them."""
    works_in = actor.member_of
    allowed = NamePermission.objects.filter(Q(viewer_id=actor.person_id) | Q(unit_id__in=works_in))
    members = WaveMember.objects.filter(
        wave_id=wave_id, shown=True, person_id__in=allowed.values("owner_id"), person__erased_at__isnull=True
    ).exclude(person_id=actor.person_id)
    rows = members.values_list("number", "person__given_name", "person__family_name")
    return {number: f"{given} {family}".strip() for number, given, family in rows}


def read_leaving(analysis: Analysis, numbers: Collection[int] | None = None) -> dict[int, dict[str, Any]]:
    """Return what rests on members, by number: on those asked for, or on all where the reader is a steward."""
    found = {int(number): each for number, each in analysis.row.leaving.items()}
    return found if numbers is None else {number: found[number] for number in numbers if number in found}


@dataclass(frozen=True, kw_only=True)
class OwnTies:
    """What the actor said in a layer, by name as they said it, and how many turn to them."""

    number: int
    is_shown: bool
    answered: bool
    named: tuple[str, ...]
    named_by: int


def find_own_ties(actor: Actor, wave_id: uuid.UUID, layer_key: str) -> OwnTies | None:
    """Return the actor's own part in a wave, or None for somebody who had none. It is for nobody else."""
    member = WaveMember.objects.filter(wave_id=wave_id, person_id=actor.person_id).first()
    if member is None:
        return None
    ties = Tie.objects.filter(layer__wave_id=wave_id, layer__key=layer_key)
    named = ties.filter(source=member, target__person__isnull=False).order_by(
        "target__person__family_name", "target__person__given_name", "id"
    )
    names = named.values_list("target__person__given_name", "target__person__family_name")
    return OwnTies(
        number=member.number,
        is_shown=member.shown,
        answered=member.answered,
        named=tuple(name for given, family in names if (name := f"{given} {family}".strip())),
        named_by=ties.filter(target=member).count(),
    )
