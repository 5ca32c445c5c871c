"""Reading conversations."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from collegium.people.views.frame import ActorRequest, signed_in
from collegium.talk import subjects
from collegium.talk.forms.writing import CommentForm
from collegium.talk.presenters import threads as presenter
from collegium.talk.queries import threads


def read_page(request: HttpRequest) -> int:
    """Return the part of a conversation that the address asks for; anything that is no number is the first."""
    text = request.GET.get("page", "1")
    return int(text) if text.isdecimal() and len(text) < 7 else 1


@require_safe
@signed_in
def thread(request: ActorRequest, kind: str, subject_id: uuid.UUID) -> HttpResponse:
    """Show a part of a conversation by itself."""
    subject = subjects.get_subject_for(request.actor, kind, subject_id)
    request.place = subject.place  # type: ignore[attr-defined]
    page = presenter.present_talk(request.actor, subject, read_page(request))
    return render(request, "talk/thread.html", {"page": page, "talk": page, "comment_form": CommentForm()})


@require_safe
@signed_in
def comment(request: ActorRequest, comment_id: uuid.UUID) -> HttpResponse:
    """Show one comment with all its replies, a part at a time."""
    found = threads.get_comment_for(request.actor, comment_id)
    request.place = found.subject.place  # type: ignore[attr-defined]
    page = presenter.present_comment(request.actor, found, read_page(request))
    return render(request, "talk/thread.html", {"page": page, "talk": page, "comment_form": CommentForm()})


@require_safe
@signed_in
def history(request: ActorRequest, comment_id: uuid.UUID) -> HttpResponse:
    """Show how a comment read before it was changed."""
    found = threads.get_history_for(request.actor, comment_id)
    request.place = found.found.subject.place  # type: ignore[attr-defined]
    return render(request, "talk/history.html", {"page": presenter.present_history(found)})


@require_safe
@signed_in
def attachment(request: ActorRequest, attachment_id: uuid.UUID) -> HttpResponse:
    """Hand out a file: to be kept, never to be opened inside a page of ours."""
    kept = threads.get_attachment_for(request.actor, attachment_id)
    headers = {"Content-Disposition": content_disposition_header(True, kept.name) or "attachment"}
    return HttpResponse(bytes(kept.content), content_type=kept.media_type, headers=headers)
