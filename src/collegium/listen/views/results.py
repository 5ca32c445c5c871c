"""A result: to read, to print, to show, to take away, and to make sense of together."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.base import time
from collegium.base.errors import NotAllowed
from collegium.listen import exporting, policies
from collegium.listen.enums import ReportingLevel
from collegium.listen.errors import NotFound
from collegium.listen.forms.results import NoteChangeForm, NoteForm
from collegium.listen.presenters.results import present_head, present_result, present_waiting, waves_of
from collegium.listen.presenters.results_files import list_codebook_rows, list_result_rows
from collegium.listen.presenters.results_sense import present_sense
from collegium.listen.queries import comments, results, sense
from collegium.listen.queries.results import Result
from collegium.listen.services import comments as comment_services
from collegium.listen.services import sense as sense_services
from collegium.people import policies as people
from collegium.people.forms.changes import ConfirmForm
from collegium.people.presenters.forms import FormPage
from collegium.people.views.frame import PlaceRequest, answer_form, get_or_post, of_unit, sent, signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _load(request: PlaceRequest, pulse_id: uuid.UUID) -> Result:
    level = request.GET.get("level", "")
    if level and level not in ReportingLevel.values:
        raise NotFound
    return results.get_result_for(request.actor, request.place, pulse_id, level)


def _load_out(request: PlaceRequest, pulse_id: uuid.UUID) -> Result:
    """Return a result that has been worked out: a file or a sheet of paper does not wait."""
    found = _load(request, pulse_id)
    if not found.is_worked_out:
        raise NotFound
    return found


@require_safe
@of_unit(people.check_can_view_unit)
def result(request: PlaceRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Show a result; before its hour, say to those whom it is about when it comes."""
    try:
        found = _load(request, pulse_id)
    except NotAllowed as error:
        if error.code != "results_not_yet":
            raise
        return _wait(request, results.get_announced_for(request.actor, request.place, pulse_id))
    if not found.is_worked_out:
        return _wait(request, found.pulse)
    page = present_result(request.actor, found, facet=request.GET.get("facet", ""))
    return render(request, "listen/result.html", {"page": page})


def _wait(request: PlaceRequest, pulse: Any) -> HttpResponse:
    page = present_waiting(request.actor, request.place, pulse, now=time.now())
    return render(request, "listen/result_waiting.html", {"page": page})


@require_safe
@of_unit(people.check_can_view_unit)
def result_print(request: PlaceRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Show a result with everything open, for paper."""
    found = _load_out(request, pulse_id)
    page = present_result(request.actor, found, facet=request.GET.get("facet", ""), has_links=False)
    return render(request, "listen/result_print.html", {"page": page})


@require_safe
@of_unit(people.check_can_view_unit)
def result_summary(request: PlaceRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Show what a result says on one page of paper."""
    page = present_result(request.actor, _load_out(request, pulse_id), has_links=False)
    return render(request, "listen/result_summary.html", {"page": page})


@require_safe
@of_unit(people.check_can_view_unit)
def result_slide(request: PlaceRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Show a result as one slide for a staff meeting."""
    found = _load_out(request, pulse_id)
    head = present_head(request.actor, found, waves_of(found), has_links=False)
    return render(request, "listen/result_slide.html", {"head": head})


@require_safe
@of_unit(people.check_can_view_unit)
def result_csv(request: PlaceRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Give a result, or its codebook, as CSV."""
    found = _load_out(request, pulse_id)
    if request.GET.get("part") == "codebook":
        text = exporting.write_csv(exporting.CODEBOOK_COLUMNS, list_codebook_rows(found))
        return _file(found, text, "text/csv; charset=utf-8", "codebook.csv")
    text = exporting.write_csv(exporting.COLUMNS, list_result_rows(request.actor, found))
    return _file(found, text, "text/csv; charset=utf-8", "result.csv")


@require_safe
@of_unit(people.check_can_view_unit)
def result_xlsx(request: PlaceRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Give a result with its codebook as a workbook."""
    found = _load_out(request, pulse_id)
    book = exporting.write_xlsx(list_result_rows(request.actor, found), list_codebook_rows(found))
    return _file(found, book, XLSX, "result.xlsx")


def _file(found: Result, content: str | bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    parts = [found.place.slug, f"{found.pulse.closes_at:%Y-%m-%d}", *([found.level] if found.level else []), name]
    response["Content-Disposition"] = f'attachment; filename="{"-".join(parts)}"'
    return response


@require_safe
@signed_in
def formulas(request: HttpRequest) -> HttpResponse:
    """Say how the numbers of a result are made."""
    return render(request, "listen/formulas.html")


# --- making sense of it together --------------------------------------------------------------------------------------
@get_or_post
@of_unit(people.check_can_view_unit)
def sense_page(request: PlaceRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Guide a staff through half an hour with its result, and keep what they make of it."""
    found = _load_out(request, pulse_id)

    def act(cleaned: dict[str, Any]) -> str:
        sense_services.write_note(actor=request.actor, result=found, **cleaned)
        return request.path

    page: Any = present_sense(request.actor, found)
    form = NoteForm(sent(request))
    done = _("The note is kept with the result.")
    return answer_form(request, form=form, page=page, act=act, done=done, template="listen/result_sense.html")


@get_or_post
@of_unit(people.check_can_view_unit)
def note_change(request: PlaceRequest, pulse_id: uuid.UUID, note_id: uuid.UUID) -> HttpResponse:
    """Change one's own note."""
    found = _load_out(request, pulse_id)
    note = sense.get_note_for(request.actor, found, note_id)
    back = reverse("listen:sense", args=[request.place.slug, pulse_id])

    def act(cleaned: dict[str, Any]) -> str:
        sense_services.change_note(actor=request.actor, note=note, text=cleaned["text"])
        return back

    page = FormPage(
        kicker=request.place.name,
        heading=_("Change your note"),
        lede=_("Everybody who sees this result sees it."),
        submit=_("Keep it"),
        back_url=back,
        back_title=_("Making sense of it"),
    )
    form = NoteChangeForm(sent(request), initial={"text": note.text})
    return answer_form(request, form=form, page=page, act=act, done=_("Your note was changed."))


@get_or_post
@of_unit(people.check_can_view_unit)
def comment_withhold(request: PlaceRequest, pulse_id: uuid.UUID, comment_id: uuid.UUID) -> HttpResponse:
    """Withhold a comment that identifies somebody."""
    found = _load_out(request, pulse_id)
    policies.check_can_withhold(request.actor, request.place)
    text = comments.find_shown(found, comment_id)
    if text is None:
        raise NotFound
    back = reverse("listen:result", args=[request.place.slug, pulse_id])

    def act(_cleaned: dict[str, Any]) -> str:
        comment_services.withhold_comment(actor=request.actor, result=found, comment_id=comment_id)
        return f"{back}#comments"

    page = FormPage(
        kicker=request.place.name,
        heading=_("Withhold this comment?"),
        lede=_("“%(comment)s”") % {"comment": text},
        submit=_("Withhold it"),
        back_url=back,
        back_title=found.pulse.title,
        consequences=(
            _("Nobody sees it any more, and it cannot be shown again."),
            _("Everybody sees that one more comment was withheld by a steward."),
            _("Do it only where it points at somebody, never because of what it says."),
        ),
        is_danger=True,
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It is withheld."))
