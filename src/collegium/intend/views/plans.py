"""Plans from files: upload, which column holds what, preview, bringing in."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.base import time
from collegium.base.errors import Conflict, Invalid, sentence
from collegium.intend import line_files, policies
from collegium.intend.errors import NotFound
from collegium.intend.forms.plans import PlanColumnsForm, PlanUploadForm
from collegium.intend.presenters import plans as presenter
from collegium.intend.queries import line as line_queries
from collegium.intend.queries import line_plans
from collegium.intend.services import line_imports
from collegium.people.views.frame import PlaceRequest, get_or_post, of_unit, sent

of_keepers = of_unit(policies.check_can_keep)


@get_or_post
@of_keepers
def plan_start(request: PlaceRequest) -> HttpResponse:
    """Take an upload."""
    form = PlanUploadForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        unit = line_queries.get_unit_for(request.actor, request.place)
        try:
            made = line_imports.start_import(actor=request.actor, unit=unit, upload=form.cleaned_data["upload"])
        except Invalid as error:
            form.add_error("upload", sentence(error))
        else:
            return redirect("intend:plan", request.place.slug, made.id)
    page = presenter.present_start(request.actor, request.place)
    status = 422 if form.errors else 200
    return render(request, "intend/plan_start.html", {"page": page, "form": form}, status=status)


@require_safe
@of_keepers
def plan_template(request: PlaceRequest, form: str) -> HttpResponse:
    """Hand out a plan to write one's own into."""
    if form not in ("csv", "xlsx"):
        raise NotFound
    written = line_files.write_template(form, time.today().year + 1)
    response = HttpResponse(written, content_type=line_files.FORMATS[form])
    response["Content-Disposition"] = f'attachment; filename="plan.{form}"'
    return response


@get_or_post
@of_keepers
def plan(request: PlaceRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Show what a plan would do; say which column holds what."""
    made = line_plans.get_import_for(request.actor, request.place, plan_id)
    form = PlanColumnsForm(sent(request), headers=made.headers, initial=made.columns)
    if request.method == "POST" and form.is_valid():
        try:
            line_imports.set_columns(actor=request.actor, made=made, columns=form.cleaned_data)
        except (Invalid, Conflict) as error:
            form.add_error(None, sentence(error))
        else:
            return redirect("intend:plan", request.place.slug, made.id)
    page = presenter.present_plan(request.actor, request.place, made, request.GET.get("page", ""))
    status = 422 if form.errors else 200
    return render(request, "intend/plan.html", {"page": page, "form": form}, status=status)


@require_POST
@of_keepers
def plan_apply(request: PlaceRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Bring a plan in."""
    made = line_plans.get_import_for(request.actor, request.place, plan_id)
    line_imports.apply(actor=request.actor, made=made)
    messages.success(request, _("The plan is on the line."))
    return redirect("intend:throughline", request.place.slug)


@require_POST
@of_keepers
def plan_discard(request: PlaceRequest, plan_id: uuid.UUID) -> HttpResponse:
    """Leave a plan."""
    line_imports.discard(actor=request.actor, made=line_plans.get_import_for(request.actor, request.place, plan_id))
    messages.success(request, _("The file was left, and nothing of it is kept."))
    return redirect("intend:plan_start", request.place.slug)
