"""Pulses as those who belong to a unit see them, and what can be chosen for a new one."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from collegium.base import time
from collegium.listen import instruments, policies
from collegium.listen.enums import PulseState, ReportingLevel, WayIn
from collegium.listen.errors import NotFound
from collegium.listen.instruments import Instrument
from collegium.listen.models import (
    AskingLimit,
    InstrumentVersion,
    Invitation,
    NamingConsent,
    Pulse,
    PulseSeries,
    PulseUnit,
    PulseView,
    Slip,
)
from collegium.listen.queries import versions
from collegium.listen.queries.invitations import Rate, rate_of
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Group, Person, Unit
from collegium.people.places import Place
from collegium.people.queries import groups, units

MOST_UNITS_OFFERED = 200
MOST_PEOPLE_OFFERED = 300
MOST_GROUPS_OFFERED = 200
MOST_CELLS_NAMED = 200


# --- one pulse --------------------------------------------------------------------------------------------------------
def get_pulse_for(actor: Actor, place: Place, pulse_id: uuid.UUID) -> Pulse:
    """Return a pulse that was prepared in this very unit, to those who may run it; NotFound for any other."""
    pulse = _all(actor).filter(id=pulse_id, unit_id=place.unit_id).first()
    if pulse is None or not policies.can_run_pulse(actor, place):
        raise NotFound
    return pulse


def get_opened_for(actor: Actor, place: Place, pulse_id: uuid.UUID) -> Pulse:
    """Return a pulse that was opened in this unit, or above it and asks people here; NotFound for any other."""
    pulse = _all(actor).exclude(state=PulseState.DRAFT).filter(_about(place), id=pulse_id).first()
    if pulse is None or not policies.can_view_pulses(actor, place):
        raise NotFound
    return pulse


def get_series_for(actor: Actor, place: Place, series_id: uuid.UUID) -> PulseSeries:
    """Return a recurring pulse of the unit; NotFound when it is of another one."""
    series = PulseSeries.objects.filter(id=series_id, unit_id=place.unit_id, community_id=actor.community_id)
    found = series.select_related("unit").first()
    if found is None or not policies.can_run_pulse(actor, place):
        raise NotFound
    return found


def find_earlier(actor: Actor, place: Place, text: str) -> Pulse | None:
    """Return the pulse of the unit that a new one is to be like, by its id in an address; None for any other."""
    try:
        return _all(actor).filter(id=uuid.UUID(text), unit_id=place.unit_id).first()
    except ValueError:
        return None


def has_agreed(place: Place, pulse: Pulse) -> bool:
    """Say whether the unit lets those above it see its name and result in a pulse."""
    return NamingConsent.objects.filter(pulse=pulse, unit_id=place.unit_id).exists()


def _all(actor: Actor) -> QuerySet[Pulse]:
    pulses = Pulse.objects.filter(community_id=actor.community_id)
    return pulses.select_related("unit", "instrument", "series", "group")


def _about(place: Place) -> Q:
    """Say which pulses a unit has: its own, and those from above that ask its people, even if too few to report on."""
    reported = PulseView.objects.filter(unit_id=place.unit_id).values("pulse_id")
    narrowed = PulseUnit.objects.values("pulse_id")
    narrowed_to_it = narrowed.filter(unit_id__in=[place.unit_id, *place.above])
    from_above = Q(unit_id__in=place.above, group__isnull=True) & ~Q(state=PulseState.DRAFT)
    return (
        Q(unit_id=place.unit_id) | Q(id__in=reported) | (from_above & (~Q(id__in=narrowed) | Q(id__in=narrowed_to_it)))
    )


# --- the pulses of a unit ---------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A pulse as a unit sees it. `rate` is None where the unit has no view of its own in it."""

    pulse: Pulse
    rate: Rate | None
    has_agreed: bool
    invitation: Invitation | None

    @property
    def instrument(self) -> Instrument:
        """What is asked."""
        return versions.read(self.pulse.instrument)


def list_running(actor: Actor, place: Place) -> list[Round]:
    """Return the pulses of a unit whose results are not out yet, what closes first on top."""
    policies.check_can_view_pulses(actor, place)
    pulses = _all(actor).filter(_about(place)).order_by("closes_at", "id")
    running = Q(state=PulseState.OPEN) | Q(state=PulseState.CLOSED, results_at__gt=time.now())
    return _rounds(actor, place, list(pulses.filter(running)), with_rates=True)


def list_out(actor: Actor, place: Place) -> QuerySet[Pulse]:
    """Return the pulses of a unit whose results are out, the latest first."""
    policies.check_can_view_pulses(actor, place)
    out = _all(actor).filter(_about(place), state=PulseState.CLOSED, results_at__lte=time.now())
    return out.order_by("-results_at", "id")


def describe_out(actor: Actor, place: Place, pulses: Sequence[Pulse]) -> list[Round]:
    """Return what the actor is to each of these pulses whose results are out."""
    return _rounds(actor, place, pulses, with_rates=False)


def list_drafts(actor: Actor, place: Place) -> list[Pulse]:
    """Return what is being prepared in a unit, to those who may run pulses; nothing to all others."""
    if not policies.can_run_pulse(actor, place):
        return []
    return list(_all(actor).filter(unit_id=place.unit_id, state=PulseState.DRAFT).order_by("-created_at", "id"))


def list_series(actor: Actor, place: Place) -> list[PulseSeries]:
    """Return the pulses of a unit that come back."""
    series = PulseSeries.objects.filter(
        community_id=actor.community_id, unit_id=place.unit_id, ended_on__isnull=True
    ).filter(id__in=Pulse.objects.exclude(state=PulseState.DRAFT).filter(unit_id=place.unit_id).values("series_id"))
    return list(series.order_by("next_on", "id"))


def _rounds(actor: Actor, place: Place, pulses: Sequence[Pulse], *, with_rates: bool) -> list[Round]:
    ids = [pulse.id for pulse in pulses]
    agreed = set(
        NamingConsent.objects.filter(pulse_id__in=ids, unit_id=place.unit_id).values_list("pulse_id", flat=True)
    )
    own = {
        invitation.pulse_id: invitation
        for invitation in Invitation.objects.filter(pulse_id__in=ids, person_id=actor.person_id)
    }
    views = list(PulseView.objects.filter(pulse_id__in=ids, unit_id=place.unit_id, level="")) if with_rates else []
    rates = get_rates_of_views({pulse.id: pulse for pulse in pulses}, views)
    by_pulse = {view.pulse_id: rate for view, rate in rates}
    return [
        Round(
            pulse=pulse,
            rate=by_pulse.get(pulse.id),
            has_agreed=pulse.id in agreed,
            invitation=own.get(pulse.id),
        )
        for pulse in pulses
    ]


def get_rates_of_views(pulses: Mapping[uuid.UUID, Pulse], views: Sequence[PulseView]) -> list[tuple[PulseView, Rate]]:
    """Return the rate of each of these views, in steps of its pulse's k, with two queries for all of them."""
    wanted: dict[uuid.UUID, set[int]] = defaultdict(set)
    for view in views:
        wanted[view.pulse_id].update(view.cells)
    answered = _count_answered(wanted)
    found = []
    for view in views:
        exact = {number: Rate(0, answered[view.pulse_id, number]) for number in view.cells}
        stepped = rate_of(pulses[view.pulse_id], exact, view.cells)
        found.append((view, Rate(view.asked, stepped.at_least)))
    return found


def _count_answered(cells: Mapping[uuid.UUID, Collection[int]]) -> Counter[tuple[uuid.UUID, int]]:
    """Count the answers in cells, by pulse and number. Of many cells all of the pulse are read: that is quicker."""
    these = Q(pk__in=[])
    for pulse_id, numbers in cells.items():
        some = Q(cell__number__in=numbers) if len(numbers) <= MOST_CELLS_NAMED else Q()
        these |= Q(cell__pulse_id=pulse_id) & some
    counted = Counter[tuple[uuid.UUID, int]]()
    links = Invitation.objects.filter(these, way=WayIn.LINK, answered=True)
    for rows in (links, Slip.objects.filter(these, used=True)):
        grouped = rows.order_by().values_list("cell__pulse_id", "cell__number").annotate(Count("id"))
        for pulse_id, number, answers in grouped:
            counted[pulse_id, number] += answers
    return counted


def list_views_within(pulse: Pulse, place: Place) -> list[PulseView]:
    """Return the views of a pulse that are about a unit and what lies in it: itself, its levels, then by name.

    How the teams and levels of a school answer is that school's own; an alliance or district sees whole schools.
    """
    views = PulseView.objects.filter(pulse=pulse).select_related("unit")
    if place.unit_id != pulse.unit_id:
        inside = units.get_within(place.unit_id, place.as_of).units
        views = views.filter(unit_id__in=list(inside))
    if place.kind not in (UnitKind.TEAM, UnitKind.SCHOOL):
        views = views.filter(Q(unit_id=place.unit_id) | (Q(level="") & ~Q(unit__kind=UnitKind.TEAM)))
    levels = ["", *ReportingLevel.values]
    return sorted(
        views,
        key=lambda view: (view.unit_id != place.unit_id, view.unit.name, view.unit_id, levels.index(view.level)),
    )


def count_by_slip(pulse: Pulse) -> int:
    """Return how many slips a pulse has."""
    return Slip.objects.filter(pulse=pulse).count()


# --- what can be chosen -----------------------------------------------------------------------------------------------
def list_units_to_ask(place: Place) -> list[Unit]:
    """Return the units inside a unit that a pulse may be narrowed to; none where they are too many to choose from."""
    found = list(units.list_contained(place.unit_id, place.as_of)[: MOST_UNITS_OFFERED + 1])
    return found if len(found) <= MOST_UNITS_OFFERED else []


def list_groups_to_ask(actor: Actor, place: Place) -> list[Group]:
    """Return the groups of the unit itself."""
    found = groups.list_groups(actor, place).filter(unit_id=place.unit_id)
    return list(found[:MOST_GROUPS_OFFERED])


def list_own_versions(actor: Actor, place: Place) -> list[InstrumentVersion]:
    """Return the newest version of each questionnaire that the unit, or one above it, has made its own."""
    own = InstrumentVersion.objects.filter(
        community_id=actor.community_id, unit_id__in=[place.unit_id, *place.above]
    ).order_by("title", "key", "-version")
    newest: dict[tuple[uuid.UUID | None, str], InstrumentVersion] = {}
    for version in own:
        newest.setdefault((version.unit_id, version.key), version)
    return list(newest.values())


def list_instruments(actor: Actor, place: Place) -> dict[str, Instrument]:
    """Return what can be asked, by the value that a form sends: shipped ones by their key, own ones by their id."""
    shipped = {instrument.key: instrument for instrument in instruments.list_shipped()}
    own = {str(version.id): versions.read(version) for version in list_own_versions(actor, place)}
    return shipped | {key: instrument for key, instrument in own.items() if not instrument.is_about_ties}


def list_units_asked(pulse: Pulse) -> list[uuid.UUID]:
    """Return the units that a pulse was narrowed to."""
    return list(PulseUnit.objects.filter(pulse=pulse).order_by("unit__name").values_list("unit_id", flat=True))


def list_without_address(community_id: uuid.UUID, person_ids: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return who of these cannot be written to."""
    nowhere = Person.objects.filter(community_id=community_id, email="").values_list("id", flat=True)
    return frozenset(nowhere) & frozenset(person_ids)


def list_names(person_ids: Collection[uuid.UUID]) -> list[tuple[uuid.UUID, str]]:
    """Return who would be asked by name, for choosing who gets a slip; nobody where they are too many."""
    if len(person_ids) > MOST_PEOPLE_OFFERED:
        return []
    people = Person.objects.filter(id__in=person_ids).order_by("family_name", "given_name", "id")
    return [(person.id, person.full_name) for person in people]


# --- oneself ----------------------------------------------------------------------------------------------------------
def get_own_limit(actor: Actor) -> int:
    """Return how many weeks the actor wants between two recurring pulses."""
    own = AskingLimit.objects.filter(person_id=actor.person_id).values_list("weeks_between", flat=True).first()
    usual: int = AskingLimit._meta.get_field("weeks_between").get_default()
    return own or usual
