"""Results, for those who may see them: what was published of a unit, the waves before it, and the views beside it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from collegium.base import time
from collegium.listen import policies
from collegium.listen.enums import PulseState, ReportingLevel, ViewKind
from collegium.listen.errors import NotFound
from collegium.listen.instruments import Instrument
from collegium.listen.models import Invitation, NamingConsent, PublishedView, Pulse, PulseView
from collegium.listen.publishing.documents import (
    Document,
    EarlierWave,
    read_changes,
    read_document,
    read_outline,
    read_reliability,
)
from collegium.listen.queries import versions
from collegium.listen.reporting import FacetReliability, ViewReport
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Unit
from collegium.people.places import Place
from collegium.people.queries import places

MOST_WAVES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What somebody may see of a pulse in one unit, or at one of its levels.

    `view` is None where so few were asked that there could be no result from the start; `document` is None where it is
    not shown, or where the pulse has not been worked out yet. `is_own` says that it is about people the reader belongs
    to, looks after, or was asked among; others read it by consent.
    """

    pulse: Pulse
    place: Place
    level: str
    instrument: Instrument
    view: PulseView | None
    published: PublishedView | None
    document: Document | None
    is_own: bool
    reach: Reach

    @property
    def is_worked_out(self) -> bool:
        """Whether the pulse has closed with results."""
        return self.pulse.state == PulseState.CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """One earlier or later round of the same questions to the same unit: of its report, the facets alone."""

    pulse_id: uuid.UUID
    title: str
    closes_at: dt.datetime
    k: int
    report: ViewReport
    changes: tuple[EarlierWave, ...]


# --- who may see it ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Reach:
    """Of which pulses somebody may see the result in a unit.

    A team's result belongs to its school as well, where the school was asked: `sides` are both.
    """

    actor: Actor
    sides: tuple[Place, ...]
    asked: frozenset[uuid.UUID] = field(default=frozenset())
    agreed: frozenset[tuple[uuid.UUID, uuid.UUID]] = field(default=frozenset())

    def is_own(self, pulse_id: uuid.UUID) -> bool:
        """Say whether the result is about people the actor belongs to, looks after, or was asked among."""
        return any(self._sees(side, pulse_id, is_agreed=False) for side in self.sides)

    def holds(self, pulse_id: uuid.UUID) -> bool:
        """Say whether the actor may see the result of a pulse that is out."""
        return any(self._sees(side, pulse_id, is_agreed=self._has_agreed(side, pulse_id)) for side in self.sides)

    def check(self, pulse: Pulse) -> None:
        """Raise unless the actor may see the result of a pulse now."""
        seen_from = [s for s in self.sides if self._sees(s, pulse.id, is_agreed=self._has_agreed(s, pulse.id))]
        side = seen_from[0] if seen_from else self.sides[0]
        policies.check_can_view_result(
            self.actor,
            side,
            results_at=pulse.results_at,
            now=time.now(),
            is_asked=pulse.id in self.asked,
            is_agreed=self._has_agreed(side, pulse.id),
        )

    def _has_agreed(self, side: Place, pulse_id: uuid.UUID) -> bool:
        return (pulse_id, side.unit_id) in self.agreed

    def _sees(self, side: Place, pulse_id: uuid.UUID, *, is_agreed: bool) -> bool:
        now = time.now()
        is_asked = pulse_id in self.asked
        return policies.can_view_result(
            self.actor, side, results_at=now, now=now, is_asked=is_asked, is_agreed=is_agreed
        )


def find_reach(actor: Actor, place: Place, pulse_id: uuid.UUID, asker_id: uuid.UUID) -> Reach:
    """Find out of which pulses like this one the actor may see the result in a unit; `asker_id` is whose it is."""
    sides = (place, *_schools_of(place, asker_id))
    reach = Reach(actor, sides)
    if reach.is_own(pulse_id):
        return reach
    units = [side.unit_id for side in sides]
    agreed = NamingConsent.objects.filter(unit_id__in=units).values_list("pulse_id", "unit_id")
    return Reach(actor, sides, _asked_in(actor, units), frozenset(agreed))


def _schools_of(place: Place, asker_id: uuid.UUID) -> list[Place]:
    """Return the schools that a team lies in, where the pulse asked more than the team."""
    if place.kind != UnitKind.TEAM or asker_id == place.unit_id or not place.above:
        return []
    schools = Unit.objects.filter(id__in=place.above, kind=UnitKind.SCHOOL).order_by("id")
    return [places.locate(school, place.as_of) for school in schools]


def _asked_in(actor: Actor, units: Sequence[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return the pulses in which the actor was asked among the people of these units."""
    own = dict(Invitation.objects.filter(person_id=actor.person_id).values_list("pulse_id", "cell__number"))
    views = PulseView.objects.filter(pulse_id__in=own, unit_id__in=units, level="").values_list("pulse_id", "cells")
    return frozenset(pulse_id for pulse_id, cells in views if own[pulse_id] in cells)


# --- one result -------------------------------------------------------------------------------------------------------
def get_result_for(actor: Actor, place: Place, pulse_id: uuid.UUID, level: str = "") -> Result:
    """Return the result of a pulse in a unit; NotFound where there is none, NotAllowed with the reason otherwise."""
    result = _find(actor, place, pulse_id, level, with_document=True)
    result.reach.check(result.pulse)
    return result


def get_announced_for(actor: Actor, place: Place, pulse_id: uuid.UUID) -> Pulse:
    """Return a pulse to somebody who will see its result in this unit once it is out."""
    found = _find(actor, place, pulse_id, "", with_document=False)
    if not found.reach.holds(pulse_id):
        raise NotFound
    return found.pulse


def _find(actor: Actor, place: Place, pulse_id: uuid.UUID, level: str, *, with_document: bool) -> Result:
    pulse = (
        Pulse.objects.select_related("unit", "instrument", "community")
        .filter(id=pulse_id, community_id=actor.community_id)
        .exclude(state=PulseState.DRAFT)
        .first()
    )
    if pulse is None:
        raise NotFound
    view = PulseView.objects.filter(pulse=pulse, unit_id=place.unit_id, level=level).first()
    if view is None and (level or not (pulse.unit_id == place.unit_id or pulse.unit_id in place.above)):
        raise NotFound
    reach = find_reach(actor, place, pulse.id, pulse.unit_id)
    published = PublishedView.objects.filter(view=view).first() if view and with_document else None
    shown = published is not None and published.n is not None
    return Result(
        pulse=pulse,
        place=place,
        level=level,
        instrument=versions.read(pulse.instrument),
        view=view,
        published=published,
        document=read_document(published.document) if published and shown else None,
        is_own=reach.is_own(pulse.id),
        reach=reach,
    )


# --- the views beside it ----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A view beside or inside the one that is looked at. `n` is None where it is not shown."""

    unit_id: uuid.UUID
    slug: str
    name: str
    kind: str
    level: str
    n: int | None


def list_parts(result: Result, unit_ids: Collection[uuid.UUID]) -> list[Part]:
    """Return the views of some units that lie inside the one that is looked at, and its levels."""
    if result.view is None:
        return []
    views = PulseView.objects.filter(pulse=result.pulse, unit_id__in={*unit_ids, result.place.unit_id})
    fields = ("unit_id", "unit__slug", "unit__name", "unit__kind", "level", "published__n", "cells")
    rows = list(views.order_by("unit__name", "unit_id", "level").values_list(*fields))
    # One level of the unit has the others beside it.
    cells = {cell for row in rows if (row[0], row[4]) == (result.place.unit_id, "") for cell in row[6]}
    parts = [
        Part(unit_id=unit_id, slug=slug, name=name, kind=kind, level=level, n=n)
        for unit_id, slug, name, kind, level, n, held in rows
        if cells.issuperset(held) and (level == "" or unit_id == result.place.unit_id)
    ]
    sizes, levels = UnitKind.values, ReportingLevel.values
    return sorted(parts, key=lambda part: (-sizes.index(part.kind), levels.index(part.level) if part.level else -1))


def list_level_reports(result: Result) -> dict[str, ViewReport]:
    """Return what is shown of each level of the unit: the facets alone."""
    rows = PublishedView.objects.filter(
        pulse=result.pulse, view__unit_id=result.place.unit_id, view__kind=ViewKind.LEVEL, n__isnull=False
    )
    found = rows.order_by("view__level").values_list("view__level", "document__report")
    return {level: read_outline(report) for level, report in found}


def get_reliability(result: Result) -> tuple[FacetReliability, ...]:
    """Return how well the facets hold together, over all sheets of the pulse: the same for every view of it."""
    if result.document is not None and result.document.reliability:
        return result.document.reliability
    whole = PublishedView.objects.filter(pulse=result.pulse, view__kind=ViewKind.WHOLE, n__isnull=False)
    found = whole.values_list("document__reliability", flat=True).first()
    return read_reliability(found or [])


def list_agreed(pulse: Pulse) -> frozenset[uuid.UUID]:
    """Return the units that agreed to be named in the pictures of a pulse."""
    return frozenset(NamingConsent.objects.filter(pulse=pulse).values_list("unit_id", flat=True))


# --- over time --------------------------------------------------------------------------------------------------------
def list_waves(result: Result) -> list[Wave]:
    """Return this wave and those before it that the reader may see, the oldest first."""
    rows = list_published(result.place.unit_id, result.level).filter(
        pulse__instrument__key=result.pulse.instrument.key,
        pulse__instrument__unit=result.pulse.instrument.unit_id,
        pulse__referent=result.pulse.referent,
        pulse__closes_at__lte=result.pulse.closes_at,
        pulse__results_at__lte=time.now(),
    )
    return [wave for wave in read_waves(rows) if result.reach.holds(wave.pulse_id)]


def list_published(unit_id: uuid.UUID, level: str = "") -> QuerySet[PublishedView]:
    """Return everything shown of a unit or one of its levels, whoever asks and whenever it comes out."""
    return PublishedView.objects.filter(
        view__unit_id=unit_id, view__level=level, pulse__state=PulseState.CLOSED, n__isnull=False
    )


def read_waves(rows: QuerySet[PublishedView], most: int = MOST_WAVES) -> list[Wave]:
    """Return the newest of some published views as waves, the oldest first."""
    newest = rows.order_by("-pulse__closes_at", "-pulse_id").values_list(
        "pulse_id", "pulse__title", "pulse__closes_at", "pulse__k", "document__report", "document__changes"
    )[:most]
    return [
        Wave(
            pulse_id=pulse_id,
            title=title,
            closes_at=closes_at,
            k=k,
            report=read_outline(report),
            changes=read_changes(changes),
        )
        for pulse_id, title, closes_at, k, report, changes in reversed(list(newest))
    ]


def name_units(unit_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Part]:
    """Return the names of units, for a picture."""
    rows = Unit.objects.filter(id__in=unit_ids).values_list("id", "slug", "name", "kind")
    return {
        unit_id: Part(unit_id=unit_id, slug=slug, name=name, kind=kind, level="", n=None)
        for unit_id, slug, name, kind in rows
    }
