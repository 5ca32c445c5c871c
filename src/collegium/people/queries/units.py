"""Units, as readers of them need them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, Value, When

from collegium.people.actors import Actor
from collegium.people.enums import TieKind, UnitKind
from collegium.people.errors import NotFound
from collegium.people.models import Unit, UnitTie
from collegium.people.places import Place
from collegium.people.queries import structure

CANDIDATES_LIMIT = 20
_WIDEST_FIRST = UnitKind.values[::-1]
SWITCHER_LIMIT = 12


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit as a list of units shows it."""

    id: uuid.UUID
    slug: str
    name: str
    kind: str

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(UnitKind(self.kind).label)


def list_switcher_units(actor: Actor) -> list[UnitName]:
    """Return the units the actor belongs to or has a role in, nearest kinds first, at most a dozen."""
    own = set(actor.given) | actor.member_of
    rows = Unit.objects.filter(id__in=own).order_by("name", "id").values_list("id", "slug", "name", "kind")
    kinds = [kind.value for kind in UnitKind]
    names = [UnitName(*row) for row in rows]
    return sorted(names, key=lambda name: kinds.index(name.kind))[:SWITCHER_LIMIT]


def get_unit_for(actor: Actor, place: Place) -> Unit:
    """Return the unit of a place that was found for the actor."""
    unit: Unit | None = Unit.objects.filter(id=place.unit_id, community_id=actor.community_id).first()
    if unit is None:
        raise NotFound
    return unit


def list_units_for(actor: Actor, as_of: dt.date, *, text: str = "", kind: str = "") -> QuerySet[Unit]:
    """Return the units of the actor's community on the day, the widest kinds first; `text` and `kind` narrow them."""
    units = Unit.objects.on(as_of).filter(community_id=actor.community_id)
    if kind:
        units = units.filter(kind=kind)
    if text:
        units = units.filter(Q(name__icontains=text) | Q(identifier__iexact=text))
    widest_first = Case(*(When(kind=kind, then=Value(rank)) for rank, kind in enumerate(_WIDEST_FIRST)))
    return units.order_by(widest_first, "name", "id")


def list_unit_candidates(actor: Actor, place: Place, text: str) -> list[Unit]:
    """Return the units that could be tied to this one, by part of their name."""
    return list(list_units_for(actor, place.as_of, text=text.strip()).exclude(id=place.unit_id)[:CANDIDATES_LIMIT])


def list_contained(unit_id: uuid.UUID, as_of: dt.date, *, text: str = "") -> QuerySet[Unit]:
    """Return the units that a unit itself contains on the day, by name; `text` narrows them."""
    held = UnitTie.objects.on(as_of).filter(upper_id=unit_id, kind=TieKind.CONTAINS).values("lower_id")
    units: QuerySet[Unit] = Unit.objects.on(as_of).filter(id__in=held).order_by("name", "id")
    return units.filter(name__icontains=text) if text else units


def list_parents(unit_ids: Collection[uuid.UUID], as_of: dt.date) -> dict[uuid.UUID, list[UnitName]]:
    """Return, for each of these units, the units that contain it themselves on the day."""
    parents: dict[uuid.UUID, list[UnitName]] = defaultdict(list)
    ties = UnitTie.objects.on(as_of).filter(lower_id__in=unit_ids, kind=TieKind.CONTAINS).order_by("upper__name")
    fields = ("lower_id", "upper_id", "upper__slug", "upper__name", "upper__kind")
    for lower_id, *upper in ties.values_list(*fields):
        parents[lower_id].append(UnitName(*upper))
    return parents


@dataclass(frozen=True, slots=True)
class Within:
    """The units of a part of the organisation on a day: the unit itself, all in it, and which holds which."""

    units: dict[uuid.UUID, UnitName]
    holds: tuple[tuple[uuid.UUID, uuid.UUID], ...]


def get_within(unit_id: uuid.UUID, as_of: dt.date) -> Within:
    """Return a unit and everything in it as it is made up on the day."""
    inside = structure.inside(unit_id, as_of)
    rows = Unit.objects.filter(id__in=inside).order_by("name", "id").values_list("id", "slug", "name", "kind")
    ties = UnitTie.objects.on(as_of).filter(upper_id__in=inside, kind=TieKind.CONTAINS)
    return Within(units={row[0]: UnitName(*row) for row in rows}, holds=tuple(ties.values_list("upper_id", "lower_id")))


def count_kinds_within(unit_id: uuid.UUID, as_of: dt.date) -> dict[str, int]:
    """Return how many units of each kind there are within a unit on the day, itself not counted."""
    within = Unit.objects.on(as_of).filter(id__in=structure.inside(unit_id, as_of)).exclude(id=unit_id)
    return dict(within.order_by().values_list("kind").annotate(Count("id")))


def list_ties(unit_id: uuid.UUID, as_of: dt.date) -> list[UnitTie]:
    """Return the ties of a unit on the day, up, down and sideways, with both units."""
    ties = UnitTie.objects.on(as_of).filter(Q(upper_id=unit_id) | Q(lower_id=unit_id))
    return list(ties.select_related("upper", "lower").order_by("kind", "upper__name", "lower__name", "id"))


def get_tie_for(actor: Actor, place: Place, tie_id: uuid.UUID) -> UnitTie:
    """Return a tie of the unit; NotFound when it is of another one."""
    ties = UnitTie.objects.filter(Q(upper_id=place.unit_id) | Q(lower_id=place.unit_id))
    tie: UnitTie | None = (
        ties.filter(id=tie_id, community_id=actor.community_id).select_related("upper", "lower").first()
    )
    if tie is None:
        raise NotFound
    return tie


def get_names(unit_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, UnitName]:
    """Return what units are called, by id."""
    rows = Unit.objects.filter(id__in=unit_ids).values_list("id", "slug", "name", "kind")
    return {row[0]: UnitName(*row) for row in rows}


def list_held_by(unit_ids: Collection[uuid.UUID], as_of: dt.date) -> dict[uuid.UUID, list[Unit]]:
    """Return, for each of these units, the units it contains itself on the day."""
    held: dict[uuid.UUID, list[Unit]] = defaultdict(list)
    ties = UnitTie.objects.on(as_of).filter(upper_id__in=unit_ids, kind=TieKind.CONTAINS)
    for tie in ties.select_related("lower").order_by("lower__name", "id"):
        held[tie.upper_id].append(tie.lower)
    return held


def get_home_slug(actor: Actor) -> str | None:
    """Return the address of the unit that is closest to the actor, or None when they belong to none."""
    if actor.home_unit_id is None:
        return None
    return Unit.objects.filter(id=actor.home_unit_id).values_list("slug", flat=True).first()


def count_contained(unit_ids: Collection[uuid.UUID], as_of: dt.date) -> dict[uuid.UUID, int]:
    """Return how many units each of these contains itself on the day."""
    ties = UnitTie.objects.on(as_of).filter(upper_id__in=unit_ids, kind=TieKind.CONTAINS)
    return dict(ties.order_by().values_list("upper_id").annotate(Count("lower_id", distinct=True)))
