"""Conversations on a page: one frozen dataclass that any room's page can hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from collegium.people.actors import Actor
from collegium.talk import policies
from collegium.talk.enums import ReactionKind
from collegium.talk.models import Attachment, Comment
from collegium.talk.queries import threads
from collegium.talk.queries.threads import Found, History, Part
from collegium.talk.subjects import Subject

QUOTE_LENGTH = 280


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionView:
    """A button under a comment: how many have pressed it, and whether the reader has."""

    kind: str
    label: str
    count: int
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file that came with a comment."""

    name: str
    size: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentView:
    """A comment as a page shows it. `gone` says in words why there is nothing to read."""

    anchor: str
    number: int
    author: str
    written_at: dt.datetime
    text: str
    gone: str
    hidden_note: str
    quoted_author: str
    quoted_text: str
    is_edited: bool
    reactions: tuple[ReactionView, ...]
    can_react: bool
    files: tuple[FileView, ...]
    url: str
    react_url: str
    reply_url: str
    quote_url: str
    edit_url: str
    withdraw_url: str
    history_url: str
    hide_url: str
    appeal_url: str
    appeal_answer_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A comment with the replies that are shown under it."""

    comment: CommentView
    replies: tuple[CommentView, ...]
    more_replies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A part of a conversation, for any page."""

    title: str
    subject_title: str
    subject_url: str
    url: str
    write_url: str
    total: int
    lines: tuple[Line, ...]
    appeals: tuple[CommentView, ...]
    page: Page[int] | None
    reply_url: str = ""


def present_talk(actor: Actor, subject: Subject, page: int = 1) -> Talk:
    """Return a page of the conversation about an object that was found for the actor."""
    part = threads.get_part_for(actor, subject, page)
    appeals = threads.list_appeals_for(actor, subject)
    return Talk(
        title=_("Conversation"),
        subject_title=subject.title,
        subject_url=subject.url,
        url=reverse("talk:thread", args=[subject.kind, subject.id]),
        write_url=_write_url(subject) if policies.can_post(actor, subject) else "",
        total=part.total,
        lines=tuple(_line(actor, subject, comment, part, threads.REPLIES_SHOWN) for comment in part.comments),
        appeals=tuple(_comment(actor, subject, comment, part) for comment in appeals),
        page=_page_of(part, threads.PAGE),
    )


def present_comment(actor: Actor, found: Found, page: int = 1) -> Talk:
    """Return one comment with a page of its replies."""
    subject = found.subject
    part = threads.get_replies_for(actor, found.comment, page)
    can_post = policies.can_post(actor, subject)
    return Talk(
        title=_("Comment %(number)s") % {"number": found.comment.number},
        subject_title=subject.title,
        subject_url=subject.url,
        url=reverse("talk:thread", args=[subject.kind, subject.id]),
        write_url=_write_url(subject) if can_post else "",
        total=part.total,
        lines=(_line(actor, subject, found.comment, part, threads.REPLIES_PAGE),),
        appeals=(),
        page=_page_of(part, threads.REPLIES_PAGE),
        reply_url=_write_url(subject, to=found.comment) if can_post and _stands(found.comment) else "",
    )


def _page_of(part: Part, size: int) -> Page[int] | None:
    """Where one is among the parts; the house's own tag draws it."""
    return Paginator(range(part.paged), size).page(part.page) if part.paged > size else None


def _write_url(subject: Subject, **about: Comment) -> str:
    query = "&".join(f"{key}={comment.id}" for key, comment in about.items())
    return reverse("talk:write", args=[subject.kind, subject.id]) + (f"?{query}" if query else "")


def _stands(comment: Comment) -> bool:
    return comment.withdrawn_at is None and comment.hidden_at is None


def _line(actor: Actor, subject: Subject, comment: Comment, part: Part, shown: int) -> Line:
    replies = part.replies.get(comment.id, [])
    is_whole = shown == threads.REPLIES_PAGE
    return Line(
        comment=_comment(actor, subject, comment, part),
        replies=tuple(_comment(actor, subject, reply, part) for reply in replies),
        more_replies=0 if is_whole else part.reply_counts.get(comment.id, 0) - len(replies),
    )


def name_of(comment: Comment) -> str:
    """Return who wrote a comment, in words where the name has been erased."""
    return (comment.author.full_name if comment.author else "") or _("Somebody whose details have been erased")


def _comment(actor: Actor, subject: Subject, comment: Comment, part: Part) -> CommentView:
    reads = threads.can_read(actor, subject, comment)
    stands = _stands(comment)
    is_own = stands and policies.can_change(actor, subject, comment.author_id)
    can_post = stands and policies.can_post(actor, subject)
    moderates = policies.can_moderate(actor, subject)
    waits = comment.hidden_at is not None and comment.appealed_at is not None and comment.appeal_answered_at is None
    may_appeal = comment.hidden_at is not None and comment.appealed_at is None
    judges = waits and policies.can_answer_appeal(actor, subject, comment.hidden_by_id)
    address = _Addresses(comment)
    return CommentView(
        anchor=f"c{comment.number}",
        number=comment.number,
        author=name_of(comment),
        written_at=comment.written_at,
        text=comment.text if reads else "",
        gone=_say_gone(comment),
        hidden_note=_note(comment) if comment.hidden_at and reads else "",
        quoted_author=name_of(comment.quoted) if comment.quoted and stands else "",
        quoted_text=_quote(comment) if stands else "",
        is_edited=comment.edited_at is not None and reads,
        reactions=_reactions(comment, part) if stands else (),
        can_react=can_post,
        files=_files(part.attachments.get(comment.id, ())) if reads else (),
        url=address.of("comment"),
        react_url=address.of("react", can_post),
        reply_url=_write_url(subject, to=comment) if can_post else "",
        quote_url=_write_url(subject, to=comment, quote=comment) if can_post else "",
        edit_url=address.of("edit", is_own),
        withdraw_url=address.of("withdraw", is_own),
        history_url=address.of("history", comment.edited_at is not None and reads),
        hide_url=address.of("hide", stands and moderates),
        appeal_url=address.of("appeal", may_appeal and policies.can_appeal(actor, comment.author_id)),
        appeal_answer_url=address.of("appeal_answer", judges),
    )


@dataclass(frozen=True, slots=True)
class _Addresses:
    comment: Comment

    def of(self, name: str, is_open: bool = True) -> str:
        return reverse(f"talk:{name}", args=[self.comment.id]) if is_open else ""


def _say_gone(comment: Comment) -> str:
    if comment.withdrawn_at is not None:
        return _("Withdrawn by whoever wrote it.")
    if comment.hidden_at is not None:
        return _("Taken out by those who keep order here: %(reason)s") % {"reason": comment.hidden_because}
    return ""


def _note(comment: Comment) -> str:
    if comment.appeal_answered_at is not None:
        return _("It was looked at again and stays out: %(answer)s") % {"answer": comment.appeal_answer}
    if comment.appealed_at is not None:
        return _("Another look was asked for: %(text)s") % {"text": comment.appeal}
    return _("Only whoever wrote it and those who keep order here still read it.")


def _quote(comment: Comment) -> str:
    if comment.quoted is None:
        return ""
    if not _stands(comment.quoted):
        return _("(withdrawn or taken out)")
    return Truncator(" ".join(comment.quoted.text.split())).chars(QUOTE_LENGTH)


def _reactions(comment: Comment, part: Part) -> tuple[ReactionView, ...]:
    counts = part.reactions.get(comment.id, {})
    return tuple(
        ReactionView(
            kind=kind.value,
            label=str(kind.label),
            count=counts.get(kind.value, 0),
            is_own=(comment.id, kind.value) in part.own_reactions,
        )
        for kind in ReactionKind
    )


def _files(attachments: tuple[Attachment, ...] | list[Attachment]) -> tuple[FileView, ...]:
    return tuple(
        FileView(name=each.name, size=filesizeformat(each.size), url=reverse("talk:attachment", args=[each.id]))
        for each in attachments
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How a comment read, from when."""

    text: str
    written_at: dt.datetime
    is_now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """The wordings of a comment, the latest first."""

    author: str
    subject_title: str
    subject_url: str
    comment_url: str
    wordings: tuple[Wording, ...]


def present_history(history: History) -> HistoryPage:
    """Return the page of what a comment said before."""
    comment, subject = history.found.comment, history.found.subject
    now = Wording(text=comment.text, written_at=comment.edited_at or comment.written_at, is_now=True)
    before = [Wording(text=row.text, written_at=row.written_at, is_now=False) for row in reversed(history.versions)]
    return HistoryPage(
        author=name_of(comment),
        subject_title=subject.title,
        subject_url=subject.url,
        comment_url=reverse("talk:comment", args=[comment.id]),
        wordings=(now, *before),
    )
