"""Conversations, a part at a time: however long one is, the same few statements read a page of it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from collegium.people.actors import Actor
from collegium.talk import policies, subjects
from collegium.talk.enums import ReactionKind
from collegium.talk.errors import NotFound
from collegium.talk.models import Attachment, Comment, CommentVersion, Reaction, Thread
from collegium.talk.subjects import Subject

PAGE = 20
REPLIES_SHOWN = 5
REPLIES_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a conversation: comments with the first replies under each, and what belongs to them."""

    comments: list[Comment]
    replies: dict[uuid.UUID, list[Comment]]
    reply_counts: dict[uuid.UUID, int]
    reactions: dict[uuid.UUID, dict[str, int]]
    own_reactions: set[tuple[uuid.UUID, str]]
    attachments: dict[uuid.UUID, list[Attachment]]
    page: int
    paged: int
    total: int


@dataclass(frozen=True, slots=True)
class Found:
    """A comment with the object its conversation is about."""

    comment: Comment
    subject: Subject


def get_part_for(actor: Actor, subject: Subject, page: int = 1) -> Part:
    """Return a page of the conversation about an object that was found for the actor, the latest comments first."""
    thread = _find_thread(actor, subject)
    if thread is None:
        return _empty()
    total = Comment.objects.filter(thread=thread).count()
    first_level = Comment.objects.filter(thread=thread, under__isnull=True)
    paged = first_level.count()
    page = _within(page, paged, PAGE)
    rows = list(_readable(first_level).order_by("-number")[(page - 1) * PAGE : page * PAGE])
    return _fill(actor, rows, _first_replies(rows), page=page, paged=paged, total=total)


def get_replies_for(actor: Actor, comment: Comment, page: int = 1) -> Part:
    """Return one comment of a conversation that the actor may read, with a page of its replies in their order."""
    under = Comment.objects.filter(under=comment)
    total = under.count()
    page = _within(page, total, REPLIES_PAGE)
    rows = list(_readable(under).order_by("number")[(page - 1) * REPLIES_PAGE : page * REPLIES_PAGE])
    return _fill(actor, [comment], {comment.id: rows}, page=page, paged=total, total=total)


def _within(page: int, paged: int, size: int) -> int:
    """The part that was asked for, or the nearest one there is."""
    return min(max(1, page), max(1, -(-paged // size)))


def _find_thread(actor: Actor, subject: Subject) -> Thread | None:
    found = Thread.objects.filter(community_id=actor.community_id, subject_kind=subject.kind, subject_id=subject.id)
    return found.first()


def _empty() -> Part:
    return Part(
        comments=[],
        replies={},
        reply_counts={},
        reactions={},
        own_reactions=set(),
        attachments={},
        page=1,
        paged=0,
        total=0,
    )


def _readable(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    return comments.select_related("author", "quoted__author")


def _first_replies(rows: Iterable[Comment]) -> dict[uuid.UUID, list[Comment]]:
    """The first replies under each of some comments, in one statement however many there are."""
    place = Window(RowNumber(), partition_by=F("under_id"), order_by=F("number").asc())
    under = Comment.objects.filter(under__in=list(rows)).annotate(place=place).filter(place__lte=REPLIES_SHOWN)
    found: dict[uuid.UUID, list[Comment]] = defaultdict(list)
    for reply in _readable(under).order_by("number"):
        if reply.under_id is not None:
            found[reply.under_id].append(reply)
    return found


def _fill(
    actor: Actor, rows: list[Comment], replies: dict[uuid.UUID, list[Comment]], *, page: int, paged: int, total: int
) -> Part:
    shown = [row.id for row in rows] + [reply.id for below in replies.values() for reply in below]
    counts = Comment.objects.filter(under__in=[row.id for row in rows]).order_by().values_list("under_id")
    reactions: dict[uuid.UUID, dict[str, int]] = defaultdict(dict)
    for comment_id, kind, number in (
        Reaction.objects.filter(comment__in=shown).order_by().values_list("comment_id", "kind").annotate(Count("id"))
    ):
        reactions[comment_id][kind] = number
    own = Reaction.objects.filter(comment__in=shown, person_id=actor.person_id).values_list("comment_id", "kind")
    return Part(
        comments=rows,
        replies=replies,
        reply_counts=dict(counts.annotate(Count("id"))),
        reactions=reactions,
        own_reactions=set(own),
        attachments=list_attachments(shown),
        page=page,
        paged=paged,
        total=total,
    )


def list_attachments(comment_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Attachment]]:
    """Return the files that came with comments, without their content."""
    found: dict[uuid.UUID, list[Attachment]] = defaultdict(list)
    for attachment in Attachment.objects.filter(comment__in=comment_ids).defer("content").order_by("name", "id"):
        found[attachment.comment_id].append(attachment)
    return found


def get_comment_for(actor: Actor, comment_id: uuid.UUID) -> Found:
    """Return a comment of a conversation the actor may read; NotFound when absent or not theirs to read."""
    comments = Comment.objects.filter(id=comment_id, community_id=actor.community_id)
    comment = comments.select_related("thread", "author", "under", "quoted__author", "hidden_by").first()
    if comment is None:
        raise NotFound
    thread = comment.thread
    return Found(comment, subjects.get_subject_for(actor, thread.subject_kind, thread.subject_id))


def get_own_comment_for(actor: Actor, comment_id: uuid.UUID) -> Found:
    """Return a comment for whoever wrote it; to everybody else there is nothing to change here."""
    found = get_comment_for(actor, comment_id)
    policies.check_can_appeal(actor, found.comment.author_id)
    return found


def can_read(actor: Actor, subject: Subject, comment: Comment) -> bool:
    """Say whether the words of a comment may be shown: of one taken out, to its writer and those who keep order."""
    if comment.withdrawn_at is not None:
        return False
    if comment.hidden_at is None:
        return True
    return policies.can_appeal(actor, comment.author_id) or policies.can_moderate(actor, subject)


@dataclass(frozen=True, slots=True)
class History:
    """What a comment said before, the earliest first."""

    found: Found
    versions: list[CommentVersion] = field(default_factory=list)


def get_history_for(actor: Actor, comment_id: uuid.UUID) -> History:
    """Return a comment with its earlier wordings; NotFound where its words may not be shown."""
    found = get_comment_for(actor, comment_id)
    if not can_read(actor, found.subject, found.comment):
        raise NotFound
    return History(found, list(CommentVersion.objects.filter(comment=found.comment).order_by("number")))


def get_attachment_for(actor: Actor, attachment_id: uuid.UUID) -> Attachment:
    """Return a file with its content; NotFound where the comment it came with may not be shown."""
    attachment = Attachment.objects.filter(id=attachment_id, community_id=actor.community_id).first()
    if attachment is None:
        raise NotFound
    found = get_comment_for(actor, attachment.comment_id)
    if not can_read(actor, found.subject, found.comment):
        raise NotFound
    return attachment


def list_appeals_for(actor: Actor, subject: Subject) -> list[Comment]:
    """Return the comments that wait for another look, for those who keep order."""
    if not policies.can_moderate(actor, subject):
        return []
    waiting = Comment.objects.filter(
        thread__subject_kind=subject.kind,
        thread__subject_id=subject.id,
        community_id=actor.community_id,
        appealed_at__isnull=False,
        appeal_answered_at__isnull=True,
        hidden_at__isnull=False,
    )
    return list(waiting.select_related("author").order_by("appealed_at", "id"))


def count_comments(kind: str, subject_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return how many comments there are about each of these objects; the caller has found them for somebody."""
    rows = Comment.objects.filter(
        thread__subject_kind=kind, thread__subject_id__in=subject_ids, withdrawn_at__isnull=True, hidden_at__isnull=True
    )
    return dict(rows.order_by().values_list("thread__subject_id").annotate(Count("id")))


def list_marked(kind: str, subject_id: uuid.UUID, limit: int = 500) -> list[tuple[Comment, int, int]]:
    """Return the standing comments about an object that people marked: each with how many see it so too, and how many
    ask for an answer, these first; the caller has found the object for somebody.
    """

    def pressed(kind: ReactionKind) -> Count:
        return Count("reactions", filter=Q(reactions__kind=kind))

    rows = Comment.objects.filter(
        thread__subject_kind=kind, thread__subject_id=subject_id, withdrawn_at__isnull=True, hidden_at__isnull=True
    )
    marked = rows.annotate(agree=pressed(ReactionKind.AGREE), asks=pressed(ReactionKind.PLEASE_ANSWER))
    found = marked.filter(Q(agree__gt=0) | Q(asks__gt=0)).select_related("author").order_by("-asks", "-agree", "number")
    return [(row, row.agree, row.asks) for row in found[:limit]]
