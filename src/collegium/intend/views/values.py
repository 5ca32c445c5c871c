"""Statements of values: reading, wording and signing them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.intend import policies
from collegium.intend.errors import Invalid, NotFound
from collegium.intend.forms.values import SignForm, StatementForm
from collegium.intend.presenters import values as presenter
from collegium.intend.presenters.wordings import TextFormPage, present_meanwhile
from collegium.intend.queries import values
from collegium.intend.services import values as services
from collegium.intend.views.mindscapes import load_circle
from collegium.intend.views.wording import answer_text
from collegium.people.views.frame import ActorRequest, PlaceRequest, get_or_post, of_unit, signed_in


@require_safe
@of_unit(policies.check_can_view_values)
def unit_values(request: PlaceRequest) -> HttpResponse:
    """Show what the people of a unit have signed together."""
    page = presenter.present_unit_values(request.actor, request.place)
    return render(request, "intend/unit_values.html", {"page": page})


@require_safe
@signed_in
def statement(request: ActorRequest, circle_id: uuid.UUID) -> HttpResponse:
    """Show the statement of a circle, its wordings and who signed which."""
    gathering = load_circle(request, circle_id)
    worded = values.read_statement(request.actor, gathering)
    if worded is None:
        raise NotFound
    page = presenter.present_statement(gathering, worded)
    return render(request, "intend/values_statement.html", {"page": page})


@get_or_post
@signed_in
def statement_word(request: ActorRequest, circle_id: uuid.UUID) -> HttpResponse:
    """Word the statement of a circle, first or anew; of two who do so at once, the second sees both texts."""
    gathering = load_circle(request, circle_id)
    found = values.find_statement(gathering.circle)
    initial = {"body": found.text.parts["body"], "from_version": found.text.version} if found else {"from_version": 0}

    def make_form(data: QueryDict | None) -> StatementForm:
        return StatementForm(data, initial=initial)

    def act(form: Any) -> str:
        services.word(actor=request.actor, gathering=gathering, **form.cleaned_data)
        return reverse("intend:values_statement", args=[circle_id])

    def read_meanwhile(from_version: int) -> Any:
        return present_meanwhile(request.actor, values.get_statement(gathering.circle).text, from_version)

    page = TextFormPage(
        **presenter.around(gathering, exists=found is not None),
        heading=_("Reword our statement") if found else _("Word a first draft"),
        lede=_("Everybody who signed an earlier wording is asked anew; what they signed stays on record.")
        if found
        else _("Everybody in the circle can reword it afterwards, so that it need not be perfect."),
        submit=_("Save the wording"),
    )
    done = _("It is saved. Sign it yourself if you stand by it.")
    return answer_text(request, make_form=make_form, page=page, act=act, done=done, read_meanwhile=read_meanwhile)


def _number(request: ActorRequest) -> int:
    form = SignForm(request.POST)
    if not form.is_valid():
        raise Invalid
    return int(form.cleaned_data["wording"])


@require_POST
@signed_in
def statement_sign(request: ActorRequest, circle_id: uuid.UUID) -> HttpResponse:
    """Sign the latest wording."""
    gathering = load_circle(request, circle_id)
    services.sign(actor=request.actor, gathering=gathering, number=_number(request))
    messages.success(request, _("You have signed it."))
    return redirect("intend:values_statement", circle_id)


@require_POST
@signed_in
def statement_take_name_off(request: ActorRequest, circle_id: uuid.UUID) -> HttpResponse:
    """Take one's own name off a wording."""
    gathering = load_circle(request, circle_id)
    services.take_name_off(actor=request.actor, gathering=gathering, number=_number(request))
    messages.success(request, _("Your name is off it."))
    return redirect("intend:values_statement", circle_id)
