"""Promises, found for somebody: those of a unit, one of them, and what is one's own."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from collegium.base import time
from collegium.intend import promise_policies as policies
from collegium.intend.errors import NotFound
from collegium.intend.models import CheckIn, Commitment, Confirmation, PromiseStep, RoleHolding
from collegium.intend.promise_enums import SETTLED, Audience, PromiseState, RoundState
from collegium.intend.queries.carriers import Carriers, list_carriers
from collegium.people.actors import Actor
from collegium.people.enums import GroupRole, UnitKind
from collegium.people.models import GroupMembership, Person, Post, Unit
from collegium.people.models.dated import holds_on
from collegium.people.places import Place
from collegium.people.queries import persons, places, structure

OPEN = (PromiseState.PROPOSED, PromiseState.MADE)
RELATED = (
    *("unit", "by_person", "by_group", "by_role__group", "second", "to_unit", "to_group", "to_person", "speaks_for"),
    *("challenge__unit", "goal__unit", "pair", "proposed_by"),
)
_WITH_TEAMS = frozenset({UnitKind.TEAM, UnitKind.SCHOOL})
SHOWN = ("open", "overdue", "settled")


def list_promises_for(actor: Actor, place: Place, *, show: str = "", text: str = "") -> QuerySet[Commitment]:
    """Return the promises of a unit, what is due first on top: open ones, or those that `show` asks for.

    A school's are those of its teams as well; a district's are its own, not those of its schools.
    """
    policies.check_can_view_promises(actor, place)
    found = of_unit(place)
    if show == "settled":
        found = found.filter(state__in=SETTLED).order_by(F("settled_on").desc(nulls_last=True), "id")
    elif show == "overdue":
        found = found.filter(state=PromiseState.MADE, due_on__lt=time.today()).order_by("due_on", "id")
    else:
        found = found.filter(state__in=OPEN).order_by("due_on", "id")
    return found.filter(what__icontains=text) if text else found


def of_unit(place: Place) -> QuerySet[Commitment]:
    """Return all promises of a unit: a school's with those of its teams."""
    rows = Commitment.objects.filter(community_id=place.community_id)
    if place.kind in _WITH_TEAMS:
        return rows.filter(unit_id__in=structure.inside(place.unit_id, place.as_of))
    return rows.filter(unit_id=place.unit_id)


def with_names(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Return the same with all that a list says of each."""
    return rows.select_related("unit", "by_person", "by_group", "by_role", "to_unit", "to_group", "to_person")


@dataclass(frozen=True, slots=True)
class Found:
    """A promise that somebody may see, with its place and who carries it."""

    promise: Commitment
    place: Place
    carriers: Carriers


def get_promise_for(actor: Actor, promise_id: uuid.UUID) -> Found:
    """Return a promise for somebody of its unit, who carries it, or whom it was made to; NotFound to all others."""
    rows = Commitment.objects.filter(id=promise_id, community_id=actor.community_id)
    promise = rows.select_related(*RELATED, "paired").first()
    if promise is None:
        raise NotFound
    place = places.locate(promise.unit, time.today())
    carriers = list_carriers([promise])[promise.id]
    if not policies.can_view_promise(actor, place, _concerned(actor, promise, carriers)):
        raise NotFound
    return Found(promise, place, carriers)


def _concerned(actor: Actor, promise: Commitment, carriers: Carriers) -> frozenset[uuid.UUID]:
    """Return who is concerned, as far as the actor goes: whether they are among them is all that is asked."""
    groups = {promise.by_group_id, promise.to_group_id, promise.speaks_for_id} - {None}
    named = {promise.by_person_id, promise.second_id, promise.to_person_id}
    is_concerned = (
        actor.person_id in carriers.ids | named
        or bool(groups & persons.list_own_group_ids(actor, time.today()))
        or (promise.to_unit_id is not None and promise.to_unit_id in {*actor.member_of, *actor.given})
        or Confirmation.objects.filter(round__commitment=promise, person_id=actor.person_id).exists()
    )
    return frozenset({actor.person_id}) if is_concerned else frozenset()


def list_steps(promise: Commitment) -> list[PromiseStep]:
    """Return what happened to a promise, the latest first, with who did it."""
    return list(PromiseStep.objects.filter(commitment=promise).select_related("by").order_by("-at", "-id"))


def list_check_ins(promise: Commitment, limit: int) -> list[CheckIn]:
    """Return the latest check-ins of a promise."""
    return list(CheckIn.objects.filter(commitment=promise).select_related("by").order_by("-at", "-id")[:limit])


def list_own(actor: Actor) -> list[Commitment]:
    """Return the open promises that the actor carries, alone, with a group, in a role or as the second person."""
    today = time.today()
    groups = GroupMembership.objects.on(today).filter(person_id=actor.person_id)
    groups = groups.exclude(role=GroupRole.CRITICAL_FRIEND).filter(holds_on(today, "group__"))
    roles = RoleHolding.objects.on(today).filter(holds_on(today, "role__"), person_id=actor.person_id)
    own = (
        Q(by_person_id=actor.person_id)
        | Q(second_id=actor.person_id)
        | Q(by_group_id__in=groups.values("group_id"))
        | Q(by_role_id__in=roles.values("role_id"))
    )
    rows = Commitment.objects.filter(own, community_id=actor.community_id, state__in=OPEN)
    return list(with_names(rows).select_related("challenge__intent", "goal").order_by("due_on", "id"))


def list_asked(actor: Actor) -> list[Confirmation]:
    """Return where the actor is asked whether a promise was kept, and has not answered yet."""
    asked = Confirmation.objects.filter(
        person_id=actor.person_id, answered=False, round__state=RoundState.OPEN, round__closes_at__gt=time.now()
    )
    related = [f"round__commitment__{name}" for name in ("unit", "by_person", "by_group", "by_role")]
    return list(asked.select_related("round", *related).order_by("round__closes_at", "id"))


def list_confirmers(promise: Commitment, carriers: Carriers) -> list[uuid.UUID]:
    """Return who can say whether a promise was kept: those it was made to, or who speaks for them; never a carrier."""
    today = time.today()
    people: QuerySet[Person] = Person.objects.filter(community_id=promise.community_id, erased_at__isnull=True)
    group_id = promise.to_group_id or promise.speaks_for_id
    if promise.to_person_id:
        people = people.filter(id=promise.to_person_id)
    elif group_id:
        members = GroupMembership.objects.on(today).filter(group_id=group_id)
        people = people.filter(id__in=members.values("person_id"))
    elif promise.audience in (Audience.PUPILS, Audience.PARENTS):
        return []
    else:
        is_office = promise.audience == Audience.DISTRICT
        units = [promise.to_unit_id] if is_office else structure.inside(promise.to_unit_id, today)  # type: ignore[arg-type]
        posts = Post.objects.on(today).filter(person_id=OuterRef("id"), unit_id__in=units)
        people = people.filter(Exists(posts))
    ids = people.order_by("id").values_list("id", flat=True)
    return [each for each in ids if each not in carriers.ids and each != promise.by_person_id]


def get_unit_for(actor: Actor, place: Place) -> Unit:
    """Return the unit of a place for promising something in it."""
    policies.check_can_propose(actor, place)
    return Unit.objects.get(id=place.unit_id, community_id=actor.community_id)


def count_states(place: Place) -> dict[str, int]:
    """Return how many promises of a unit are open, overdue and settled."""
    today: dt.date = time.today()
    rows = of_unit(place)
    return {
        "open": rows.filter(state__in=OPEN).count(),
        "overdue": rows.filter(state=PromiseState.MADE, due_on__lt=today).count(),
        "settled": rows.filter(state__in=SETTLED).count(),
    }


def find_answered(actor: Actor, text: str) -> Commitment | None:
    """Return the promise that an address says a new one answers, if the actor may see it; None for anything else."""
    try:
        return get_promise_for(actor, uuid.UUID(text)).promise if text else None
    except (ValueError, NotFound):
        return None
