"""What stands around the forms of a conversation."""

from __future__ import annotations

import uuid
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from collegium.people.actors import Actor
from collegium.people.presenters.forms import FormPage
from collegium.talk.models import Comment
from collegium.talk.presenters.threads import name_of
from collegium.talk.queries import threads
from collegium.talk.queries.threads import Found
from collegium.talk.subjects import Subject

EXCERPT = 160


def address_of(subject: Subject, comment: Comment) -> str:
    """Return where a comment can be read right after it was written."""
    if comment.under_id is not None:
        return reverse("talk:comment", args=[comment.under_id]) + f"#c{comment.number}"
    return f"{subject.url}#c{comment.number}"


def back_to(found: Found, whence: str) -> str:
    """Return the page on which a button was pressed, where it is one that shows the comment."""
    own = reverse("talk:comment", args=[found.comment.under_id or found.comment.id])
    thread = reverse("talk:thread", args=[found.subject.kind, found.subject.id])
    path = whence.partition("?")[0]
    target = whence if path in (own, thread, found.subject.url) else own
    return f"{target}#c{found.comment.number}"


def _of(subject: Subject, **texts: Any) -> FormPage:
    return FormPage(kicker=subject.place.name, back_url=subject.url, back_title=subject.title, **texts)


def around(found: Found, **texts: Any) -> FormPage:
    """Return what stands around a form about one comment."""
    return _of(found.subject, **texts)


def present_writing(actor: Actor, subject: Subject, under: uuid.UUID | None) -> FormPage:
    """Return what stands around the form for a comment or a reply."""
    if under is None:
        return _of(subject, heading=_("Write a comment"), lede=_("It stands under your name."), submit=_("Write it"))
    found = threads.get_comment_for(actor, under)
    said = excerpt_of(found.comment) if threads.can_read(actor, found.subject, found.comment) else ""
    return _of(
        subject,
        heading=_("Reply to %(name)s") % {"name": name_of(found.comment)},
        lede=said,
        submit=_("Reply"),
    )


def excerpt_of(comment: Comment) -> str:
    """Return the beginning of a comment on one line."""
    return Truncator(" ".join(comment.text.split())).chars(EXCERPT)


def present_withdrawing(found: Found) -> FormPage:
    """Return the question before a comment is withdrawn."""
    return around(
        found,
        heading=_("Withdraw your comment?"),
        lede=excerpt_of(found.comment),
        submit=_("Withdraw it"),
        is_danger=True,
        consequences=(
            _("Its words, its earlier wordings and its files are deleted. That cannot be undone."),
            _("Where it stood, everybody reads that you withdrew it. Replies to it stay."),
        ),
    )


def present_hiding(found: Found) -> FormPage:
    """Return the question before a comment is taken out."""
    return around(
        found,
        heading=_("Take this comment out?"),
        lede=_("%(name)s: %(text)s") % {"name": name_of(found.comment), "text": excerpt_of(found.comment)},
        submit=_("Take it out"),
        is_danger=True,
        consequences=(
            _("Where it stood, everybody reads that it was taken out, and your reason."),
            _("Whoever wrote it can ask for another look, which somebody other than you gives."),
        ),
    )


def present_looking_again(found: Found) -> FormPage:
    """Return what stands around another look at a comment."""
    comment = found.comment
    return around(
        found,
        heading=_("Look again at this comment"),
        lede=_("%(name)s wrote: %(text)s") % {"name": name_of(comment), "text": comment.text},
        submit=_("Answer"),
        consequences=(
            _("It was taken out because: %(reason)s") % {"reason": comment.hidden_because},
            _("Its writer says: %(appeal)s") % {"appeal": comment.appeal},
        ),
    )
