"""Ties from files: upload, preview, carrying out, taking back."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.base import uploads
from collegium.base.errors import Invalid, sentence
from collegium.connect import policies
from collegium.connect.enums import ImportState
from collegium.connect.forms.imports import ApplyForm, UploadForm
from collegium.connect.presenters import imports as presenter
from collegium.connect.queries import imports as queries
from collegium.connect.queries import waves
from collegium.connect.services import imports
from collegium.people.forms.changes import ConfirmForm
from collegium.people.presenters.forms import FormPage
from collegium.people.reauthentication import require_recent
from collegium.people.views.frame import PlaceRequest, answer_form, answer_work, get_or_post, of_unit, sent

of_stewards = of_unit(policies.check_can_run_wave)


def _to(request: PlaceRequest, import_id: uuid.UUID) -> str:
    return reverse("connect:import", args=[request.place.slug, import_id])


def _find(request: PlaceRequest, import_id: uuid.UUID) -> Any:
    return queries.get_import_in(request.actor, request.place, import_id)


@get_or_post
@of_stewards
def import_start(request: PlaceRequest) -> HttpResponse:
    """Take an upload; show what was imported before."""
    form = UploadForm(sent(request), request.FILES or None)
    if request.method == "POST" and uploads.is_too_large(request):
        form.add_error("ties", sentence(Invalid("ties_too_large", limit=uploads.MOST_BYTES // 1024 // 1024)))
    elif request.method == "POST" and form.is_valid():
        unit = waves.get_unit_to_fill(request.actor, request.place)
        said = {name: form.cleaned_data[name] for name in ("ties", "people", "title", "asked_on", "kind_of_tie")}
        try:
            made = imports.start_import(actor=request.actor, unit=unit, columns=form.columns, **said)
        except Invalid as error:
            form.add_error(None, sentence(error))
        else:
            return redirect(_to(request, made.id))
    page = presenter.present_start(request.actor, request.place)
    status = 422 if form.errors else 200
    return render(request, "connect/import_start.html", {"page": page, "form": form}, status=status)


@require_safe
@of_stewards
def import_(request: PlaceRequest, tie_import_id: uuid.UUID) -> HttpResponse:
    """Show an import at the step where it is."""
    made = _find(request, tie_import_id)
    if presenter.is_under_way(made):
        page = presenter.present_work(request.actor, request.place, made)
        return render(request, "connect/import_work.html", {"page": page})
    if made.state == ImportState.DISCARDED:
        return redirect("connect:import_start", request.place.slug)
    shown = presenter.present_import(request.actor, request.place, made, request.GET.get("page", ""))
    return render(request, "connect/import.html", {"page": shown, "form": _apply_form(made)})


def _apply_form(made: Any, data: Any = None) -> ApplyForm:
    return ApplyForm(data, missing=len(made.counts.get("missing_schools", ())))


@require_safe
@of_stewards
def import_progress(request: PlaceRequest, tie_import_id: uuid.UUID) -> HttpResponse:
    """Answer how far the work has come; go on to the page once it is done."""
    made = _find(request, tie_import_id)
    page = presenter.present_work(request.actor, request.place, made)
    return answer_work(request, page)


@require_POST
@of_stewards
def import_apply(request: PlaceRequest, tie_import_id: uuid.UUID) -> HttpResponse:
    """Carry an import out."""
    made = _find(request, tie_import_id)
    form = _apply_form(made, request.POST)
    form.is_valid()
    add_schools = form.cleaned_data.get("add_schools", False)
    imports.request_apply(actor=request.actor, made=made, add_schools=add_schools)
    return redirect(_to(request, made.id))


@require_POST
@of_stewards
def import_again(request: PlaceRequest, tie_import_id: uuid.UUID) -> HttpResponse:
    """Make the preview again."""
    imports.request_preview(actor=request.actor, made=_find(request, tie_import_id))
    return redirect(_to(request, tie_import_id))


@require_POST
@of_stewards
def import_discard(request: PlaceRequest, tie_import_id: uuid.UUID) -> HttpResponse:
    """Throw an upload away."""
    imports.discard(actor=request.actor, made=_find(request, tie_import_id))
    messages.success(request, _("The upload is deleted. Nothing was changed."))
    return redirect("connect:import_start", request.place.slug)


@get_or_post
@of_stewards
def import_undo(request: PlaceRequest, tie_import_id: uuid.UUID) -> HttpResponse:
    """Take an import back."""
    require_recent(request)
    made = _find(request, tie_import_id)
    start = reverse("connect:import_start", args=[request.place.slug])

    def act(_cleaned: dict[str, Any]) -> str:
        imports.take_back(actor=request.actor, made=made)
        return start

    page = FormPage(
        kicker=request.place.name,
        home_url=start,
        home_title=_("Ties from files"),
        heading=_("Take this import back?"),
        lede=_("“%(title)s” holds %(summary)s.") % {"title": made.title, "summary": presenter.summarise(made.counts)},
        submit=_("Take it back"),
        back_url=_to(request, made.id),
        back_title=made.title,
        consequences=(
            _("The ties go, and with them everything that was worked out from them."),
            _("Schools that it added stay; they are ended like any other unit."),
            _("Taking back cannot be taken back; you can import the file again."),
        ),
        is_danger=True,
    )
    return answer_form(
        request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("The import is taken back.")
    )


@require_safe
@of_stewards
def import_lines(request: PlaceRequest, tie_import_id: uuid.UUID) -> HttpResponse:
    """Give the refused rows of an import as CSV."""
    made = _find(request, tie_import_id)
    response = HttpResponse("".join(presenter.write_refused(made)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{request.place.slug}-refused.csv"'
    return response
