"""Pages about a unit."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from collegium.people import policies
from collegium.people.forms import filters
from collegium.people.presenters.home import present_home
from collegium.people.presenters.organisation import present_organisation
from collegium.people.presenters.over_time import present_over_time
from collegium.people.presenters.roles import present_roles
from collegium.people.presenters.staff import present_staff
from collegium.people.presenters.units import present_unit_list
from collegium.people.views.frame import ActorRequest, PlaceRequest, of_unit, read_as_of, signed_in


@require_safe
@signed_in
def unit_list(request: ActorRequest) -> HttpResponse:
    """List the units of the community."""
    narrow = filters.UnitFilter(request.GET)
    page = present_unit_list(
        request.actor,
        read_as_of(request),
        text=narrow.value("q"),
        kind=narrow.value("kind"),
        page=request.GET.get("page", ""),
    )
    return render(request, "people/unit_list.html", {"page": page, "filter": narrow})


@require_safe
@of_unit(policies.check_can_view_unit)
def unit_home(request: PlaceRequest) -> HttpResponse:
    """Show the whole of a unit at a glance."""
    return render(request, "people/unit_home.html", {"page": present_home(request.actor, request.place)})


@require_safe
@of_unit(policies.check_can_view_people)
def unit_people(request: PlaceRequest) -> HttpResponse:
    """Show who works in a unit, or the units it is made of."""
    narrow = filters.StaffFilter(request.GET)
    page = present_staff(
        request.actor,
        request.place,
        text=narrow.value("q"),
        level=narrow.value("level"),
        itself=request.GET.get("show") == "itself",
        page=request.GET.get("page", ""),
    )
    shown = narrow if page.shows_people else filters.ContainedFilter(request.GET)
    return render(request, "people/unit_people.html", {"page": page, "filter": shown})


@require_safe
@of_unit(policies.check_can_view_people)
def unit_over_time(request: PlaceRequest) -> HttpResponse:
    """Show how the staff of a unit changes."""
    return render(request, "people/unit_over_time.html", {"page": present_over_time(request.actor, request.place)})


@require_safe
@of_unit(policies.check_can_view_unit)
def unit_organisation(request: PlaceRequest) -> HttpResponse:
    """Show what a unit is part of and made of."""
    page = present_organisation(request.actor, request.place)
    return render(request, "people/unit_organisation.html", {"page": page})


@require_safe
@of_unit(policies.check_can_view_people)
def unit_roles(request: PlaceRequest) -> HttpResponse:
    """Show who looks after a unit."""
    return render(request, "people/unit_roles.html", {"page": present_roles(request.actor, request.place)})
