"""Where a visit begins: the door for those outside, one's own unit for those inside."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from collegium.people.errors import NotFound
from collegium.people.middleware import PERSON_KEY
from collegium.people.presenters import persons
from collegium.people.queries import units
from collegium.people.views.frame import ActorRequest, signed_in


@require_safe
def home(request: Any) -> HttpResponse:
    """Show the door, or go to the unit that is closest to the person."""
    if not request.user.is_authenticated:
        return render(request, "people/landing.html")
    if request.actor is None:
        return render(request, "people/no_community.html")
    slug = units.get_home_slug(request.actor)
    if slug is None:
        return render(request, "people/no_unit.html")
    return redirect("people:unit_home", slug)


@require_POST
@signed_in
def switch_community(request: ActorRequest) -> HttpResponse:
    """Go on as the person one is in another community."""
    chosen = request.POST.get("person", "")
    if chosen not in {choice.person_id for choice in persons.list_communities(request.actor)}:
        raise NotFound
    request.session[PERSON_KEY] = chosen
    return redirect("people:home")
