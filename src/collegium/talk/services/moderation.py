"""Keeping order: taking comments out with a reason, and looking at them again when their writers ask."""

from __future__ import annotations

from django.db import transaction

from collegium.base import prose, time
from collegium.people.actors import Actor
from collegium.people.services.writing import record
from collegium.talk import policies
from collegium.talk.errors import Conflict, Invalid
from collegium.talk.models import Comment
from collegium.talk.subjects import Subject

REASON_LIMIT = 2000


def _read_reason(text: str) -> str:
    reason = prose.tidy(text, limit=REASON_LIMIT)
    if not reason:
        raise Invalid("reason_missing")
    return reason


@transaction.atomic
def hide_comment(*, actor: Actor, subject: Subject, comment: Comment, reason: str) -> None:
    """Take a comment out. Everybody reads that it was and why; its words stay for its writer and the moderators."""
    policies.check_can_moderate(actor, subject)
    comment.refresh_from_db(from_queryset=Comment.objects.select_for_update())
    if comment.withdrawn_at is not None or comment.hidden_at is not None:
        raise Conflict("comment_gone")
    comment.hidden_because, comment.hidden_at, comment.hidden_by_id = (
        _read_reason(reason),
        time.now(),
        actor.recorded_id,
    )
    comment.appeal, comment.appealed_at = "", None
    comment.appeal_answer, comment.appeal_answered_at = "", None
    comment.save()
    record(actor, "comment.hidden", comment, unit_id=subject.place.unit_id, title=subject.title)


@transaction.atomic
def appeal(*, actor: Actor, subject: Subject, comment: Comment, text: str) -> None:
    """Ask, as its writer, that somebody else look again at a comment that was taken out; once."""
    policies.check_can_appeal(actor, comment.author_id)
    comment.refresh_from_db(from_queryset=Comment.objects.select_for_update())
    if comment.hidden_at is None:
        raise Conflict("comment_not_hidden")
    if comment.appealed_at is not None:
        raise Conflict("appealed_already")
    comment.appeal, comment.appealed_at = _read_reason(text), time.now()
    comment.save(update_fields=["appeal", "appealed_at"])
    record(actor, "comment.appealed", comment, unit_id=subject.place.unit_id, title=subject.title)


@transaction.atomic
def answer_appeal(*, actor: Actor, subject: Subject, comment: Comment, restore: bool, answer: str) -> None:
    """Look again, as another than who took it out: put the comment back, or say why it stays out."""
    policies.check_can_answer_appeal(actor, subject, comment.hidden_by_id)
    comment.refresh_from_db(from_queryset=Comment.objects.select_for_update())
    if comment.hidden_at is None or comment.appealed_at is None or comment.appeal_answered_at is not None:
        raise Conflict("appeal_not_open")
    comment.appeal_answer, comment.appeal_answered_at = _read_reason(answer), time.now()
    if restore:
        comment.hidden_at = None
    comment.save(update_fields=["appeal_answer", "appeal_answered_at", "hidden_at"])
    verb = "comment.restored" if restore else "comment.kept_hidden"
    record(actor, verb, comment, unit_id=subject.place.unit_id, title=subject.title)
