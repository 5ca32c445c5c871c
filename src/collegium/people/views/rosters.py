"""Rosters: upload, columns, preview, carrying out, taking back, and the way out."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.base import time, uploads
from collegium.base.errors import Invalid, sentence
from collegium.people import policies
from collegium.people.enums import RosterState
from collegium.people.forms.changes import ConfirmForm
from collegium.people.forms.rosters import ApplyForm, ColumnsForm, ExportForm, UploadForm
from collegium.people.presenters import rosters as presenter
from collegium.people.presenters.forms import FormPage
from collegium.people.queries import rosters as queries
from collegium.people.reauthentication import require_recent
from collegium.people.rosters import ColumnMapping, Format, Sniffed
from collegium.people.services import rosters
from collegium.people.views.frame import PlaceRequest, answer_form, answer_work, get_or_post, of_unit, sent

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
of_stewards = of_unit(policies.check_can_steward)


def _to(request: PlaceRequest, name: str, import_id: uuid.UUID) -> str:
    return reverse(f"people:{name}", args=[request.place.slug, import_id])


def _find(request: PlaceRequest, import_id: uuid.UUID) -> Any:
    return queries.get_import_in(request.actor, request.place, import_id)


# --- the start --------------------------------------------------------------------------------------------------------
@get_or_post
@of_stewards
def roster_start(request: PlaceRequest) -> HttpResponse:
    """Take an upload; show what was imported before."""
    sources = queries.list_sources_for(request.actor, request.place)
    form = UploadForm(sent(request), request.FILES or None, sources=sources)
    if request.method == "POST" and uploads.is_too_large(request):
        form.add_error("roster", sentence(Invalid("roster_too_large", limit=uploads.MOST_BYTES // 1024 // 1024)))
    elif request.method == "POST" and form.is_valid():
        unit = queries.get_unit_for(request.actor, request.place)
        try:
            made = rosters.start_import(
                actor=request.actor, unit=unit, source=form.source_name, parts=form.cleaned_data["roster"]
            )
        except Invalid as error:
            form.add_error("roster", sentence(error))
        else:
            return redirect(_to(request, "roster", made.id))
    page = presenter.present_start(request.actor, request.place)
    context = {"page": page, "form": form, "export": ExportForm()}
    return render(request, "people/roster_start.html", context, status=422 if form.errors else 200)


# --- one import -------------------------------------------------------------------------------------------------------
@require_safe
@of_stewards
def roster(request: PlaceRequest, import_id: uuid.UUID) -> HttpResponse:
    """Show an import at the step where it is."""
    made = _find(request, import_id)
    if presenter.is_under_way(made):
        page = presenter.present_work(request.actor, request.place, made)
        return render(request, "people/roster_work.html", {"page": page})
    if made.state == RosterState.COLUMNS:
        return redirect(_to(request, "roster_columns", made.id))
    if made.state == RosterState.DISCARDED:
        return redirect("people:roster_start", request.place.slug)
    return _show(request, made, _apply_form(made))


def _show(request: PlaceRequest, made: Any, form: ApplyForm, status: int = 200) -> HttpResponse:
    wanted = {name: request.GET.get(name, "") for name in ("action", "file", "page")}
    page = presenter.present_import(request.actor, request.place, made, presenter.Narrow(**wanted))
    return render(request, "people/roster.html", {"page": page, "form": form}, status=status)


def _apply_form(made: Any, data: Any = None) -> ApplyForm:
    return ApplyForm(
        data,
        leaving=made.counts.get("people_leaving", 0),
        must_confirm=made.counts.get("must_confirm", False),
        has_choice=queries.has_choice(made),
    )


@require_safe
@of_stewards
def roster_progress(request: PlaceRequest, import_id: uuid.UUID) -> HttpResponse:
    """Answer how far the work has come; go on to the page once it is done."""
    made = _find(request, import_id)
    page = presenter.present_work(request.actor, request.place, made)
    return answer_work(request, page)


@get_or_post
@of_stewards
def roster_columns(request: PlaceRequest, import_id: uuid.UUID) -> HttpResponse:
    """Let the steward say which column holds what."""
    made = _find(request, import_id)
    sniffed = rosters.look_at(made)
    headers = sniffed.tables[0].headers
    first, is_remembered = _begin_with(made, sniffed)
    form = ColumnsForm(
        sent(request),
        headers=headers,
        unit_name=request.place.name,
        unit_id=str(request.place.unit_id),
        initial=ColumnsForm.begin_with(first),
    )
    if request.method == "POST" and form.is_valid():
        rosters.choose_columns(actor=request.actor, roster_import=made, headers=headers, mapping=form.mapping)
        return redirect(_to(request, "roster", made.id))
    page = presenter.present_columns(request.actor, request.place, made, sniffed, is_remembered=is_remembered)
    status = 422 if form.errors else 200
    return render(request, "people/roster_columns.html", {"page": page, "form": form}, status=status)


def _begin_with(made: Any, sniffed: Sniffed) -> tuple[ColumnMapping, bool]:
    """What was said for this import, or the last time for such a list, or what we guess."""
    known = made.mapping or queries.find_mapping(made.unit_id, rosters.headers_key(sniffed.tables[0].headers))
    if known:
        return ColumnMapping(**known), not made.mapping
    return sniffed.guess.mapping if sniffed.guess else ColumnMapping(), False


@require_POST
@of_stewards
def roster_apply(request: PlaceRequest, import_id: uuid.UUID) -> HttpResponse:
    """Carry an import out."""
    made = _find(request, import_id)
    form = _apply_form(made, request.POST)
    if not form.is_valid():
        return _show(request, made, form, status=422)
    rosters.request_apply(
        actor=request.actor,
        roster_import=made,
        take_roster=form.cleaned_data.get("take_roster", False),
        end_missing=form.cleaned_data.get("end_missing", False),
    )
    return redirect(_to(request, "roster", made.id))


@require_POST
@of_stewards
def roster_again(request: PlaceRequest, import_id: uuid.UUID) -> HttpResponse:
    """Make the preview again."""
    made = _find(request, import_id)
    rosters.request_preview(actor=request.actor, roster_import=made)
    return redirect(_to(request, "roster", made.id))


@require_POST
@of_stewards
def roster_discard(request: PlaceRequest, import_id: uuid.UUID) -> HttpResponse:
    """Throw an upload away."""
    rosters.discard(actor=request.actor, roster_import=_find(request, import_id))
    messages.success(request, _("The upload is deleted. Nothing was changed."))
    return redirect("people:roster_start", request.place.slug)


@get_or_post
@of_stewards
def roster_undo(request: PlaceRequest, import_id: uuid.UUID) -> HttpResponse:
    """Take an import back."""
    require_recent(request)
    made = _find(request, import_id)
    back = _to(request, "roster", made.id)

    def act(_cleaned: dict[str, Any]) -> str:
        rosters.request_undo(actor=request.actor, roster_import=made)
        return back

    page = FormPage(
        kicker=request.place.name,
        home_url=reverse("people:roster_start", args=[request.place.slug]),
        home_title=_("Rosters"),
        heading=_("Take this import back?"),
        lede=_("%(file)s was imported: %(summary)s.")
        % {"file": made.file_name, "summary": presenter.summarise(made.counts)},
        submit=_("Take it back"),
        back_url=back,
        back_title=_("Import of a roster"),
        consequences=(
            _("What it added goes, what it changed becomes what it was, and what it ended holds again."),
            _("What somebody has edited or built on since stays as it is, and is listed."),
            _("Taking back cannot be taken back; you can import the file again."),
        ),
        is_danger=True,
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It is being taken back."))


# --- files ------------------------------------------------------------------------------------------------------------
@require_safe
@of_stewards
def roster_lines(request: PlaceRequest, import_id: uuid.UUID) -> HttpResponse:
    """Give the lines of an import as CSV."""
    made = _find(request, import_id)
    # Not streamed: a stream would be read after the request has left the scope of its community.
    response = HttpResponse("".join(presenter.write_lines(made)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{request.place.slug}-import.csv"'
    return response


@require_POST
@of_stewards
def roster_export(request: PlaceRequest) -> HttpResponse:
    """Give the people and posts of the unit in a format that schools exchange."""
    require_recent(request, back=reverse("people:roster_start", args=[request.place.slug]))
    form = ExportForm(request.POST)
    if not form.is_valid():
        raise Invalid("roster_unreadable", reason="")
    chosen = Format(form.cleaned_data["form"])
    unit = queries.get_unit_for(request.actor, request.place)
    content = rosters.export(actor=request.actor, unit=unit, source="", form=chosen)
    name = f"{request.place.slug}-{time.today():%Y-%m-%d}.{chosen.extension}"
    with content:
        response = HttpResponse(content.read(), content_type=_TYPES[chosen.extension])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
