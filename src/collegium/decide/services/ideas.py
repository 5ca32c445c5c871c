"""Ideas: said, seen so too, withdrawn with a reason. What becomes of them as proposals is in services/proposals.py."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from collegium.base import prose
from collegium.decide import policies
from collegium.decide.enums import Stage
from collegium.decide.errors import Conflict, Invalid
from collegium.decide.models import Idea, IdeaMark, Matter
from collegium.decide.policies import Standing
from collegium.people.actors import Actor
from collegium.people.services.writing import locate, record, tidy

TEXT_LIMIT = 600


@transaction.atomic
def say(*, actor: Actor, matter: Matter, standing: Standing, text: str) -> Idea:
    """Say what could be done, while ideas are asked for."""
    held = _lock_open(actor, matter, standing)
    last = Idea.objects.filter(matter=held).aggregate(last=Max("number"))["last"] or 0
    idea = Idea.objects.create(
        community_id=held.community_id,
        matter=held,
        number=last + 1,
        author_id=actor.recorded_id,
        text=tidy(text, limit=TEXT_LIMIT),
    )
    record(actor, "idea.said", idea, unit_id=held.unit_id, title=held.question)
    return idea


def _lock_open(actor: Actor, matter: Matter, standing: Standing) -> Matter:
    policies.check_can_speak(actor, locate(matter.unit), matter.stage, standing)
    held: Matter = Matter.objects.select_for_update().get(id=matter.id)
    if held.stage != Stage.IDEAS:
        raise Conflict("ideas_over")
    return held


@transaction.atomic
def mark(*, actor: Actor, idea: Idea, standing: Standing, is_on: bool) -> None:
    """Say that one sees an idea so too, or take that back. Nobody is told who did."""
    held = _lock_open(actor, idea.matter, standing)
    if is_on:
        IdeaMark.objects.get_or_create(
            idea=idea, person_id=actor.person_id, defaults={"community_id": held.community_id}
        )
    else:
        IdeaMark.objects.filter(idea=idea, person_id=actor.person_id).delete()


@transaction.atomic
def withdraw(*, actor: Actor, idea: Idea, standing: Standing, why: str) -> Idea:
    """Withdraw one's own idea, or set one aside as a facilitator. It stays to be read, with the reason."""
    matter = idea.matter
    policies.check_can_amend(actor, locate(matter.unit), matter.stage, standing, idea.author_id)
    idea.refresh_from_db(from_queryset=Idea.objects.select_for_update())
    reason = prose.tidy(why)
    if not reason:
        raise Invalid("why_missing")
    if idea.proposal_id is not None:
        raise Conflict("idea_is_proposal")
    idea.withdrawn_because = reason
    idea.save(update_fields=["withdrawn_because"])
    record(actor, "idea.withdrawn", idea, unit_id=matter.unit_id, title=matter.question)
    return idea
