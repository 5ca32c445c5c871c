"""Being heard: what people said is put into themes, and every theme gets an answer."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import Max

from collegium.base import prose, time
from collegium.decide import policies, talking
from collegium.decide.enums import Answer, Stage
from collegium.decide.errors import Conflict, Invalid
from collegium.decide.models import Dissent, Matter, Theme, ThemePoint
from collegium.decide.policies import Standing
from collegium.people.actors import Actor
from collegium.people.services.writing import locate, record, tidy
from collegium.talk.models import Comment

TITLE_LIMIT = 160
DISSENT_LIMIT = 2000


@transaction.atomic
def put_into_theme(
    *,
    actor: Actor,
    matter: Matter,
    standing: Standing,
    comment_ids: Collection[uuid.UUID],
    theme: Theme | None = None,
    title: str = "",
) -> Theme:
    """Put comments into a theme, or into a new one; a comment that is in another moves."""
    policies.check_can_facilitate(actor, locate(matter.unit), standing)
    _check_open(matter)
    comments = list(
        Comment.objects.filter(
            id__in=comment_ids, thread__subject_kind=talking.KIND, thread__subject_id=matter.id
        ).only("id")
    )
    if len(comments) != len(set(comment_ids)):
        raise Invalid("point_elsewhere")
    if theme is None:
        Matter.objects.select_for_update().get(id=matter.id)
        last = Theme.objects.filter(matter=matter).aggregate(last=Max("number"))["last"] or 0
        theme = Theme.objects.create(
            community_id=matter.community_id,
            matter=matter,
            number=last + 1,
            title=tidy(title, limit=TITLE_LIMIT),
        )
    ThemePoint.objects.filter(comment__in=comments).delete()
    ThemePoint.objects.bulk_create(
        ThemePoint(community_id=matter.community_id, theme=theme, comment=comment) for comment in comments
    )
    record(actor, "theme.made", theme, unit_id=matter.unit_id, title=theme.title)
    return theme


@transaction.atomic
def answer_theme(*, actor: Actor, matter: Matter, standing: Standing, theme: Theme, kind: Answer, answer: str) -> Theme:
    """Answer a theme: taken up, it changed the proposal so, or not taken up because."""
    policies.check_can_facilitate(actor, locate(matter.unit), standing)
    _check_open(matter)
    said = prose.tidy(answer)
    if not said:
        raise Invalid("why_missing")
    theme.kind, theme.answer = Answer(kind), said
    theme.answered_at, theme.answered_by_id = time.now(), actor.recorded_id
    theme.save(update_fields=["kind", "answer", "answered_at", "answered_by"])
    record(actor, "theme.answered", theme, unit_id=matter.unit_id, title=theme.title)
    return theme


def _check_open(matter: Matter) -> None:
    if Matter.objects.select_for_update().get(id=matter.id).stage == Stage.CLOSED:
        raise Conflict("matter_closed")


@transaction.atomic
def dissent(*, actor: Actor, matter: Matter, standing: Standing, text: str) -> Dissent | None:
    """Say in one's own words what one sees otherwise; it stands beside the outcome. An empty text takes it back."""
    policies.check_can_speak(actor, locate(matter.unit), matter.stage, standing)
    said = prose.tidy(text, limit=DISSENT_LIMIT)
    own = Dissent.objects.filter(matter=matter, person_id=actor.person_id)
    if not said:
        own.delete()
        return None
    written, _is_new = Dissent.objects.update_or_create(
        matter=matter,
        person_id=actor.person_id,
        defaults={"community_id": matter.community_id, "text": said, "written_at": time.now()},
    )
    record(actor, "matter.dissent", matter, unit_id=matter.unit_id, title=matter.question)
    return written
