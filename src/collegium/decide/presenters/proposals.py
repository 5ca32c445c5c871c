"""The page of a proposal, and the form that changes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.urls import reverse

from collegium.decide import policies
from collegium.decide.models import ProposalVersion
from collegium.decide.presenters.frame import address_of, name_of
from collegium.decide.presenters.ideas import say_idea
from collegium.decide.queries import ideas, matters
from collegium.decide.queries.matters import FoundProposal
from collegium.intend.queries import texts
from collegium.intend.queries.texts import Stretch
from collegium.people.actors import Actor
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """A wording, and what is different in it from the one before."""

    number: int
    author: str
    written_at: dt.datetime
    why: str
    title: str
    title_before: str
    changes: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPage:
    """A proposal with its history."""

    unit: UnitFrame
    question: str
    matter_url: str
    number: int
    title: str
    text: str
    author: str
    version: int
    withdrawn: str
    ideas: tuple[str, ...]
    versions: tuple[VersionView, ...]
    amend_url: str
    withdraw_url: str


def present_proposal(actor: Actor, found: FoundProposal) -> ProposalPage:
    """Return the page of a proposal."""
    proposal, matter = found.proposal, found.found.matter
    may_change = proposal.withdrawn_at is None and policies.can_amend(
        actor, found.found.place, matter.stage, found.found.standing, proposal.author_id
    )
    versions = matters.list_versions(proposal)
    return ProposalPage(
        unit=frame_of(actor, found.found.place),
        question=matter.question,
        matter_url=address_of(matter),
        number=proposal.number,
        title=proposal.title,
        text=proposal.text,
        author=name_of(proposal.author),
        version=proposal.version,
        withdrawn=proposal.withdrawn_because if proposal.withdrawn_at else "",
        ideas=tuple(say_idea(idea) for idea in ideas.list_of(proposal)),
        versions=tuple(_version(later, earlier) for later, earlier in pairwise(versions)),
        amend_url=reverse("decide:proposal_amend", args=[proposal.id]) if may_change else "",
        withdraw_url=reverse("decide:proposal_withdraw", args=[proposal.id]) if may_change else "",
    )


def _version(later: ProposalVersion, earlier: ProposalVersion) -> VersionView:
    return VersionView(
        number=later.number,
        author=name_of(later.author),
        written_at=later.written_at,
        why=later.why,
        title=later.title,
        title_before=earlier.title if earlier.title != later.title else "",
        changes=tuple(texts.compare(earlier.text, later.text)),
    )


def what_changed_since(found: FoundProposal, number: int) -> tuple[Stretch, ...]:
    """Return what others changed in a proposal since a wording, for whoever wrote from that one."""
    before = next((row for row in matters.list_versions(found.proposal) if row.number == number), None)
    return tuple(texts.compare(before.text, found.proposal.text)) if before else ()


def what_overtook(found: FoundProposal, form: Any) -> tuple[Stretch, ...]:
    """Return what others changed since the wording that a sent form was opened with; nothing where nobody did."""
    if not form.is_bound or not form.is_valid():
        return ()
    written_from: int = form.cleaned_data["written_from"]
    return what_changed_since(found, written_from) if written_from != found.proposal.version else ()
