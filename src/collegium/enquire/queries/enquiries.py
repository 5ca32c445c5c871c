"""Enquiries, found for somebody."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from collegium.base import time
from collegium.enquire import policies
from collegium.enquire.errors import NotFound
from collegium.enquire.models import Enquiry, EnquiryMember, StageNote
from collegium.enquire.policies import Standing
from collegium.intend.models import Challenge
from collegium.intend.queries import choices
from collegium.people import policies as people
from collegium.people.actors import Actor
from collegium.people.models import Person
from collegium.people.places import Place
from collegium.people.queries import places, structure

_PEOPLE = ("owner", "second_owner", "critical_friend")


@dataclass(frozen=True, slots=True)
class FoundEnquiry:
    """An enquiry with its place and what whoever asked is to it."""

    enquiry: Enquiry
    place: Place
    standing: Standing

    @property
    def is_closed(self) -> bool:
        """Whether it has ended."""
        return self.enquiry.closed_at is not None


def get_enquiry_for(actor: Actor, enquiry_id: uuid.UUID) -> FoundEnquiry:
    """Return an enquiry the actor may read; NotFound when absent or not theirs."""
    rows = Enquiry.objects.filter(id=enquiry_id, community_id=actor.community_id)
    enquiry = rows.select_related("unit", "challenge__unit", "group", *_PEOPLE).first()
    if enquiry is None:
        raise NotFound
    place = places.locate(enquiry.unit, time.today())
    standing = get_standing(actor, enquiry, place)
    if not policies.can_view_enquiry(actor, place, standing):
        raise NotFound
    return FoundEnquiry(enquiry, place, standing)


def get_enquiry_to_work_on(actor: Actor, enquiry_id: uuid.UUID) -> FoundEnquiry:
    """Return an open enquiry for those who are in it; NotAllowed for others who may read it."""
    found = get_enquiry_for(actor, enquiry_id)
    policies.check_can_work(actor, found.place, found.standing, is_closed=found.is_closed)
    return found


def get_enquiry_to_administer(actor: Actor, enquiry_id: uuid.UUID) -> FoundEnquiry:
    """Return an open enquiry for its owners; NotAllowed for others who may read it."""
    found = get_enquiry_for(actor, enquiry_id)
    policies.check_can_administer(actor, found.place, found.standing, is_closed=found.is_closed)
    return found


def get_enquiry_to_share(actor: Actor, enquiry_id: uuid.UUID) -> FoundEnquiry:
    """Return an enquiry, closed or not, for those who are in it; NotAllowed for others who may read it."""
    found = get_enquiry_for(actor, enquiry_id)
    policies.check_can_share(actor, found.place, found.standing)
    return found


def get_standing(actor: Actor, enquiry: Enquiry, place: Place) -> Standing:
    """Return what the actor is to an enquiry."""
    is_friend = actor.person_id == enquiry.critical_friend_id
    members = EnquiryMember.objects.filter(enquiry=enquiry, person_id=actor.person_id)
    return Standing(
        owns=actor.person_id in {enquiry.owner_id, enquiry.second_owner_id},
        in_team=is_friend or members.exists(),
        stewards=people.can_steward(actor, place),
    )


def list_enquiries_for(actor: Actor, place: Place) -> QuerySet[Enquiry]:
    """Return the enquiries of a unit and of units inside it, those worked on last first."""
    policies.check_can_view_enquiries(actor, place)
    inside = structure.inside(place.unit_id, place.as_of)
    rows = Enquiry.objects.filter(_readable(actor, place, inside), community_id=actor.community_id)
    return rows.select_related("unit", "owner", "second_owner", "challenge").order_by("-touched_at", "id")


def list_readable(actor: Actor, place: Place) -> QuerySet[Enquiry]:
    """Return the enquiries of a unit and within it that the actor may read: without a right there, their own."""
    inside = structure.inside(place.unit_id, place.as_of)
    sees = policies.can_view_enquiries(actor, place)
    readable = _readable(actor, place, inside) if sees else Q(unit_id__in=inside) & _own(actor)
    return Enquiry.objects.filter(readable, community_id=actor.community_id)


def list_involved(actor: Actor, rows: Sequence[Enquiry]) -> set[uuid.UUID]:
    """Return which of these enquiries the actor is in: as an owner, as the critical friend or in the team."""
    team = EnquiryMember.objects.filter(person_id=actor.person_id, enquiry__in=[row.id for row in rows])
    leading = {row.id for row in rows if actor.person_id in {row.owner_id, row.second_owner_id, row.critical_friend_id}}
    return leading | set(team.values_list("enquiry_id", flat=True))


def _readable(actor: Actor, place: Place, inside: object) -> Q:
    """The condition that an enquiry is of the unit or within it, and one that the actor may read.

    Members of a district belong to it through one school: of the others they read what they work on.
    """
    within = Q(unit_id__in=inside)
    if people.can_view_people_below(actor, place):
        return within
    own = actor.member_of | set(actor.given) | {place.unit_id}
    return within & (Q(unit_id__in=own) | _own(actor))


def _own(actor: Actor) -> Q:
    team = EnquiryMember.objects.filter(person_id=actor.person_id).values("enquiry_id")
    theirs = Q(owner_id=actor.person_id) | Q(second_owner_id=actor.person_id) | Q(critical_friend_id=actor.person_id)
    return theirs | Q(id__in=team)


def list_challenges(found: FoundEnquiry) -> list[Challenge]:
    """Return the challenges that an enquiry can serve, and the one that it serves."""
    rows, now = choices.list_challenges(found.place), found.enquiry.challenge
    return rows if now is None or now in rows else [now, *rows]


def list_members(enquiry: Enquiry) -> list[Person]:
    """Return who works on an enquiry beside its owners, by name."""
    ids = EnquiryMember.objects.filter(enquiry=enquiry).values("person_id")
    people_in = Person.objects.filter(id__in=ids, erased_at__isnull=True)
    return list(people_in.order_by("family_name", "given_name", "id"))


def list_names_of(enquiry: Enquiry) -> dict[uuid.UUID, str]:
    """Return id and name of everybody who is in an enquiry, for mentions."""
    leading = (enquiry.owner, enquiry.second_owner, enquiry.critical_friend)
    people_in = [one for one in leading if one and not one.erased_at] + list_members(enquiry)
    return {one.id: one.full_name for one in people_in}


def list_notes(enquiry: Enquiry) -> list[StageNote]:
    """Return what was written, oldest first."""
    return list(StageNote.objects.filter(enquiry=enquiry).select_related("written_by").order_by("written_at", "id"))
