"""Challenges: writing and arranging them, who owns them, and what they cite."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.base import time
from collegium.intend import policies
from collegium.intend.enums import Outcome
from collegium.intend.forms import challenges as forms
from collegium.intend.presenters import challenges as presenter
from collegium.intend.presenters.line import url_of
from collegium.intend.presenters.wordings import TextFormPage
from collegium.intend.queries import challenges as challenge_queries
from collegium.intend.queries import evidence
from collegium.intend.queries import line as queries
from collegium.intend.services import challenges
from collegium.intend.views.line import back_to, back_to_line
from collegium.people.forms.changes import ConfirmForm, PickPersonForm, SearchForm
from collegium.people.presenters.forms import FormPage
from collegium.people.queries import persons
from collegium.people.views.frame import PlaceRequest, answer_form, get_or_post, handed_over, of_unit, pick, sent
from collegium.talk.forms.writing import CommentForm
from collegium.talk.views.threads import read_page


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeFormPage(TextFormPage):
    """The form of a challenge has a page of its own."""

    @property
    def template(self) -> str:
        """Its rarer questions are behind one click."""
        return "intend/challenge_form.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFormPage(FormPage):
    """The change check has what is known around its questions."""

    around: presenter.CheckAround

    @property
    def template(self) -> str:
        """It has a page of its own."""
        return "intend/change_check.html"


def _offered(request: PlaceRequest) -> dict[str, Any]:
    return {
        "intents": queries.list_intents_to_serve(request.actor, request.place),
        "units": challenge_queries.list_units_to_ask(request.place),
        "measures": evidence.list_measures_for(request.actor, request.place),
        "enquired": evidence.list_enquired_for(request.actor, request.place),
    }


@require_safe
@of_unit(policies.check_can_view_line)
def challenge(request: PlaceRequest, challenge_id: uuid.UUID) -> HttpResponse:
    """Show a challenge."""
    found = queries.get_challenge_for(request.actor, request.place, challenge_id)
    page = presenter.present_challenge(request.actor, request.place, found, read_page(request))
    return render(request, "intend/challenge.html", {"page": page, "talk": page.talk, "comment_form": CommentForm()})


@get_or_post
@of_unit(policies.check_can_draft)
def challenge_write(request: PlaceRequest) -> HttpResponse:
    """Draft a challenge."""
    unit = queries.get_unit_for(request.actor, request.place)
    initial = {"starts_on": time.today(), "intent": request.GET.get("intent", "")}
    initial |= handed_over(request, "why_now")
    form = forms.ChallengeForm(sent(request), **_offered(request), initial=initial)

    def act(_cleaned: dict[str, Any]) -> str:
        written = challenges.write_challenge(actor=request.actor, unit=unit, parts=form.parts, **form.place)
        return url_of(written, request.place.slug)

    page = ChallengeFormPage(
        **back_to_line(request),
        heading=_("Write a challenge"),
        lede=_(
            "A milestone: what should become true, by when, and how we will know. How to get there is for the teams."
        ),
        submit=_("Keep the draft"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("The draft is kept."))


@get_or_post
@of_unit(policies.check_can_draft)
def challenge_arrange(request: PlaceRequest, challenge_id: uuid.UUID) -> HttpResponse:
    """Change when, for whom and how a challenge is known."""
    found = queries.get_challenge_for(request.actor, request.place, challenge_id)
    policies.check_can_reword(request.actor, request.place, found.is_public)
    initial = {name: getattr(found, name) for name in ("starts_on", "by_on", "measured", "indicator_key", "measure_id")}
    initial |= {name: getattr(found, name) for name in ("gateways", "agenda", "curriculum")}
    initial |= {"intent": found.intent_id, "asks": [unit.id for unit in challenge_queries.list_asked(found)]}
    form = forms.ChallengePlaceForm(sent(request), **_offered(request), initial=initial)

    def act(_cleaned: dict[str, Any]) -> str:
        challenges.arrange_challenge(actor=request.actor, challenge=found, **form.place)
        return page.back_url

    page = FormPage(
        **back_to(request, found), heading=_("When, for whom, how known"), lede=found.title, submit=_("Save")
    )
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."))


@get_or_post
@of_unit(policies.check_can_draft)
def challenge_owner(request: PlaceRequest, challenge_id: uuid.UUID, *, is_second: bool) -> HttpResponse:
    """Name who owns a challenge, or who could carry it on."""
    found = queries.get_challenge_for(request.actor, request.place, challenge_id)
    policies.check_can_reword(request.actor, request.place, found.is_public)
    search = SearchForm(
        request.GET,
        label=_("Find the person"),
        hint=_("A name, for people of this unit. For people of other units, their whole email address."),
    )
    candidates = persons.list_candidates(request.actor, request.place, search.text) if search.text else []

    def act(cleaned: dict[str, Any]) -> str:
        challenges.name_owner(actor=request.actor, challenge=found, person=cleaned["person"], is_second=is_second)
        return page.back_url

    page = FormPage(
        **back_to(request, found),
        heading=_("Who could carry it on?") if is_second else _("Who owns it?"),
        lede=_("Two people own a challenge, so that it lives on when one leaves."),
        submit=_("Name them"),
    )
    form = PickPersonForm(sent(request), found=candidates)
    return pick(request, form=form, search=search, page=page, act=act, done=_("They are named."))


@get_or_post
@of_unit(policies.check_can_draft)
def challenge_cite(request: PlaceRequest, challenge_id: uuid.UUID) -> HttpResponse:
    """Cite a number as evidence."""
    found = queries.get_challenge_for(request.actor, request.place, challenge_id)
    policies.check_can_reword(request.actor, request.place, found.is_public)
    form = forms.CiteForm(sent(request), offered=presenter.list_offered(request.actor, request.place))

    def act(cleaned: dict[str, Any]) -> str:
        challenges.cite(actor=request.actor, challenge=found, code=cleaned["cited"], note=cleaned["note"])
        return page.back_url

    page = FormPage(
        **back_to(request, found),
        heading=_("Cite evidence"),
        lede=_("The number is kept as it is today. The page will show it beside how it is then."),
        submit=_("Cite it"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("It is cited."))


@get_or_post
@of_unit(policies.check_can_draft)
def citation_withdraw(request: PlaceRequest, challenge_id: uuid.UUID, citation_id: uuid.UUID) -> HttpResponse:
    """No longer cite a number."""
    found = queries.get_challenge_for(request.actor, request.place, challenge_id)
    policies.check_can_reword(request.actor, request.place, found.is_public)
    citation = evidence.get_citation_for(request.actor, found, citation_id)

    def act(_cleaned: dict[str, Any]) -> str:
        challenges.withdraw_citation(actor=request.actor, citation=citation)
        return page.back_url

    page = FormPage(
        **back_to(request, found),
        heading=_("No longer cite this number?"),
        lede=found.title,
        submit=_("Take it off"),
        is_danger=True,
        consequences=(_("How it was on the day it was cited is no longer shown."),),
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It was taken off."))


# --- from the check to the end ----------------------------------------------------------------------------------------
@get_or_post
@of_unit(policies.check_can_draft)
def challenge_check(request: PlaceRequest, challenge_id: uuid.UUID) -> HttpResponse:
    """Go through the change check."""
    found = queries.get_challenge_for(request.actor, request.place, challenge_id)
    checks = challenge_queries.list_checks(found)
    names = (*presenter.QUESTIONS, "design_work", "pilot", "note")
    initial = {name: getattr(checks[0], name) for name in names} if checks else {}

    def act(cleaned: dict[str, Any]) -> str:
        challenges.keep_check(actor=request.actor, challenge=found, **cleaned)
        return page.back_url

    page = CheckFormPage(
        **back_to(request, found),
        heading=_("Change check"),
        lede=_("Four things make most changes fail. Talk them over before this one starts; an honest “not yet” helps."),
        submit=_("Keep the answers"),
        around=presenter.present_check(request.actor, request.place, found),
    )
    form = forms.ChangeCheckForm(sent(request), initial=initial)
    return answer_form(request, form=form, page=page, act=act, done=_("The answers are kept."))


@get_or_post
@of_unit(policies.check_can_keep)
def challenge_start(request: PlaceRequest, challenge_id: uuid.UUID) -> HttpResponse:
    """Start a challenge."""
    found = queries.get_challenge_for(request.actor, request.place, challenge_id)

    def act(_cleaned: dict[str, Any]) -> str:
        challenges.start(actor=request.actor, challenge=found)
        return page.back_url

    page = FormPage(
        **back_to(request, found),
        heading=_("Start this challenge?"),
        lede=found.title,
        submit=_("Start it"),
        consequences=(
            _("It needs two owners and a change check, whatever the check says."),
            _("People promise what they will do for it from now on."),
        ),
    )
    return answer_form(request, form=forms.StartForm(sent(request)), page=page, act=act, done=_("It has started."))


@get_or_post
@of_unit(policies.check_can_keep)
def challenge_close(request: PlaceRequest, challenge_id: uuid.UUID) -> HttpResponse:
    """Say what became of a challenge."""
    found = queries.get_challenge_for(request.actor, request.place, challenge_id)

    def act(cleaned: dict[str, Any]) -> str:
        challenges.close(actor=request.actor, challenge=found, **cleaned)
        return page.back_url

    page = FormPage(
        **back_to(request, found),
        heading=_("What became of this challenge?"),
        lede=_("It stays on the line with what you write, and can no longer be changed."),
        submit=_("Close it"),
    )
    form = forms.CloseForm(sent(request), initial={"outcome": Outcome.MET})
    return answer_form(request, form=form, page=page, act=act, done=_("It is closed."))


@require_POST
@of_unit(policies.check_can_draft)
def challenge_sign(request: PlaceRequest, challenge_id: uuid.UUID) -> HttpResponse:
    """Sign on, or take that back."""
    found = queries.get_challenge_for(request.actor, request.place, challenge_id)
    if challenge_queries.has_signed(request.actor, found):
        challenges.sign_off(actor=request.actor, challenge=found)
    else:
        challenges.sign_on(actor=request.actor, challenge=found)
    return redirect(f"{url_of(found, request.place.slug)}#who-is-in")
