"""Proposals and their amendments. Every wording stays, and two who write at once lose nothing."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from collegium.base import prose, time
from collegium.decide import policies
from collegium.decide.enums import PollState
from collegium.decide.errors import Conflict, Invalid
from collegium.decide.models import Idea, Matter, Option, Proposal, ProposalVersion
from collegium.decide.policies import Standing
from collegium.people.actors import Actor
from collegium.people.services.writing import locate, record, tidy

TITLE_LIMIT = 160


@transaction.atomic
def propose(
    *, actor: Actor, matter: Matter, standing: Standing, title: str, text: str, ideas: Sequence[Idea] = ()
) -> Proposal:
    """Propose an answer to the question of a matter; ideas that go into it keep saying so."""
    policies.check_can_speak(actor, locate(matter.unit), matter.stage, standing)
    Matter.objects.select_for_update().get(id=matter.id)  # two who propose at once get two numbers
    body = prose.tidy(text)
    if not body:
        raise Invalid("text_missing")
    last = Proposal.objects.filter(matter=matter).aggregate(last=Max("number"))["last"] or 0
    proposal = Proposal.objects.create(
        community_id=matter.community_id,
        matter=matter,
        number=last + 1,
        author_id=actor.recorded_id,
        title=tidy(title, limit=TITLE_LIMIT),
        text=body,
    )
    _keep_version(actor, proposal, "")
    _take_up(matter, proposal, ideas)
    if matter.proposed_at is None:
        Matter.objects.filter(id=matter.id, proposed_at__isnull=True).update(proposed_at=time.now())
    record(actor, "proposal.made", proposal, unit_id=matter.unit_id, title=proposal.title)
    return proposal


def _take_up(matter: Matter, proposal: Proposal, ideas: Sequence[Idea]) -> None:
    """Several may turn ideas into proposals at once: an idea goes into the first."""
    left = Idea.objects.filter(matter=matter, proposal__isnull=True, withdrawn_because="")
    if left.filter(id__in=[idea.id for idea in ideas]).update(proposal=proposal) != len(ideas):
        raise Conflict("idea_is_proposal")


def _keep_version(actor: Actor, proposal: Proposal, why: str) -> None:
    ProposalVersion.objects.create(
        community_id=proposal.community_id,
        proposal=proposal,
        number=proposal.version,
        title=proposal.title,
        text=proposal.text,
        why=why,
        author_id=actor.recorded_id,
    )


@transaction.atomic
def amend(
    *, actor: Actor, proposal: Proposal, standing: Standing, title: str, text: str, why: str, written_from: int
) -> Proposal:
    """Change a proposal, with the reason. `written_from` is the wording that the form was opened with."""
    matter = proposal.matter
    policies.check_can_amend(actor, locate(matter.unit), matter.stage, standing, proposal.author_id)
    proposal.refresh_from_db(from_queryset=Proposal.objects.select_for_update())
    _check_stands(proposal)
    if proposal.version != written_from:
        raise Conflict("proposal_moved_on")
    body, heading, reason = prose.tidy(text), tidy(title, limit=TITLE_LIMIT), prose.tidy(why)
    if not body:
        raise Invalid("text_missing")
    if not reason:
        raise Invalid("why_missing")
    if (heading, body) == (proposal.title, proposal.text):
        raise Invalid("proposal_same")
    proposal.title, proposal.text, proposal.version = heading, body, proposal.version + 1
    proposal.save(update_fields=["title", "text", "version"])
    _keep_version(actor, proposal, reason)
    record(actor, "proposal.amended", proposal, unit_id=matter.unit_id, title=proposal.title)
    return proposal


@transaction.atomic
def withdraw(*, actor: Actor, proposal: Proposal, standing: Standing, why: str) -> Proposal:
    """Withdraw a proposal. It stays to be read, with the reason."""
    matter = proposal.matter
    policies.check_can_amend(actor, locate(matter.unit), matter.stage, standing, proposal.author_id)
    proposal.refresh_from_db(from_queryset=Proposal.objects.select_for_update())
    _check_stands(proposal)
    reason = prose.tidy(why)
    if not reason:
        raise Invalid("why_missing")
    proposal.withdrawn_at, proposal.withdrawn_because = time.now(), reason
    proposal.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record(actor, "proposal.withdrawn", proposal, unit_id=matter.unit_id, title=proposal.title)
    return proposal


def _check_stands(proposal: Proposal) -> None:
    """What is voted on stays as it reads until the vote is over."""
    if proposal.withdrawn_at is not None:
        raise Conflict("proposal_withdrawn")
    if Option.objects.filter(proposal=proposal, poll__state=PollState.OPEN, withdrawn_at__isnull=True).exists():
        raise Conflict("proposal_voted_on")
