"""Who may do what in a conversation, as pairs. Who may read it at all, the room of its object says."""

from __future__ import annotations

import uuid

from collegium.people.actors import Actor
from collegium.people.policies import derived
from collegium.talk.errors import NotAllowed
from collegium.talk.subjects import Subject


def check_can_post(actor: Actor, subject: Subject) -> None:
    """Whoever has a voice in it writes, replies and reacts, as long as it is open."""
    if actor.community_id != subject.place.community_id or not subject.can_post:
        raise NotAllowed("talk_closed")


def check_can_change(actor: Actor, subject: Subject, author_id: uuid.UUID | None) -> None:
    """One's words are one's own: nobody else changes or withdraws them, and in a closed conversation they stand."""
    check_can_post(actor, subject)
    if author_id is None or actor.person_id != author_id:
        raise NotAllowed("comment_of_another")


def check_can_moderate(actor: Actor, subject: Subject) -> None:
    """Those whom the object's room lets keep order take comments out, with a reason."""
    if actor.community_id != subject.place.community_id or not subject.can_moderate:
        raise NotAllowed("moderators_only")


def check_can_appeal(actor: Actor, author_id: uuid.UUID | None) -> None:
    """Whoever wrote a comment that was taken out may ask for another look at it."""
    if author_id is None or actor.person_id != author_id:
        raise NotAllowed("comment_of_another")


def check_can_answer_appeal(actor: Actor, subject: Subject, hidden_by: uuid.UUID | None) -> None:
    """Another moderator than the one who took the comment out looks again."""
    check_can_moderate(actor, subject)
    if hidden_by is not None and actor.person_id == hidden_by:
        raise NotAllowed("appeal_to_another")


can_post = derived(check_can_post)
can_change = derived(check_can_change)
can_moderate = derived(check_can_moderate)
can_appeal = derived(check_can_appeal)
can_answer_appeal = derived(check_can_answer_appeal)
