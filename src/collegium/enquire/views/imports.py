"""Numbers of an enquiry as tables: brought in, taken back, and written out."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.base.errors import sentence
from collegium.enquire.errors import Conflict, Invalid, NotFound
from collegium.enquire.forms.imports import ColumnsForm, TableForm, guess
from collegium.enquire.intake import pupils, sheets
from collegium.enquire.intake.columns import guess_columns
from collegium.enquire.intake.sheets import Sheet
from collegium.enquire.presenters import exports, frame
from collegium.enquire.presenters import imports as presenter
from collegium.enquire.queries import imports as queries
from collegium.enquire.queries.enquiries import get_enquiry_to_work_on
from collegium.enquire.services import imports as services
from collegium.enquire.services.imports import Asked
from collegium.enquire.views.frame import EnquiryRequest, of_enquiry
from collegium.people.forms.changes import ConfirmForm
from collegium.people.views.frame import answer_form, get_or_post, sent


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def points_import(request: EnquiryRequest) -> HttpResponse:
    """Take a table, show what it comes to, and bring it in once that was looked at; nothing is kept in between."""
    form = TableForm(sent(request), request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form)
    try:
        carried = request.POST.get("table", "")
        sheet = sheets.from_text(carried) if carried else form.read()
    except Invalid as error:
        form.add_error(None, sentence(error))
        return _ask(request, form)
    if signs := pupils.find_signs(sheet):
        return _stop(request, presenter.say_signs(signs))
    return _look(request, sheet, is_first=not carried)


def _ask(request: EnquiryRequest, form: TableForm, **more: Any) -> HttpResponse:
    known = {"page": presenter.present_page(request.actor, request.found), "form": form, **more}
    return render(request, "enquire/import.html", known, status=422 if form.errors or more else 200)


def _stop(request: EnquiryRequest, said: list[str]) -> HttpResponse:
    """Say why a table is not taken, and forget it: the form is empty again."""
    return _ask(request, TableForm(), stopped=said)


def _look(request: EnquiryRequest, sheet: Sheet, *, is_first: bool) -> HttpResponse:
    found = request.found
    measures = queries.list_measures(found.enquiry)
    columns = queries.find_columns(found.enquiry, sheet.titles) or guess_columns(sheet)
    begin = guess(sheet, columns, measures)
    form = ColumnsForm(None if is_first else request.POST, sheet=sheet, measures=measures, initial=begin)
    preview = None
    if form.is_bound and form.is_valid():
        asked = form.asked()
        try:
            if "keep" in request.POST:
                return _keep(request, sheet, asked)
        except (Invalid, Conflict) as error:
            form.add_error(None, sentence(error))
        try:
            preview = presenter.present_preview(services.plan(found.enquiry, sheet, asked))
        except Invalid as error:
            form.add_error(None, sentence(error))
    page = presenter.present_page(request.actor, found)
    known = {"page": page, "form": form, "preview": preview, "table": sheet.to_text()}
    return render(request, "enquire/import_look.html", known, status=422 if form.errors else 200)


def _keep(request: EnquiryRequest, sheet: Sheet, asked: Asked) -> HttpResponse:
    found = request.found
    made = services.bring_in(
        actor=request.actor,
        enquiry=found.enquiry,
        standing=found.standing,
        sheet=sheet,
        asked=asked,
        seen=request.POST.get("seen", ""),
    )
    messages.success(request, presenter.say_kept(made))
    return redirect(frame.address_of(found.enquiry))


@require_safe
@of_enquiry()
def points_export(request: EnquiryRequest, form: str) -> HttpResponse:
    """Give the numbers as a table."""
    if form not in exports.CONTENT_TYPES:
        raise NotFound
    response = HttpResponse(exports.write_numbers(request.found, form), content_type=exports.CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="numbers.{form}"'
    return response


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def import_undo(request: EnquiryRequest, point_import_id: uuid.UUID) -> HttpResponse:
    """Take an import back."""
    found = request.found
    made = queries.get_import(found.enquiry, point_import_id)
    url = frame.address_of(found.enquiry, "points_import")

    def act(_cleaned: dict[str, Any]) -> str:
        services.undo(actor=request.actor, enquiry=found.enquiry, standing=found.standing, made=made)
        return url

    page = frame.form_of_enquiry(
        found,
        heading=_("Take these numbers back?"),
        lede=presenter.say_kept(made),
        submit=_("Take them back"),
        back_url=url,
        back_title=_("Numbers from a table"),
        consequences=(
            _("What stood before them stands again; the history keeps both."),
            _("What was corrected by hand since stays."),
            _("Groups and measures that came with them go where nothing else is in them."),
        ),
        is_danger=True,
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("They are taken back."))
