"""Writing in a conversation: comments, replies, changes, withdrawals, reactions."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from collegium.base import prose, time
from collegium.people.actors import Actor
from collegium.people.services.writing import record
from collegium.talk import files, mentions, policies
from collegium.talk.enums import ReactionKind
from collegium.talk.errors import Conflict, Invalid
from collegium.talk.files import Upload
from collegium.talk.models import Attachment, Comment, CommentVersion, Mention, Reaction, Thread
from collegium.talk.subjects import Subject

TEXT_LIMIT = 10_000


@transaction.atomic
def write_comment(
    *,
    actor: Actor,
    subject: Subject,
    text: str,
    under_id: uuid.UUID | None = None,
    quoted_id: uuid.UUID | None = None,
    uploads: Iterable[Upload] = (),
) -> Comment:
    """Write a comment, or a reply under one; a reply to a reply stands under the same comment."""
    policies.check_can_post(actor, subject)
    said = _tidy(text)
    kept = files.check(uploads)
    thread = _lock_thread(subject)
    under = _find_beside(thread, under_id)
    comment = Comment.objects.create(
        community_id=thread.community_id,
        thread=thread,
        number=(Comment.objects.filter(thread=thread).aggregate(last=Max("number"))["last"] or 0) + 1,
        under=under and (under.under or under),
        quoted=_find_beside(thread, quoted_id),
        author_id=actor.recorded_id,
        text=said,
    )
    Attachment.objects.bulk_create(
        Attachment(
            community_id=thread.community_id,
            comment=comment,
            name=file.name,
            media_type=file.media_type,
            size=len(file.content),
            content=file.content,
        )
        for file in kept
    )
    _mention(actor, subject, comment)
    record(actor, "comment.written", comment, unit_id=subject.place.unit_id, title=subject.title)
    return comment


def _tidy(text: str) -> str:
    said = prose.tidy(text, limit=TEXT_LIMIT)
    if not said:
        raise Invalid("comment_empty")
    return said


def _lock_thread(subject: Subject) -> Thread:
    """The thread about an object, made with its first comment and held, so that numbers are given once."""
    community_id = subject.place.community_id
    key = {"community_id": community_id, "subject_kind": subject.kind, "subject_id": subject.id}
    Thread.objects.bulk_create([Thread(**key)], ignore_conflicts=True)  # two first comments at once make one thread
    return Thread.objects.select_for_update().get(**key)


def _find_beside(thread: Thread, comment_id: uuid.UUID | None) -> Comment | None:
    if comment_id is None:
        return None
    standing = Comment.objects.filter(thread=thread, withdrawn_at__isnull=True, hidden_at__isnull=True)
    comment = standing.select_related("under").filter(id=comment_id).first()
    if comment is None:
        raise Conflict("comment_not_there")
    return comment


def _mention(actor: Actor, subject: Subject, comment: Comment) -> None:
    """Tell those whose names follow an @; nobody is told twice by one comment, or told of themselves."""
    if "@" not in comment.text:
        return
    meant = mentions.find_mentioned(comment.text, subject.list_people()) - {actor.person_id}
    Mention.objects.bulk_create(
        (Mention(community_id=comment.community_id, comment=comment, person_id=person_id) for person_id in meant),
        ignore_conflicts=True,
    )


@transaction.atomic
def change_comment(*, actor: Actor, subject: Subject, comment: Comment, text: str) -> Comment:
    """Change what one wrote. How it read before stays for everybody to see, so that no answer hangs in the air."""
    policies.check_can_change(actor, subject, comment.author_id)
    said = _tidy(text)
    comment.refresh_from_db(from_queryset=Comment.objects.select_for_update())
    _check_standing(comment)
    if said == comment.text:
        return comment
    number = CommentVersion.objects.filter(comment=comment).count() + 1
    CommentVersion.objects.create(
        community_id=comment.community_id,
        comment=comment,
        number=number,
        text=comment.text,
        written_at=comment.edited_at or comment.written_at,
    )
    comment.text, comment.edited_at = said, time.now()
    comment.save(update_fields=["text", "edited_at"])
    _mention(actor, subject, comment)
    record(actor, "comment.changed", comment, unit_id=subject.place.unit_id, title=subject.title)
    return comment


@transaction.atomic
def withdraw_comment(*, actor: Actor, subject: Subject, comment: Comment) -> None:
    """Withdraw what one wrote, with its earlier wordings and files; replies to it stay, and where it stood says so."""
    policies.check_can_change(actor, subject, comment.author_id)
    comment.refresh_from_db(from_queryset=Comment.objects.select_for_update())
    _check_standing(comment)
    empty_comments([comment.id])
    record(actor, "comment.withdrawn", comment, unit_id=subject.place.unit_id, title=subject.title)


def empty_comments(comment_ids: Iterable[uuid.UUID]) -> None:
    """Take the words out of comments, and all that came with them."""
    ids = list(comment_ids)
    CommentVersion.objects.filter(comment__in=ids).delete()
    Attachment.objects.filter(comment__in=ids).delete()
    Mention.objects.filter(comment__in=ids).delete()
    Comment.objects.filter(id__in=ids, withdrawn_at__isnull=True).update(text="", appeal="", withdrawn_at=time.now())


def _check_standing(comment: Comment) -> None:
    if comment.withdrawn_at is not None or comment.hidden_at is not None:
        raise Conflict("comment_gone")


@transaction.atomic
def react(*, actor: Actor, subject: Subject, comment: Comment, kind: ReactionKind, is_on: bool) -> None:
    """Press a button under a comment, or take it back; pressed twice it is pressed once.

    No event is recorded: who sees it so too is counted, and listed nowhere.
    """
    policies.check_can_post(actor, subject)
    _check_standing(comment)
    if is_on:
        Reaction.objects.get_or_create(
            comment=comment, person_id=actor.person_id, kind=kind, defaults={"community_id": comment.community_id}
        )
    else:
        Reaction.objects.filter(comment=comment, person_id=actor.person_id, kind=kind).delete()


@transaction.atomic
def see_mention(*, actor: Actor, mention: Mention) -> None:
    """Say that one has seen where one is mentioned; it then waits for one no more."""
    policies.check_can_appeal(actor, mention.person_id)
    Mention.objects.filter(id=mention.id, seen_at__isnull=True).update(seen_at=time.now())


def forget_person(person_id: uuid.UUID) -> None:
    """Empty what somebody wrote, and take back what they pressed; what others answered stays."""
    empty_comments(Comment.objects.filter(author_id=person_id).values_list("id", flat=True))
    Reaction.objects.filter(person_id=person_id).delete()
    Mention.objects.filter(person_id=person_id).delete()
