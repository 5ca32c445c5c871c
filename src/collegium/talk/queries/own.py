"""What is one's own in conversations: where one is mentioned, what one wrote, what waits for another look."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from collegium.people.actors import Actor
from collegium.talk import subjects
from collegium.talk.errors import NotFound
from collegium.talk.models import Comment, Mention, Reaction
from collegium.talk.subjects import Subject

MENTIONS_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A mention one has not seen yet, with what it is about."""

    mention: Mention
    subject: Subject


def list_mentions(actor: Actor) -> list[Mentioned]:
    """Return where the actor is mentioned and has not said that they saw it, the latest first.

    What they may not read any more is left out.
    """
    waiting = Mention.objects.filter(
        person_id=actor.person_id,
        community_id=actor.community_id,
        seen_at__isnull=True,
        comment__withdrawn_at__isnull=True,
        comment__hidden_at__isnull=True,
    )
    rows = waiting.select_related("comment__thread", "comment__author").order_by("-comment__written_at", "id")
    known: dict[tuple[str, uuid.UUID], Subject | None] = {}
    found = []
    for mention in rows[:MENTIONS_LIMIT]:
        thread = mention.comment.thread
        key = (thread.subject_kind, thread.subject_id)
        if key not in known:
            known[key] = _find(actor, *key)
        if (subject := known[key]) is not None:
            found.append(Mentioned(mention, subject))
    return found


def _find(actor: Actor, kind: str, subject_id: uuid.UUID) -> Subject | None:
    try:
        return subjects.get_subject_for(actor, kind, subject_id)
    except NotFound:
        return None


def get_mention(actor: Actor, mention_id: uuid.UUID) -> Mention:
    """Return a mention of the actor; NotFound when it is of another."""
    mention = Mention.objects.filter(id=mention_id, person_id=actor.person_id).first()
    if mention is None:
        raise NotFound
    return mention


def count_comments(actor: Actor) -> int:
    """Return how many comments of the actor stand in conversations."""
    return Comment.objects.filter(author_id=actor.person_id, withdrawn_at__isnull=True).count()


def dump(person_id: uuid.UUID) -> dict[str, Any]:
    """Return what a person wrote and pressed, as plain values, for the file they take away."""
    comments = Comment.objects.filter(author_id=person_id).order_by("written_at", "id").prefetch_related("versions")
    reactions = Reaction.objects.filter(person_id=person_id).order_by("comment__written_at", "kind")
    return {
        "comments": [
            {
                "written_at": row.written_at.isoformat(),
                "text": row.text,
                "withdrawn": row.withdrawn_at is not None,
                "taken_out_because": row.hidden_because,
                "earlier": [
                    {"text": version.text, "written_at": version.written_at.isoformat()}
                    for version in sorted(row.versions.all(), key=lambda version: version.number)
                ],
            }
            for row in comments
        ],
        "reactions": [{"kind": row.kind, "comment": str(row.comment_id)} for row in reactions],
    }
