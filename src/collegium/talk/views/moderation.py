"""Keeping order in conversations."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.people.views.frame import ActorRequest, answer_form, get_or_post, sent, signed_in
from collegium.talk import policies
from collegium.talk.forms.writing import AppealAnswerForm, AppealForm, ReasonForm
from collegium.talk.presenters import writing as presenter
from collegium.talk.queries import threads
from collegium.talk.services import moderation


@get_or_post
@signed_in
def hide(request: ActorRequest, comment_id: uuid.UUID) -> HttpResponse:
    """Take a comment out, with a reason."""
    found = threads.get_comment_for(request.actor, comment_id)
    policies.check_can_moderate(request.actor, found.subject)
    request.place = found.subject.place  # type: ignore[attr-defined]

    def act(cleaned: dict[str, Any]) -> str:
        moderation.hide_comment(actor=request.actor, subject=found.subject, comment=found.comment, **cleaned)
        return found.subject.url

    page = presenter.present_hiding(found)
    return answer_form(request, form=ReasonForm(sent(request)), page=page, act=act, done=_("It is taken out."))


@get_or_post
@signed_in
def appeal(request: ActorRequest, comment_id: uuid.UUID) -> HttpResponse:
    """Ask for another look at a comment of one's own that was taken out."""
    found = threads.get_own_comment_for(request.actor, comment_id)
    request.place = found.subject.place  # type: ignore[attr-defined]

    def act(cleaned: dict[str, Any]) -> str:
        moderation.appeal(actor=request.actor, subject=found.subject, comment=found.comment, **cleaned)
        return reverse("talk:comment", args=[comment_id])

    page = presenter.around(
        found,
        heading=_("Ask for another look"),
        lede=_("Your comment was taken out: %(reason)s") % {"reason": found.comment.hidden_because},
        submit=_("Ask for it"),
    )
    return answer_form(
        request, form=AppealForm(sent(request)), page=page, act=act, done=_("Somebody else looks again.")
    )


@get_or_post
@signed_in
def appeal_answer(request: ActorRequest, comment_id: uuid.UUID) -> HttpResponse:
    """Look again at a comment that another has taken out."""
    found = threads.get_comment_for(request.actor, comment_id)
    policies.check_can_answer_appeal(request.actor, found.subject, found.comment.hidden_by_id)
    request.place = found.subject.place  # type: ignore[attr-defined]

    def act(cleaned: dict[str, Any]) -> str:
        restore = cleaned["restore"] == "yes"
        moderation.answer_appeal(
            actor=request.actor, subject=found.subject, comment=found.comment, restore=restore, answer=cleaned["answer"]
        )
        return reverse("talk:comment", args=[comment_id])

    page = presenter.present_looking_again(found)
    return answer_form(
        request, form=AppealAnswerForm(sent(request)), page=page, act=act, done=_("Your answer is there.")
    )
