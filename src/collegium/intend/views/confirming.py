"""Check-ins, and asking whether a promise was kept."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.intend import promise_policies as policies
from collegium.intend.forms import promises as forms
from collegium.intend.presenters import confirming as presenter
from collegium.intend.queries import promises as queries
from collegium.intend.queries import rounds
from collegium.intend.services import checking, confirming
from collegium.intend.views.frame import PromiseRequest, of_promise
from collegium.people.views.frame import ActorRequest, answer_form, get_or_post, sent, signed_in


@get_or_post
@of_promise
def promise_check_in(request: PromiseRequest) -> HttpResponse:
    """Say how a promise goes."""
    found = request.found
    policies.check_can_carry(request.actor, found.carriers.ids)
    question = presenter.choose_question(found.promise, request.GET.get("question", ""))
    form = forms.CheckInForm(sent(request), question=question)

    def act(cleaned: dict[str, Any]) -> str:
        checking.check_in(actor=request.actor, promise=found.promise, **cleaned)
        return page.back_url

    page = presenter.around_check_in(found, question)
    return answer_form(request, form=form, page=page, act=act, done=_("Thank you. That was it."))


@get_or_post
@of_promise
def promise_ask(request: PromiseRequest) -> HttpResponse:
    """Ask those a promise was made to whether it was kept."""
    found = request.found
    policies.check_can_carry(request.actor, found.carriers.ids)

    def act(cleaned: dict[str, Any]) -> str:
        confirming.ask_whether_kept(actor=request.actor, promise=found.promise, **cleaned)
        return page.back_url

    page = presenter.around_asking(found, len(queries.list_confirmers(found.promise, found.carriers)))
    return answer_form(request, form=forms.AskForm(sent(request)), page=page, act=act, done=_("They are asked now."))


@get_or_post
@signed_in
def promise_confirm(request: ActorRequest, promise_id: uuid.UUID) -> HttpResponse:
    """Say how one sees a promise that was made to one."""
    asked = rounds.get_own(request.actor, promise_id)

    def act(cleaned: dict[str, Any]) -> str:
        confirming.answer(actor=request.actor, confirmation=asked, **cleaned)
        return reverse("people:my_part")

    page = presenter.around_confirming(asked)
    form = forms.ConfirmForm(sent(request))
    return answer_form(request, form=form, page=page, act=act, done=_("Thank you. It was added to the others."))
