"""What a wave says: the page of a unit, its map, the same in words, what rests on whom, what if."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from collegium.connect import policies
from collegium.connect.errors import NotFound
from collegium.connect.presenters.web_leaving import present_leaving
from collegium.connect.presenters.web_map import draw_for
from collegium.connect.presenters.web_overview import present_nothing, present_web
from collegium.connect.presenters.web_pages import present_map, present_words
from collegium.connect.presenters.web_scenario import present_scenario
from collegium.connect.queries import analyses
from collegium.connect.reporting.svg import LETTERS, write_svg
from collegium.people import policies as people
from collegium.people.views.frame import PlaceRequest, of_unit

SVG = "image/svg+xml; charset=utf-8"
SMALL_LETTERS = 420  # on a picture the size of a hand


@require_safe
@of_unit(people.check_can_view_unit)
def unit_connect(request: PlaceRequest) -> HttpResponse:
    """Show what the latest wave says of a unit, or what will be here."""
    policies.check_can_view_waves(request.actor, request.place)
    analysis = analyses.find_latest_for(request.actor, request.place)
    if analysis is None:
        page = present_nothing(request.actor, request.place)
        return render(request, "connect/web_nothing.html", {"page": page})
    waves = analyses.list_waves_for(request.actor, request.place)
    web = present_web(request.actor, analysis, waves, request.GET.get("layer", ""))
    return render(request, "connect/web.html", {"page": web})


@require_safe
@of_unit(policies.check_can_view_waves)
def web(request: PlaceRequest, wave_id: uuid.UUID) -> HttpResponse:
    """Show what one wave says of a unit."""
    analysis = analyses.get_analysis_for(request.actor, request.place, wave_id)
    waves = analyses.list_waves_for(request.actor, request.place)
    page = present_web(request.actor, analysis, waves, request.GET.get("layer", ""))
    return render(request, "connect/web.html", {"page": page})


@require_safe
@of_unit(policies.check_can_view_waves)
def web_map(request: PlaceRequest, wave_id: uuid.UUID) -> HttpResponse:
    """Show the map by itself, with everything that narrows it."""
    analysis = analyses.get_analysis_for(request.actor, request.place, wave_id)
    page = present_map(request.actor, analysis, request.GET)
    return render(request, "connect/web_map.html", {"page": page})


@require_safe
@of_unit(policies.check_can_view_waves)
def web_data(request: PlaceRequest, wave_id: uuid.UUID) -> HttpResponse:
    """Give the map as this reader may see it, for the drawing in the browser."""
    analysis = analyses.get_analysis_for(request.actor, request.place, wave_id)
    picture = draw_for(request.actor, analysis, groups=request.GET.get("by") == "groups")
    if picture is None:
        raise NotFound
    response = JsonResponse(picture.as_plain(), json_dumps_params={"separators": (",", ":")})
    response["Cache-Control"] = "private, no-store"  # it is this reader's and nobody else's
    return response


@require_safe
@of_unit(policies.check_can_view_waves)
def web_svg(request: PlaceRequest, wave_id: uuid.UUID) -> HttpResponse:
    """Give the map as a picture, for browsers without script, for paper and for files."""
    analysis = analyses.get_analysis_for(request.actor, request.place, wave_id)
    picture = draw_for(request.actor, analysis, groups=request.GET.get("by") == "groups")
    if picture is None:
        raise NotFound
    chosen = {name: request.GET.get(name, "") for name in ("layer", "team", "level")}
    letters = SMALL_LETTERS if request.GET.get("size") == "small" else LETTERS
    response = HttpResponse(write_svg(picture, **chosen, letters=letters), content_type=SVG)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@of_unit(policies.check_can_view_waves)
def web_words(request: PlaceRequest, wave_id: uuid.UUID) -> HttpResponse:
    """Say what the map shows: every group with its ties, and the table of groups by groups."""
    analysis = analyses.get_analysis_for(request.actor, request.place, wave_id)
    page = present_words(request.actor, analysis, request.GET.get("layer", ""))
    return render(request, "connect/web_words.html", {"page": page})


@require_safe
@of_unit(policies.check_can_name_posts)
def web_leaving(request: PlaceRequest, wave_id: uuid.UUID) -> HttpResponse:
    """Say to the unit's own stewards what would break if somebody left, and what to do before."""
    analysis = analyses.get_analysis_for(request.actor, request.place, wave_id)
    page = present_leaving(request.actor, analysis, request.GET.get("layer", ""))
    return render(request, "connect/web_leaving.html", {"page": page})


@require_safe
@of_unit(policies.check_can_name_posts)
def web_scenario(request: PlaceRequest, wave_id: uuid.UUID) -> HttpResponse:
    """Let the unit's own stewards ask what would come of it if some posts stood empty."""
    analysis = analyses.get_analysis_for(request.actor, request.place, wave_id)
    page = present_scenario(request.actor, analysis, request.GET.get("layer", ""), request.GET.getlist("post"))
    return render(request, "connect/web_scenario.html", {"page": page})
