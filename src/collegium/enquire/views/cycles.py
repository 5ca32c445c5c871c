"""The cycles of an enquiry: planning one, changing the plan, studying what came of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from collegium.enquire.enums import Decision
from collegium.enquire.forms.cycles import CycleForm, StudyForm
from collegium.enquire.presenters import frame
from collegium.enquire.queries import cycles as queries
from collegium.enquire.queries.enquiries import get_enquiry_to_work_on
from collegium.enquire.services import cycles as services
from collegium.enquire.views.frame import EnquiryRequest, of_enquiry
from collegium.people.views.frame import answer_form, get_or_post, sent


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def cycle_add(request: EnquiryRequest) -> HttpResponse:
    """Plan the next cycle."""
    found = request.found

    def act(cleaned: dict[str, Any]) -> str:
        services.begin(actor=request.actor, enquiry=found.enquiry, standing=found.standing, **cleaned)
        return f"{frame.address_of(found.enquiry)}#cycles"

    page = frame.form_of_enquiry(
        found,
        heading=_("Plan a cycle"),
        lede=_("Try something small, and say beforehand what you expect: only then can it surprise you."),
        submit=_("Begin it"),
    )
    return answer_form(request, form=CycleForm(sent(request)), page=page, act=act, done=_("It has begun."))


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def cycle_change(request: EnquiryRequest, cycle_id: uuid.UUID) -> HttpResponse:
    """Change what is planned and predicted, as long as no number has come in."""
    found = request.found
    cycle = queries.get_cycle(found.enquiry, cycle_id)

    def act(cleaned: dict[str, Any]) -> str:
        services.change(actor=request.actor, enquiry=found.enquiry, standing=found.standing, cycle=cycle, **cleaned)
        return f"{frame.address_of(found.enquiry)}#cycles"

    form = CycleForm(sent(request), initial={"plan": cycle.plan, "prediction": cycle.prediction})
    page = frame.form_of_enquiry(
        found,
        heading=_("Change the plan"),
        lede=_("Once a number is entered, what you expected stays as it is."),
        submit=_("Change it"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("It is changed."))


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def cycle_study(request: EnquiryRequest, cycle_id: uuid.UUID) -> HttpResponse:
    """Say what came of a cycle."""
    found = request.found
    cycle = queries.get_cycle(found.enquiry, cycle_id)

    def act(cleaned: dict[str, Any]) -> str:
        studied = services.Studied(decision=Decision(cleaned.pop("decision")), **cleaned)
        services.study(
            actor=request.actor, enquiry=found.enquiry, standing=found.standing, cycle=cycle, studied=studied
        )
        return f"{frame.address_of(found.enquiry)}#cycles"

    page = frame.form_of_enquiry(
        found,
        heading=_("Study this cycle"),
        lede=_("You expected: %(prediction)s") % {"prediction": cycle.prediction},
        submit=_("Keep it"),
    )
    done = _("It is kept. If you go on, plan the next cycle.")
    return answer_form(request, form=StudyForm(sent(request)), page=page, act=act, done=done)
