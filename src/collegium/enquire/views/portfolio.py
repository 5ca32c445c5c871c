"""All enquiries of a unit at once; how far each is, and what would help it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.enquire import policies
from collegium.enquire.forms.portfolio import HelpForm, ProgressForm
from collegium.enquire.presenters import frame, lists
from collegium.enquire.queries.enquiries import get_enquiry_to_work_on
from collegium.enquire.services import progress as services
from collegium.enquire.views.frame import EnquiryRequest, of_enquiry
from collegium.people.views.frame import PlaceRequest, answer_form, get_or_post, of_unit, sent
from collegium.talk.views.threads import read_page


@require_safe
@of_unit(policies.check_can_view_enquiries)
def unit_enquire(request: PlaceRequest) -> HttpResponse:
    """Show what a unit finds out."""
    form = lists.make_filter(request.actor, request.place, request.GET)
    page = lists.present_unit(request.actor, request.place, read_page(request), form.wanted())
    return render(request, "enquire/unit.html", {"page": page, "filter": form})


@require_safe
@of_unit(policies.check_can_view_enquiries)
def unit_report(request: PlaceRequest) -> HttpResponse:
    """Show all enquiries of a unit on one page to print."""
    return render(request, "enquire/report.html", {"page": lists.present_report(request.actor, request.place)})


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def progress_set(request: EnquiryRequest) -> HttpResponse:
    """Say how far an enquiry is."""
    found, row = request.found, request.found.enquiry

    def act(cleaned: dict[str, Any]) -> str:
        services.set_progress(actor=request.actor, enquiry=row, standing=found.standing, **cleaned)
        return f"{frame.address_of(row)}#progress"

    form = ProgressForm(sent(request), initial={"half_steps": row.progress or None, "why": row.progress_why})
    page = frame.form_of_enquiry(
        found,
        heading=_("How far is it?"),
        lede=_("You say it; the page shows beside it what can be seen. Each step holds only with those before it."),
        submit=_("Keep it"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("It is kept."))


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def help_ask(request: EnquiryRequest) -> HttpResponse:
    """Say that an enquiry is stuck, and what would help."""
    found, row = request.found, request.found.enquiry

    def act(cleaned: dict[str, Any]) -> str:
        services.ask_for_help(actor=request.actor, enquiry=row, standing=found.standing, **cleaned)
        return f"{frame.address_of(row)}#progress"

    page = frame.form_of_enquiry(
        found,
        heading=_("Ask for help"),
        lede=_("Everybody who sees the enquiries of your unit sees it, and your page shows who works on the same."),
        submit=_("Keep it"),
    )
    form = HelpForm(sent(request), initial={"wanted": row.help_wanted})
    return answer_form(request, form=form, page=page, act=act, done=_("It is kept."))
