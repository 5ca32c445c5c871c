"""What a unit finds out, and each enquiry."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.base import time
from collegium.decide.queries import choosing
from collegium.enquire import policies
from collegium.enquire.enums import Ending, NoteKind, Stage, Template
from collegium.enquire.errors import Invalid, NotFound
from collegium.enquire.forms.enquiries import PEOPLE, CloseForm, EnquiryForm, NoteForm, StageForm
from collegium.enquire.presenters import enquiries as presenter
from collegium.enquire.presenters import frame
from collegium.enquire.prompts import prompt_of
from collegium.enquire.queries import enquiries as queries
from collegium.enquire.queries import portfolio
from collegium.enquire.services import enquiries as services
from collegium.enquire.views.frame import EnquiryRequest, of_enquiry
from collegium.intend.queries import choices
from collegium.people.queries import units
from collegium.people.views.frame import PlaceRequest, answer_form, get_or_post, handed_over, of_unit, sent
from collegium.talk.forms.writing import CommentForm
from collegium.talk.views.threads import read_page


@get_or_post
@of_unit(policies.check_can_begin)
def enquiry_add(request: PlaceRequest) -> HttpResponse:
    """Begin an enquiry."""
    unit = units.get_unit_for(request.actor, request.place)
    me = str(request.actor.person_id)
    form = EnquiryForm(
        sent(request),
        people=choosing.list_people(request.place),
        challenges=choices.list_challenges(request.place),
        groups=portfolio.list_groups_to_choose({request.place.unit_id, *request.place.above}, None, time.today()),
        initial={"owner": me, **handed_over(request, "title", "question", "aim")},
    )

    def act(_cleaned: dict[str, Any]) -> str:
        begun = services.begin(actor=request.actor, unit=unit, said=form.said())
        idea_id = frame.read_id(request.GET.get("idea", ""))
        return frame.address_of(begun, "trial_keep", idea_id) if idea_id else frame.address_of(begun)

    page = frame.form_of_unit(
        request.place,
        heading=_("Begin an enquiry"),
        lede=_("A title and a question are enough. Everything else can wait."),
        submit=_("Begin"),
    )
    done = _("It has begun. The first stage asks what you see now.")
    return answer_form(request, form=form, page=page, act=act, done=done, template="enquire/enquiry_form.html")


@require_safe
@of_enquiry()
def enquiry(request: EnquiryRequest) -> HttpResponse:
    """Show an enquiry."""
    page = presenter.present_enquiry(request.actor, request.found, read_page(request))
    return render(request, "enquire/enquiry.html", {"page": page, "talk": page.talk, "comment_form": CommentForm()})


@get_or_post
@of_enquiry(queries.get_enquiry_to_administer)
def enquiry_change(request: EnquiryRequest) -> HttpResponse:
    """Change what is said about an enquiry, and who is in it."""
    found, now = request.found, request.found.enquiry
    team = queries.list_members(now)
    people = choosing.list_people(found.place, now.owner, now.second_owner, now.critical_friend, *team)
    initial: dict[str, Any] = {name: getattr(now, name) for name in ("title", "question", "aim", "template")}
    initial |= {name: str(getattr(now, f"{name}_id") or "") for name in (*PEOPLE, "challenge", "group")}
    form = EnquiryForm(
        sent(request),
        people=people,
        challenges=queries.list_challenges(found),
        groups=portfolio.list_groups_to_choose({now.unit_id, *found.place.above}, now.group, time.today()),
        initial={**initial, "team": [str(one.id) for one in team]},
    )

    def act(_cleaned: dict[str, Any]) -> str:
        services.change(actor=request.actor, enquiry=now, standing=found.standing, said=form.said())
        return frame.address_of(now)

    page = frame.form_of_enquiry(
        found, heading=_("Change this enquiry"), lede=_("Everybody in it sees it."), submit=_("Change it")
    )
    template = "enquire/enquiry_form.html"
    return answer_form(request, form=form, page=page, act=act, done=_("It is changed."), template=template)


@require_POST
@of_enquiry(queries.get_enquiry_to_work_on)
def enquiry_move(request: EnquiryRequest) -> HttpResponse:
    """Move an enquiry to another stage."""
    form, found = StageForm(request.POST), request.found
    if not form.is_valid():
        raise Invalid("enquiry_text_missing")
    stage = Stage(form.cleaned_data["stage"])
    services.move(actor=request.actor, enquiry=found.enquiry, standing=found.standing, stage=stage)
    return redirect(frame.address_of(found.enquiry))


@get_or_post
@of_enquiry(queries.get_enquiry_to_work_on)
def note_add(request: EnquiryRequest, stage: str) -> HttpResponse:
    """Write something at a stage."""
    if stage not in Stage.values:
        raise NotFound
    found, at = request.found, Stage(stage)

    def act(cleaned: dict[str, Any]) -> str:
        told = {"stage": at, "text": cleaned["text"], "kind": NoteKind(cleaned["kind"])}
        services.write_note(actor=request.actor, enquiry=found.enquiry, standing=found.standing, **told)
        return f"{frame.address_of(found.enquiry)}#{at}"

    prompt = prompt_of(Template(found.enquiry.template), at)
    page = frame.form_of_enquiry(found, heading=str(at.label), lede=prompt, submit=_("Keep it"))
    return answer_form(request, form=NoteForm(sent(request)), page=page, act=act, done=_("It is kept."))


@get_or_post
@of_enquiry(queries.get_enquiry_to_administer)
def enquiry_close(request: EnquiryRequest) -> HttpResponse:
    """Close an enquiry with what was found."""
    found = request.found

    def act(cleaned: dict[str, Any]) -> str:
        told = services.Found(ending=Ending(cleaned.pop("ending")), **cleaned)
        services.close(actor=request.actor, enquiry=found.enquiry, standing=found.standing, found=told)
        return frame.address_of(found.enquiry)

    page = frame.form_of_enquiry(
        found,
        heading=_("Close this enquiry"),
        lede=_("It stays readable as it is. To go on from it, begin a new one."),
        submit=_("Close it"),
    )
    done = _("It is closed. Thank you: whatever came of it, others now know.")
    return answer_form(request, form=CloseForm(sent(request)), page=page, act=act, done=done)
