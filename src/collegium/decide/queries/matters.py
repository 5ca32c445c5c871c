"""Matters and their proposals, found for somebody."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from collegium.base import time
from collegium.decide import policies
from collegium.decide.enums import Readers, Stage
from collegium.decide.errors import NotFound
from collegium.decide.models import Matter, Part, Proposal, ProposalVersion
from collegium.decide.policies import Standing
from collegium.decide.queries import standing as standings
from collegium.people import policies as people
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.queries import persons, places, structure

OPEN_LIMIT = 200
PAGE = 30


@dataclass(frozen=True, slots=True)
class FoundMatter:
    """A matter with its place and what whoever asked is to it."""

    matter: Matter
    place: Place
    standing: Standing


def get_matter_for(actor: Actor, matter_id: uuid.UUID) -> FoundMatter:
    """Return a matter the actor may read; NotFound when absent or not theirs."""
    matters = Matter.objects.filter(id=matter_id, community_id=actor.community_id)
    matter = matters.select_related(
        "unit", "group", "facilitator", "second", "moves_right__holder", "created_by"
    ).first()
    if matter is None:
        raise NotFound
    place = places.locate(matter.unit, time.today())
    standing = standings.get_standing(actor, matter, place)
    if not policies.can_view_matter(actor, place, matter.readers, standing):
        raise NotFound
    return FoundMatter(matter, place, standing)


def get_matter_to_run(actor: Actor, matter_id: uuid.UUID) -> FoundMatter:
    """Return a matter for those who facilitate it; NotAllowed for others who may read it."""
    found = get_matter_for(actor, matter_id)
    policies.check_can_facilitate(actor, found.place, found.standing)
    return found


def _readable(actor: Actor, place: Place) -> Q:
    """The condition that a matter of a unit, or within it, is one that the actor may read."""
    if people.can_steward(actor, place):
        return Q()
    own = standings.own_parts(actor, persons.list_own_group_ids(actor, time.today()))
    involved = Q(id__in=Part.objects.filter(own, community_id=actor.community_id).values("matter_id"))
    facilitates = Q(facilitator_id=actor.person_id) | Q(second_id=actor.person_id)
    readable = Q(readers=Readers.COMMUNITY) | involved | facilitates
    if people.can_view_people(actor, place):
        units = actor.member_of | set(actor.given) | {place.unit_id}
        readable |= Q(readers=Readers.UNIT, unit_id__in=units)
    return readable


def list_matters_for(actor: Actor, place: Place) -> QuerySet[Matter]:
    """Return the matters of a unit that the actor may read, its own and those of units inside it, the latest first."""
    policies.check_can_view_decisions(actor, place)
    inside = structure.inside(place.unit_id, place.as_of)
    matters = Matter.objects.filter(_readable(actor, place), unit_id__in=inside, community_id=actor.community_id)
    return matters.select_related("unit", "group").order_by("-created_at", "id")


def list_open_for(actor: Actor, place: Place) -> list[Matter]:
    """Return those that are not closed, those to be decided soonest first."""
    rows = list(list_matters_for(actor, place).exclude(stage=Stage.CLOSED)[:OPEN_LIMIT])
    return sorted(rows, key=lambda row: (row.decide_by or dt.date.max, -row.created_at.timestamp()))


def list_closed_for(actor: Actor, place: Place) -> QuerySet[Matter]:
    """Return those that are closed, the latest first."""
    return list_matters_for(actor, place).filter(stage=Stage.CLOSED)


def list_parts(matter: Matter) -> list[Part]:
    """Return who takes part in a matter that was found for somebody, units first."""
    rows = Part.objects.filter(matter=matter).select_related("unit", "group", "person")
    return sorted(rows, key=lambda part: (part.unit_id is None, part.group_id is None, str(part.id)))


def get_part_for(matter: Matter, part_id: uuid.UUID) -> Part:
    """Return a part of the matter; NotFound when it is of another one."""
    part = Part.objects.filter(matter=matter, id=part_id).select_related("unit", "group", "person").first()
    if part is None:
        raise NotFound
    return part


def list_proposals(matter: Matter) -> list[Proposal]:
    """Return the proposals of a matter that was found for somebody, those that stand first."""
    rows = Proposal.objects.filter(matter=matter).select_related("author").order_by("number")
    return sorted(rows, key=lambda row: (row.withdrawn_at is not None, row.number))


@dataclass(frozen=True, slots=True)
class FoundProposal:
    """A proposal with the matter it is in."""

    proposal: Proposal
    found: FoundMatter


def get_proposal_for(actor: Actor, proposal_id: uuid.UUID) -> FoundProposal:
    """Return a proposal of a matter the actor may read; NotFound when absent or not theirs."""
    proposals = Proposal.objects.filter(id=proposal_id, community_id=actor.community_id)
    proposal = proposals.select_related("author").first()
    if proposal is None:
        raise NotFound
    return FoundProposal(proposal, get_matter_for(actor, proposal.matter_id))


def list_versions(proposal: Proposal) -> list[ProposalVersion]:
    """Return every wording of a proposal, the latest first."""
    return list(ProposalVersion.objects.filter(proposal=proposal).select_related("author").order_by("-number"))
