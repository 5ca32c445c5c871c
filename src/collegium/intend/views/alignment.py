"""How the intents of schools stand to those above them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from collegium.intend import policies
from collegium.intend.presenters.alignment import present_alignment
from collegium.people.views.frame import PlaceRequest, of_unit


@require_safe
@of_unit(policies.check_can_view_line)
def alignment(request: PlaceRequest) -> HttpResponse:
    """Show units beside the intents above them."""
    return render(request, "intend/alignment.html", {"page": present_alignment(request.actor, request.place)})
