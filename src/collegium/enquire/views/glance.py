"""Two icons a measure: of an enquiry, and of a unit."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from collegium.enquire import policies
from collegium.enquire.presenters import glance
from collegium.enquire.views.frame import EnquiryRequest, of_enquiry
from collegium.people.views.frame import PlaceRequest, of_unit
from collegium.talk.views.threads import read_page

TEMPLATE = "enquire/glance.html"


@require_safe
@of_enquiry()
def enquiry_glance(request: EnquiryRequest) -> HttpResponse:
    """Show the icons of an enquiry."""
    return render(request, TEMPLATE, {"page": glance.present_enquiry(request.actor, request.found)})


@require_safe
@of_unit(policies.check_can_view_enquiries)
def unit_glance(request: PlaceRequest) -> HttpResponse:
    """Show the icons of all enquiries that run in a unit."""
    return render(request, TEMPLATE, {"page": glance.present_unit(request.actor, request.place, read_page(request))})
