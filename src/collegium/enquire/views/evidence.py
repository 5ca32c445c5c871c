"""What a stage rests on: files, links, numbers; and the draft in which a closed enquiry lives on."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.enquire.enums import Stage
from collegium.enquire.errors import NotFound
from collegium.enquire.forms.evidence import FilesForm, LinkForm, NumberForm, PracticeForm
from collegium.enquire.presenters import frame
from collegium.enquire.presenters import practices as practice_presenter
from collegium.enquire.queries import evidence as queries
from collegium.enquire.queries.enquiries import get_enquiry_to_share, get_enquiry_to_work_on
from collegium.enquire.services import evidence as services
from collegium.enquire.services import practices
from collegium.enquire.views.frame import EnquiryRequest, of_enquiry
from collegium.intend.presenters.challenges import list_offered
from collegium.people.forms.changes import ConfirmForm
from collegium.people.views.frame import answer_form, get_or_post, sent


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def evidence_files(request: EnquiryRequest, stage: str) -> HttpResponse:
    """Keep files at a stage."""
    form = FilesForm(sent(request), request.FILES or None)
    return _answer(request, stage, services.add_files, form, _("Add files"), template="enquire/files_form.html")


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def evidence_link(request: EnquiryRequest, stage: str) -> HttpResponse:
    """Keep a link at a stage."""
    return _answer(request, stage, services.add_link, LinkForm(sent(request)), _("Add a link"))


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def evidence_cite(request: EnquiryRequest, stage: str) -> HttpResponse:
    """Cite a number at a stage."""
    form = NumberForm(sent(request), offered=list_offered(request.actor, request.found.place))
    return _answer(request, stage, services.cite, form, _("Cite a number"))


def _answer(
    request: EnquiryRequest, stage: str, service: Any, form: Any, heading: str, template: str = ""
) -> HttpResponse:
    if stage not in Stage.values:
        raise NotFound
    found, at = request.found, Stage(stage)

    def act(cleaned: dict[str, Any]) -> str:
        service(actor=request.actor, enquiry=found.enquiry, standing=found.standing, stage=at, **cleaned)
        return f"{frame.address_of(found.enquiry)}#{at}"

    page = frame.form_of_enquiry(found, heading=heading, lede=str(at.label), submit=_("Keep it"))
    return answer_form(request, form=form, page=page, act=act, done=_("It is kept."), template=template)


@require_safe
@of_enquiry()
def evidence_file(request: EnquiryRequest, evidence_id: uuid.UUID) -> HttpResponse:
    """Hand out a file: to be kept, never to be opened inside a page of ours."""
    kept = queries.get_file(request.found.enquiry, evidence_id)
    headers = {"Content-Disposition": content_disposition_header(True, kept.title) or "attachment"}
    return HttpResponse(bytes(kept.content or b""), content_type=kept.media_type, headers=headers)


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def evidence_withdraw(request: EnquiryRequest, evidence_id: uuid.UUID) -> HttpResponse:
    """Take something off a stage."""
    found = request.found
    row = queries.get_evidence(found.enquiry, evidence_id)

    def act(_cleaned: dict[str, Any]) -> str:
        services.withdraw(actor=request.actor, enquiry=found.enquiry, standing=found.standing, evidence=row)
        return f"{frame.address_of(found.enquiry)}#{row.stage}"

    page = frame.form_of_enquiry(
        found,
        heading=_("Take it off?"),
        lede=row.title,
        submit=_("Take it off"),
        is_danger=True,
        consequences=(_("It is no longer shown at this stage. The content of a file is gone."),),
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It was taken off."))


# --- what lives on ----------------------------------------------------------------------------------------------------
@require_safe
@of_enquiry()
def practice(request: EnquiryRequest) -> HttpResponse:
    """Show the draft in which a closed enquiry lives on."""
    page = practice_presenter.present_practice(request.actor, request.found)
    return render(request, "enquire/practice.html", {"page": page})


@require_safe
@of_enquiry()
def practice_file(request: EnquiryRequest) -> HttpResponse:
    """Hand out the draft as Markdown."""
    headers = {"Content-Disposition": 'attachment; filename="practice.md"'}
    text = practice_presenter.write_markdown(request.found)
    return HttpResponse(text, content_type="text/markdown; charset=utf-8", headers=headers)


@get_or_post
@of_enquiry(get_enquiry_to_share)
def practice_change(request: EnquiryRequest) -> HttpResponse:
    """Tell it better."""
    found = request.found
    draft = queries.get_draft(found.enquiry)
    names = ("title", "finding", "how", "again", "who_should_know")
    form = PracticeForm(sent(request), initial={name: getattr(draft, name) for name in names})

    def act(cleaned: dict[str, Any]) -> str:
        told = practices.Told(**cleaned)
        practices.change(actor=request.actor, enquiry=found.enquiry, standing=found.standing, draft=draft, told=told)
        return frame.address_of(found.enquiry, "practice")

    page = frame.form_of_enquiry(
        found,
        heading=_("Tell it better"),
        lede=_("For those who were not in it. What the enquiry itself found stays as it is."),
        submit=_("Keep it"),
        back_url=frame.address_of(found.enquiry, "practice"),
        back_title=draft.title,
    )
    return answer_form(request, form=form, page=page, act=act, done=_("It is kept."))
