"""Ideas on the page of their matter."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from collegium.decide import policies
from collegium.decide.enums import BEFORE_OUTCOME, Stage
from collegium.decide.models import Idea
from collegium.decide.presenters.frame import name_of
from collegium.decide.queries import ideas as queries
from collegium.decide.queries.ideas import MarkedIdea
from collegium.decide.queries.matters import FoundMatter
from collegium.people.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaRow:
    """An idea, who said it, how many see it so too, and what became of it."""

    id: str
    text: str
    author: str
    marks: int
    is_marked: bool
    withdrawn: str
    proposal: str
    proposal_url: str
    mark_url: str
    withdraw_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeasPart:
    """The part of a matter's page that holds its ideas."""

    rows: tuple[IdeaRow, ...]
    say_url: str
    propose_url: str


def present_ideas(actor: Actor, found: FoundMatter) -> IdeasPart:
    """Return the ideas of a matter, and what the reader can do with them."""
    matter = found.matter
    speaks = policies.can_speak(actor, found.place, matter.stage, found.standing)
    is_asked = speaks and matter.stage == Stage.IDEAS
    runs = policies.can_facilitate(actor, found.place, found.standing) and matter.stage in BEFORE_OUTCOME
    rows = queries.list_ideas(actor, matter)
    left = any(not each.idea.withdrawn_because and each.idea.proposal_id is None for each in rows)
    return IdeasPart(
        rows=tuple(_row(actor, found, each, is_asked) for each in rows),
        say_url=reverse("decide:idea_say", args=[matter.id]) if is_asked else "",
        propose_url=reverse("decide:propose_from_ideas", args=[matter.id]) if runs and speaks and left else "",
    )


def _row(actor: Actor, found: FoundMatter, each: MarkedIdea, is_asked: bool) -> IdeaRow:
    idea = each.idea
    is_open = not idea.withdrawn_because and idea.proposal_id is None
    may_withdraw = is_open and policies.can_amend(
        actor, found.place, found.matter.stage, found.standing, idea.author_id
    )
    return IdeaRow(
        id=str(idea.id),
        text=idea.text,
        author=name_of(idea.author),
        marks=each.marks,
        is_marked=each.is_marked,
        withdrawn=idea.withdrawn_because,
        proposal=idea.proposal.title if idea.proposal else "",
        proposal_url=reverse("decide:proposal", args=[idea.proposal_id]) if idea.proposal_id else "",
        mark_url=reverse("decide:idea_mark", args=[idea.id]) if is_asked and is_open else "",
        withdraw_url=reverse("decide:idea_withdraw", args=[idea.id]) if may_withdraw else "",
    )


def say_idea(idea: Idea) -> str:
    """Return an idea with whoever said it, for a form or beside its proposal."""
    return f"{idea.text} ({name_of(idea.author)})"
