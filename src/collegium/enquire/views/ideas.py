"""Change ideas: the story of each, telling one, and saying that it is tried here."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.base import time
from collegium.enquire import policies
from collegium.enquire.forms.ideas import IdeaForm, TellForm, TrialForm
from collegium.enquire.presenters import frame
from collegium.enquire.presenters import ideas as presenter
from collegium.enquire.queries import ideas as queries
from collegium.enquire.queries.enquiries import get_enquiry_to_share
from collegium.enquire.queries.ideas import FoundIdea
from collegium.enquire.services import ideas as services
from collegium.enquire.views.frame import EnquiryRequest, of_enquiry
from collegium.people.actors import Actor
from collegium.people.views.frame import (
    ActorRequest,
    PlaceRequest,
    View,
    answer_form,
    get_or_post,
    of_unit,
    sent,
    signed_in,
)
from collegium.talk.views.threads import read_page


def of_idea(load: Callable[[Actor, uuid.UUID], FoundIdea] = queries.get_idea_for) -> Callable[[View], View]:
    """Find the idea of the address, and tell the shell its unit; the view takes it."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: Any, change_idea_id: uuid.UUID) -> HttpResponse:
            found = load(request.actor, change_idea_id)
            request.place = found.place
            return view(request, found)

        return signed_in(wrapped)

    return decorate


@require_safe
@of_unit(policies.check_can_view_enquiries)
def unit_ideas(request: PlaceRequest) -> HttpResponse:
    """Show the ideas that were told or tried in a unit."""
    page = presenter.present_ideas(request.actor, request.place, read_page(request))
    return render(request, "enquire/ideas.html", {"page": page})


@require_safe
@of_idea()
def idea(request: ActorRequest, found: FoundIdea) -> HttpResponse:
    """Show the story of an idea: how it is done, where it was tried, and what came of it."""
    return render(request, "enquire/idea.html", {"page": presenter.present_idea(request.actor, found)})


@get_or_post
@of_idea(queries.get_idea_to_change)
def idea_change(request: ActorRequest, found: FoundIdea) -> HttpResponse:
    """Tell an idea better."""
    row = found.idea
    form = IdeaForm(sent(request), initial={"title": row.title, "how": row.how, "why": row.why})

    def act(_cleaned: dict[str, Any]) -> str:
        services.change_idea(actor=request.actor, idea=row, standing=found.standing, told=form.told())
        return presenter.address_of(row)

    page = presenter.form_of_idea(
        found, heading=_("Tell this idea better"), lede=_("Everybody here can read it."), submit=_("Keep it")
    )
    return answer_form(request, form=form, page=page, act=act, done=_("It is kept."))


@get_or_post
@of_enquiry(get_enquiry_to_share)
def idea_tell(request: EnquiryRequest) -> HttpResponse:
    """Tell what an enquiry tried as an idea that others can try."""
    found = request.found
    form = TellForm(
        sent(request), measures=queries.list_measures(found.enquiry), initial={"title": found.enquiry.title}
    )

    def act(cleaned: dict[str, Any]) -> str:
        told = services.tell_idea(
            actor=request.actor,
            enquiry=found.enquiry,
            standing=found.standing,
            told=form.told(),
            outcomes=cleaned["outcomes"],
        )
        return frame.address_of(found.enquiry, "trial_keep", told.id)

    page = frame.form_of_enquiry(
        found,
        heading=_("Tell it as an idea"),
        lede=_(
            "So that other schools can try it, each with numbers of its own. Everybody in your community can read it."
        ),
        submit=_("Go on: how you tried it"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("It is told. Now say how you tried it."))


@require_safe
@of_enquiry(get_enquiry_to_share)
def trial_pick(request: EnquiryRequest) -> HttpResponse:
    """Choose which idea is tried in an enquiry."""
    page = presenter.present_pick(request.actor, request.found)
    return render(request, "enquire/trial_pick.html", {"page": page})


@get_or_post
@of_enquiry(get_enquiry_to_share)
def trial_keep(request: EnquiryRequest, change_idea_id: uuid.UUID) -> HttpResponse:
    """Say how an idea is tried in an enquiry."""
    found, row = request.found, queries.get_idea_for(request.actor, change_idea_id).idea
    trial, chosen = queries.get_trial(row, found.enquiry)
    names = ("since", "setting", "fidelity", "context", "adaptation")
    form = TrialForm(
        sent(request),
        outcomes=queries.list_outcomes(row),
        measures=queries.list_measures(found.enquiry),
        chosen=chosen,
        initial={name: getattr(trial, name) for name in names} if trial else {"since": time.today()},
    )

    def act(_cleaned: dict[str, Any]) -> str:
        services.keep_trial(
            actor=request.actor, enquiry=found.enquiry, standing=found.standing, idea=row, tried=form.tried()
        )
        return presenter.address_of(row)

    page = frame.form_of_enquiry(
        found,
        heading=_("Tried here"),
        lede=_("“%(title)s”. What you say here, and how the measures changed, everybody in your community can read.")
        % {"title": row.title},
        submit=_("Keep it"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("It stands in the story of the idea."))
