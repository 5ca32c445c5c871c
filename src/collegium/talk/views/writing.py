"""Writing in conversations."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collegium.base.errors import Invalid
from collegium.people.forms.changes import ConfirmForm
from collegium.people.presenters.forms import FormPage
from collegium.people.views.frame import ActorRequest, answer_form, get_or_post, sent, signed_in
from collegium.talk import policies, subjects
from collegium.talk.enums import ReactionKind
from collegium.talk.forms.writing import ChangeForm, CommentForm, ReactionForm
from collegium.talk.presenters import writing as presenter
from collegium.talk.queries import own, threads
from collegium.talk.services import comments


def _read_id(request: HttpRequest, name: str) -> uuid.UUID | None:
    """Return the comment that the address names, or None; made-up ids are found nowhere."""
    try:
        return uuid.UUID(request.GET.get(name, ""))
    except ValueError:
        return None


@get_or_post
@signed_in
def write(request: ActorRequest, kind: str, subject_id: uuid.UUID) -> HttpResponse:
    """Write a comment, a reply (`?to=`), or a reply with a quotation (`&quote=`)."""
    subject = subjects.get_subject_for(request.actor, kind, subject_id)
    policies.check_can_post(request.actor, subject)
    request.place = subject.place  # type: ignore[attr-defined]
    under, quoted = _read_id(request, "to"), _read_id(request, "quote")

    def act(cleaned: dict[str, Any]) -> str:
        written = comments.write_comment(
            actor=request.actor, subject=subject, under_id=under, quoted_id=quoted, **cleaned
        )
        return presenter.address_of(subject, written)

    form = CommentForm(sent(request), request.FILES if request.method == "POST" else None)
    page = presenter.present_writing(request.actor, subject, under)
    return answer_form(request, form=form, page=page, act=act, done=_("It is there now."))


@get_or_post
@signed_in
def edit(request: ActorRequest, comment_id: uuid.UUID) -> HttpResponse:
    """Change what one wrote."""
    found = threads.get_comment_for(request.actor, comment_id)
    policies.check_can_change(request.actor, found.subject, found.comment.author_id)
    request.place = found.subject.place  # type: ignore[attr-defined]

    def act(cleaned: dict[str, Any]) -> str:
        comments.change_comment(actor=request.actor, subject=found.subject, comment=found.comment, **cleaned)
        return reverse("talk:comment", args=[comment_id])

    form = ChangeForm(sent(request), initial={"text": found.comment.text})
    page = presenter.around(
        found,
        heading=_("Change your comment"),
        lede=_("How it read before stays for everybody to see."),
        submit=_("Change it"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("It is changed."))


@get_or_post
@signed_in
def withdraw(request: ActorRequest, comment_id: uuid.UUID) -> HttpResponse:
    """Withdraw what one wrote."""
    found = threads.get_comment_for(request.actor, comment_id)
    policies.check_can_change(request.actor, found.subject, found.comment.author_id)
    request.place = found.subject.place  # type: ignore[attr-defined]

    def act(_cleaned: dict[str, Any]) -> str:
        comments.withdraw_comment(actor=request.actor, subject=found.subject, comment=found.comment)
        return found.subject.url

    page: FormPage = presenter.present_withdrawing(found)
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It is withdrawn."))


@require_POST
@signed_in
def react(request: ActorRequest, comment_id: uuid.UUID) -> HttpResponse:
    """Press a button under a comment, or take it back."""
    found = threads.get_comment_for(request.actor, comment_id)
    policies.check_can_post(request.actor, found.subject)
    form = ReactionForm(request.POST)
    if not form.is_valid():
        raise Invalid
    kind, _colon, is_on = form.cleaned_data["press"].partition(":")
    comments.react(
        actor=request.actor,
        subject=found.subject,
        comment=found.comment,
        kind=ReactionKind(kind),
        is_on=is_on == "yes",
    )
    return HttpResponseRedirect(presenter.back_to(found, request.POST.get("from", "")))


@require_POST
@signed_in
def mention_seen(request: ActorRequest, mention_id: uuid.UUID) -> HttpResponse:
    """Say that one has seen where one is mentioned."""
    comments.see_mention(actor=request.actor, mention=own.get_mention(request.actor, mention_id))
    messages.success(request, _("It waits for you no more."))
    return redirect("people:my_part")
