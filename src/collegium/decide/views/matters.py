"""What a unit decides, and each matter."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.decide import policies
from collegium.decide.forms.matters import AskForm, MatterForm, StageForm, WhyForm
from collegium.decide.presenters import frame, lists
from collegium.decide.presenters import matters as presenter
from collegium.decide.queries import choosing
from collegium.decide.queries import matters as queries
from collegium.decide.services import matters as services
from collegium.decide.services.matters import Asked, Whom
from collegium.people.queries import units
from collegium.people.views.frame import (
    ActorRequest,
    PlaceRequest,
    answer_form,
    get_or_post,
    handed_over,
    of_unit,
    sent,
    signed_in,
)
from collegium.talk.forms.writing import CommentForm
from collegium.talk.views.threads import read_page


@require_safe
@of_unit(policies.check_can_view_decisions)
def unit_decide(request: PlaceRequest) -> HttpResponse:
    """Show what a unit decides."""
    page = lists.present_unit(request.actor, request.place, read_page(request))
    return render(request, "decide/unit.html", {"page": page})


@get_or_post
@of_unit(policies.check_can_start)
def matter_add(request: PlaceRequest) -> HttpResponse:
    """Ask a question."""
    unit = units.get_unit_for(request.actor, request.place)
    who = choosing.list_who(request.actor, request.place)

    def act(cleaned: dict[str, Any]) -> str:
        whom = [Whom(unit=who.units.get(key), group=who.groups.get(key)) for key in cleaned.pop("whom")]
        asked = services.ask(actor=request.actor, unit=unit, asked=Asked(**cleaned), whom=whom)
        return frame.address_of(asked)

    form = AskForm(
        sent(request),
        whom=who.choices(),
        people=choosing.list_people(request.place),
        initial={
            "whom": [f"unit:{unit.id}"],
            "facilitator": str(request.actor.person_id),
            **handed_over(request, "background"),
        },
    )
    page = frame.form_of_unit(
        request.place,
        heading=_("Ask a question"),
        lede=_("Everybody here may ask one. It is decided by those whom it affects."),
        submit=_("Ask it"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("It is asked. Say in the conversation why."))


@require_safe
@signed_in
def matter(request: ActorRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Show a matter."""
    found = queries.get_matter_for(request.actor, matter_id)
    request.place = found.place  # type: ignore[attr-defined]
    page = presenter.present_matter(request.actor, found, read_page(request))
    return render(request, "decide/matter.html", {"page": page, "talk": page.talk, "comment_form": CommentForm()})


@get_or_post
@signed_in
def matter_change(request: ActorRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Change what is said about a matter."""
    found = queries.get_matter_to_run(request.actor, matter_id)
    request.place = found.place  # type: ignore[attr-defined]
    now = found.matter

    def act(cleaned: dict[str, Any]) -> str:
        services.change(actor=request.actor, matter=now, standing=found.standing, asked=Asked(**cleaned))
        return frame.address_of(now)

    initial = {name: getattr(now, name) for name in ("question", "background", "decide_by", "readers")}
    initial |= {"facilitator": str(now.facilitator_id or ""), "second": str(now.second_id or "")}
    form = MatterForm(sent(request), people=choosing.list_facilitators(now, found.place), initial=initial)
    page = frame.form_of_matter(
        found, heading=_("Change this matter"), lede=_("Everybody who takes part sees it."), submit=_("Change it")
    )
    return answer_form(request, form=form, page=page, act=act, done=_("It is changed."))


@get_or_post
@signed_in
def matter_stage(request: ActorRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Move a matter on, or back."""
    found = queries.get_matter_to_run(request.actor, matter_id)
    request.place = found.place  # type: ignore[attr-defined]

    def act(cleaned: dict[str, Any]) -> str:
        services.move(actor=request.actor, matter=found.matter, standing=found.standing, **cleaned)
        return frame.address_of(found.matter)

    page = frame.form_of_matter(
        found,
        heading=_("How far has it come?"),
        lede=_("A stage says what is asked of people now. You can go back as well as on."),
        submit=_("Move it"),
    )
    form = StageForm(sent(request), initial={"stage": found.matter.stage})
    return answer_form(request, form=form, page=page, act=act, done=_("It is moved."))


@get_or_post
@signed_in
def matter_close(request: ActorRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Close a matter without a decision."""
    found = queries.get_matter_to_run(request.actor, matter_id)
    request.place = found.place  # type: ignore[attr-defined]

    def act(cleaned: dict[str, Any]) -> str:
        services.close(actor=request.actor, matter=found.matter, standing=found.standing, **cleaned)
        return reverse("decide:unit_decide", args=[found.place.slug])

    page = frame.form_of_matter(
        found,
        heading=_("Close it without a decision?"),
        lede=found.matter.question,
        submit=_("Close it"),
        is_danger=True,
        consequences=(_("Nothing is decided, and your reason stands with the question. It stays to be read."),),
    )
    return answer_form(request, form=WhyForm(sent(request)), page=page, act=act, done=_("It is closed."))
