"""Ideas of a matter, found for somebody."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Count

from collegium.decide.errors import NotFound
from collegium.decide.models import Idea, IdeaMark, Matter, Proposal
from collegium.decide.queries import matters
from collegium.decide.queries.matters import FoundMatter
from collegium.people.actors import Actor


@dataclass(frozen=True, slots=True)
class MarkedIdea:
    """An idea, how many see it so too, and whether whoever asked is one of them."""

    idea: Idea
    marks: int
    is_marked: bool


@dataclass(frozen=True, slots=True)
class FoundIdea:
    """An idea with the matter it is in."""

    idea: Idea
    found: FoundMatter


def list_ideas(actor: Actor, matter: Matter) -> list[MarkedIdea]:
    """Return the ideas of a matter that was found for the actor: the most seen so too first, those set aside last."""
    rows = list(Idea.objects.filter(matter=matter).select_related("author", "proposal").annotate(n=Count("marks")))
    own = set(IdeaMark.objects.filter(idea__matter=matter, person_id=actor.person_id).values_list("idea_id", flat=True))
    rows.sort(key=lambda row: (bool(row.withdrawn_because), -row.n, row.number))
    return [MarkedIdea(row, row.n, row.id in own) for row in rows]


def list_open(matter: Matter) -> list[Idea]:
    """Return the ideas that went into no proposal yet and were not withdrawn."""
    rows = Idea.objects.filter(matter=matter, proposal__isnull=True, withdrawn_because="").select_related("author")
    return list(rows.order_by("number"))


def list_of(proposal: Proposal) -> list[Idea]:
    """Return the ideas that went into a proposal that was found for somebody."""
    return list(Idea.objects.filter(proposal=proposal).select_related("author").order_by("number"))


def get_idea_for(actor: Actor, idea_id: uuid.UUID) -> FoundIdea:
    """Return an idea of a matter the actor may read; NotFound when absent or not theirs."""
    idea = Idea.objects.filter(id=idea_id, community_id=actor.community_id).first()
    if idea is None:
        raise NotFound
    return FoundIdea(idea, matters.get_matter_for(actor, idea.matter_id))
