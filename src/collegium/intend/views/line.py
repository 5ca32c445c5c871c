"""Where a unit is going: the overview, visions, intents, and how their texts came to be."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.intend import policies
from collegium.intend.forms.challenges import ChallengeWordsForm
from collegium.intend.forms.fields import TextForm, WithdrawForm
from collegium.intend.forms.line import IntentForm, IntentPlaceForm, IntentWordsForm, VisionForm
from collegium.intend.presenters import line as presenter
from collegium.intend.presenters import wordings
from collegium.intend.presenters.line import url_of
from collegium.intend.presenters.wordings import TextFormPage, around
from collegium.intend.queries import line as queries
from collegium.intend.services import line
from collegium.intend.views.wording import answer_text
from collegium.people.forms.changes import ConfirmForm
from collegium.people.presenters.forms import FormPage
from collegium.people.views.frame import PlaceRequest, answer_form, get_or_post, of_unit, sent

WORDS_FORMS: dict[str, type[TextForm]] = {
    "visions": VisionForm,
    "intents": IntentWordsForm,
    "challenges": ChallengeWordsForm,
}


def back_to_line(request: PlaceRequest) -> dict[str, Any]:
    """Return where a form is opened from that belongs to the overview."""
    place = request.place
    home = {**around(place, back_url="", back_title=""), "home_url": "", "home_title": ""}
    return home | {"back_url": presenter.overview_url(place), "back_title": _("Intend")}


def back_to(request: PlaceRequest, thing: Any) -> dict[str, Any]:
    """Return where a form is opened from that belongs to one thing."""
    return around(request.place, back_url=url_of(thing, request.place.slug), back_title=thing.title)


@require_safe
@of_unit(policies.check_can_view_line)
def unit_intend(request: PlaceRequest) -> HttpResponse:
    """Show where a unit is going."""
    return render(
        request, "intend/unit_intend.html", {"page": presenter.present_overview(request.actor, request.place)}
    )


@require_safe
@of_unit(policies.check_can_view_line)
def vision(request: PlaceRequest, vision_id: uuid.UUID) -> HttpResponse:
    """Show a vision."""
    found = queries.get_vision_for(request.actor, request.place, vision_id)
    return render(
        request, "intend/vision.html", {"page": presenter.present_vision(request.actor, request.place, found)}
    )


@require_safe
@of_unit(policies.check_can_view_line)
def intent(request: PlaceRequest, intent_id: uuid.UUID) -> HttpResponse:
    """Show an intent."""
    found = queries.get_intent_for(request.actor, request.place, intent_id)
    return render(
        request, "intend/intent.html", {"page": presenter.present_intent(request.actor, request.place, found)}
    )


@get_or_post
@of_unit(policies.check_can_draft)
def vision_write(request: PlaceRequest) -> HttpResponse:
    """Draft a vision."""
    unit = queries.get_unit_for(request.actor, request.place)
    form = VisionForm(sent(request))

    def act(_cleaned: dict[str, Any]) -> str:
        return url_of(line.write_vision(actor=request.actor, unit=unit, parts=form.parts), request.place.slug)

    page = TextFormPage(
        **back_to_line(request),
        heading=_("Write a vision"),
        lede=_("It begins as a draft that those who belong here see and reword together."),
        submit=_("Keep the draft"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("The draft is kept."))


@get_or_post
@of_unit(policies.check_can_draft)
def intent_write(request: PlaceRequest) -> HttpResponse:
    """Draft an intent."""
    unit = queries.get_unit_for(request.actor, request.place)
    visions = queries.list_visions_to_serve(request.actor, request.place)
    form = IntentForm(sent(request), visions=visions, initial={"vision": visions[0].id if visions else ""})

    def act(cleaned: dict[str, Any]) -> str:
        where = {"vision": cleaned["vision"], "horizon_on": cleaned["horizon_on"]}
        written = line.write_intent(actor=request.actor, unit=unit, parts=form.parts, **where)
        return url_of(written, request.place.slug)

    page = TextFormPage(
        **back_to_line(request),
        heading=_("Write a strategic intent"),
        lede=_("A big idea over some years: stable, and open to be understood anew. It begins as a draft."),
        submit=_("Keep the draft"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("The draft is kept."))


@get_or_post
@of_unit(policies.check_can_draft)
def intent_arrange(request: PlaceRequest, intent_id: uuid.UUID) -> HttpResponse:
    """Change where an intent comes from and how far it looks."""
    found = queries.get_intent_for(request.actor, request.place, intent_id)
    policies.check_can_reword(request.actor, request.place, found.is_public)

    def act(cleaned: dict[str, Any]) -> str:
        line.arrange_intent(actor=request.actor, intent=found, **cleaned)
        return page.back_url

    form = IntentPlaceForm(
        sent(request),
        visions=queries.list_visions_to_serve(request.actor, request.place),
        initial={"vision": found.vision_id, "horizon_on": found.horizon_on},
    )
    page = FormPage(
        **back_to(request, found),
        heading=_("Where this intent comes from"),
        lede=_("Its words stay as they are."),
        submit=_("Save"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."))


# --- what visions, intents and challenges have in common --------------------------------------------------------------
@require_safe
@of_unit(policies.check_can_view_line)
def thing_history(request: PlaceRequest, thing_kind: str, thing_id: uuid.UUID) -> HttpResponse:
    """Show how a text came to be."""
    thing = queries.get_thing_for(request.actor, request.place, thing_kind, thing_id)
    page = presenter.present_history(request.actor, request.place, thing)
    return render(request, "intend/history.html", {"page": page})


@get_or_post
@of_unit(policies.check_can_draft)
def thing_reword(request: PlaceRequest, thing_kind: str, thing_id: uuid.UUID) -> HttpResponse:
    """Reword a text; two who do so at once lose nothing."""
    thing = queries.get_thing_for(request.actor, request.place, thing_kind, thing_id)
    policies.check_can_reword(request.actor, request.place, thing.is_public)
    initial = {**thing.text.parts, "from_version": thing.text.version}

    def make_form(data: QueryDict | None) -> TextForm:
        return WORDS_FORMS[thing_kind](data, rewords=True, initial=initial)

    def act(form: TextForm) -> str:
        line.reword(actor=request.actor, thing=thing, wording=form.wording)
        return page.back_url

    page = TextFormPage(
        **back_to(request, thing),
        heading=_("Reword it"),
        lede=_("The earlier wording stays in its history, with what you write as the reason."),
        submit=_("Save this wording"),
    )
    return answer_text(
        request,
        make_form=make_form,
        page=page,
        act=act,
        done=_("Saved. The earlier wording is in the history."),
        read_meanwhile=lambda number: wordings.present_meanwhile(request.actor, thing.text, number),
    )


@get_or_post
@of_unit(policies.check_can_keep)
def thing_publish(request: PlaceRequest, thing_kind: str, thing_id: uuid.UUID) -> HttpResponse:
    """Publish a draft."""
    thing = queries.get_thing_for(request.actor, request.place, thing_kind, thing_id)

    def act(_cleaned: dict[str, Any]) -> str:
        line.publish(actor=request.actor, thing=thing)
        return page.back_url

    page = FormPage(
        **back_to(request, thing),
        heading=_("Publish it?"),
        lede=thing.title,
        submit=_("Publish"),
        consequences=(
            _("Everybody of the district, the alliance and their schools can read it from now on."),
            _("It can be reworded, with a reason, and withdrawn, but no longer be made unread."),
        ),
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It is published."))


@get_or_post
@of_unit(policies.check_can_draft)
def thing_withdraw(request: PlaceRequest, thing_kind: str, thing_id: uuid.UUID) -> HttpResponse:
    """Withdraw with a reason."""
    thing = queries.get_thing_for(request.actor, request.place, thing_kind, thing_id)
    policies.check_can_reword(request.actor, request.place, thing.is_public)

    def act(cleaned: dict[str, Any]) -> str:
        line.withdraw(actor=request.actor, thing=thing, **cleaned)
        return page.back_url

    page = FormPage(
        **back_to(request, thing),
        heading=_("Withdraw it?"),
        lede=thing.title,
        submit=_("Withdraw it"),
        is_danger=True,
        consequences=(
            _("It no longer counts on the line, and stays readable with your reason."),
            _("That cannot be undone; a new one can be written."),
        ),
    )
    return answer_form(request, form=WithdrawForm(sent(request)), page=page, act=act, done=_("It is withdrawn."))
