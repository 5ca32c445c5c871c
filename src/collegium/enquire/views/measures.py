"""What an enquiry measures: the page of a measure, entering a number, freezing a baseline."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.base import time
from collegium.enquire.forms.measures import BaselineForm, MeasureForm, PointForm
from collegium.enquire.presenters import frame
from collegium.enquire.presenters import measures as presenter
from collegium.enquire.queries import measures as queries
from collegium.enquire.queries.enquiries import get_enquiry_to_work_on
from collegium.enquire.services import measures as services
from collegium.enquire.services import points
from collegium.enquire.services.points import Entry
from collegium.enquire.views.frame import EnquiryRequest, of_enquiry
from collegium.people.views.frame import answer_form, get_or_post, sent
from collegium.talk.views.threads import read_page


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def measure_add(request: EnquiryRequest) -> HttpResponse:
    """Say what is measured."""
    found, form = request.found, MeasureForm(sent(request))

    def act(_cleaned: dict[str, Any]) -> str:
        added = services.add_measure(
            actor=request.actor, enquiry=found.enquiry, standing=found.standing, defined=form.defined()
        )
        return frame.address_of(found.enquiry, "measure", added.id)

    page = frame.form_of_enquiry(
        found,
        heading=_("Add a measure"),
        lede=_("Something that you can count every week, and that would change if this worked."),
        submit=_("Add it"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("Enter the first number."))


@require_safe
@of_enquiry()
def measure(request: EnquiryRequest, measure_id: uuid.UUID) -> HttpResponse:
    """Show a measure with its charts."""
    page = presenter.present_measure(request.actor, request.found, measure_id, read_page(request))
    return render(request, "enquire/measure.html", {"page": page})


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def point_add(request: EnquiryRequest, measure_id: uuid.UUID) -> HttpResponse:
    """Enter or correct a number."""
    found = request.found
    measured = queries.get_measured(found.enquiry, measure_id)
    row = measured.measure
    form = PointForm(sent(request), measure=row, segments=measured.segments, initial={"on": time.today()})

    def act(cleaned: dict[str, Any]) -> str:
        entry = Entry(**cleaned)
        points.record(actor=request.actor, enquiry=found.enquiry, standing=found.standing, entries=[entry])
        return frame.address_of(found.enquiry, "measure", row.id)

    page = frame.form_of_enquiry(
        found,
        heading=_("Enter a number"),
        lede=row.title,
        submit=_("Keep it"),
        back_url=frame.address_of(found.enquiry, "measure", row.id),
        back_title=row.title,
    )
    return answer_form(request, form=form, page=page, act=act, done=_("It is kept, and the chart shows it."))


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def measure_baseline(request: EnquiryRequest, measure_id: uuid.UUID) -> HttpResponse:
    """Say on how many points the lines rest."""
    found = request.found
    row = queries.get_measured(found.enquiry, measure_id).measure
    url = frame.address_of(found.enquiry, "measure", row.id)

    def act(cleaned: dict[str, Any]) -> str:
        services.set_baseline(
            actor=request.actor, enquiry=found.enquiry, standing=found.standing, measure=row, **cleaned
        )
        return url

    page = frame.form_of_enquiry(
        found,
        heading=_("Freeze the baseline"),
        lede=_("The lines then stay where they are, whatever comes. Only you and your team move them."),
        submit=_("Freeze it"),
        back_url=url,
        back_title=row.title,
    )
    form = BaselineForm(sent(request), initial={"points": row.baseline_points or 12})
    return answer_form(request, form=form, page=page, act=act, done=_("The lines rest on what you said."))
