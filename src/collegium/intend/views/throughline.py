"""The throughline: the picture, the table, and the plain points on it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.intend import line_files, policies
from collegium.intend.enums import POINT_KINDS
from collegium.intend.errors import NotFound
from collegium.intend.forms.points import PointForm, PointKindForm
from collegium.intend.presenters import line_exports
from collegium.intend.presenters import throughline as presenter
from collegium.intend.presenters.points import present_point
from collegium.intend.presenters.throughline import Asked
from collegium.intend.presenters.wordings import around
from collegium.intend.queries import line as line_queries
from collegium.intend.queries import points as queries
from collegium.intend.services import points
from collegium.people.forms.changes import ConfirmForm
from collegium.people.presenters.forms import FormPage
from collegium.people.views.frame import PlaceRequest, answer_form, get_or_post, of_unit, sent


def _asked(request: HttpRequest) -> Asked:
    def keys(name: str) -> frozenset[str]:
        return frozenset(each for each in request.GET.get(name, "").split(",") if each)

    return Asked(
        of=request.GET.get("of", "").strip(),
        fold=keys("fold"),
        open=keys("open"),
        opens_all=bool(request.GET.get("all")),
        gaps_only=bool(request.GET.get("gaps")),
        page=request.GET.get("page", ""),
    )


@require_safe
@of_unit(policies.check_can_view_throughline)
def throughline(request: PlaceRequest) -> HttpResponse:
    """Draw the line from left to right."""
    page = presenter.present_line(request.actor, request.place, _asked(request))
    return render(request, "intend/throughline.html", {"page": page})


@require_safe
@of_unit(policies.check_can_view_throughline)
def throughline_table(request: PlaceRequest) -> HttpResponse:
    """Show the same as a table."""
    page = presenter.present_table(request.actor, request.place, _asked(request))
    return render(request, "intend/throughline_table.html", {"page": page})


@require_safe
@of_unit(policies.check_can_view_throughline)
def throughline_file(request: PlaceRequest, form: str) -> HttpResponse:
    """Hand the line out as a file."""
    if form not in line_files.FORMATS:
        raise NotFound
    rows = line_exports.list_rows(request.actor, request.place)
    response = HttpResponse(line_files.write(rows, form), content_type=line_files.FORMATS[form])
    response["Content-Disposition"] = f'attachment; filename="{request.place.slug}-line.{form}"'
    return response


# --- plain points -----------------------------------------------------------------------------------------------------
def _back(request: PlaceRequest) -> dict[str, Any]:
    url = reverse("intend:throughline", args=[request.place.slug])
    return around(request.place, back_url=url, back_title=_("Throughline"))


@require_safe
@of_unit(policies.check_can_view_throughline)
def point(request: PlaceRequest, point_id: uuid.UUID) -> HttpResponse:
    """Show a point."""
    found = queries.get_point_for(request.actor, request.place, point_id)
    return render(request, "intend/point.html", {"page": present_point(request.actor, request.place, found)})


@get_or_post
@of_unit(policies.check_can_draft)
def point_add(request: PlaceRequest) -> HttpResponse:
    """Add a point: first its kind, then what it says and serves."""
    kind = request.GET.get("kind", "")
    if kind not in POINT_KINDS:
        page = FormPage(
            **_back(request),
            heading=_("Add to the line"),
            lede=_("Visions, intents, challenges and promises have pages of their own; these are the other points."),
            submit=_("Go on"),
        )
        return answer_form(
            request,
            form=PointKindForm(sent(request)),
            page=page,
            act=lambda cleaned: f"{request.path}?kind={cleaned['kind']}",
            done=_("Now say what it is."),
        )
    return _point_form(request, kind)


def _point_form(request: PlaceRequest, kind: str) -> HttpResponse:
    unit = line_queries.get_unit_for(request.actor, request.place)
    form = PointForm(sent(request), **queries.list_offered_for(request.actor, request.place, kind))

    def act(_cleaned: dict[str, Any]) -> str:
        points.add_point(actor=request.actor, unit=unit, kind=kind, **form.values)
        return page.back_url

    page = FormPage(
        **_back(request),
        heading=_("Add to the line"),
        lede=_("What stands later on the line serves what stands before it."),
        submit=_("Add it"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("It is on the line."))


@get_or_post
@of_unit(policies.check_can_draft)
def point_change(request: PlaceRequest, point_id: uuid.UUID) -> HttpResponse:
    """Change a point."""
    found = queries.get_point_for(request.actor, request.place, point_id)
    served = [upper.id for _kind, upper in queries.list_served(found)]
    initial = {name: getattr(found, name) for name in ("title", "note", "by_on")}
    initial |= {"owner": found.owner_id, "second_owner": found.second_owner_id}
    initial |= dict(zip(("serves", "serves_also"), served, strict=False))
    offered = queries.list_offered_for(request.actor, request.place, found.kind)
    form = PointForm(sent(request), **offered, initial=initial)

    def act(_cleaned: dict[str, Any]) -> str:
        points.change_point(actor=request.actor, point=found, **form.values)
        return reverse("intend:point", args=[request.place.slug, found.id])

    page = FormPage(**_back(request), heading=_("Change it"), lede=found.title, submit=_("Save"))
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."))


@get_or_post
@of_unit(policies.check_can_draft)
def point_withdraw(request: PlaceRequest, point_id: uuid.UUID) -> HttpResponse:
    """Take a point off the line."""
    found = queries.get_point_for(request.actor, request.place, point_id)

    def act(_cleaned: dict[str, Any]) -> str:
        points.withdraw_point(actor=request.actor, point=found)
        return page.back_url

    page = FormPage(
        **_back(request),
        heading=_("Take it off the line?"),
        lede=found.title,
        submit=_("Take it off"),
        is_danger=True,
        consequences=(_("It counts no more, and its page says that it was withdrawn."),),
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It was taken off."))
