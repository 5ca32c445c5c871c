"""Reviews: opened, judged, talked over, agreed, finished."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from collegium.guide import policies, talking
from collegium.guide.forms import reviews as forms
from collegium.guide.presenters import opening
from collegium.guide.presenters import reviews as presenter
from collegium.guide.queries import reviews as queries
from collegium.guide.services import agreeing, judging, opening_reviews
from collegium.people.forms.changes import PickPersonForm, SearchForm
from collegium.people.queries import persons, units
from collegium.people.views.frame import (
    ActorRequest,
    PlaceRequest,
    answer_form,
    get_or_post,
    of_unit,
    pick,
    sent,
    signed_in,
)
from collegium.talk.presenters.threads import present_talk
from collegium.talk.views.threads import read_page


def _find(request: ActorRequest, review_id: uuid.UUID) -> queries.FoundReview:
    found = queries.get_review_for(request.actor, review_id)
    request.place = found.place  # type: ignore[attr-defined]
    return found


def _page(found: queries.FoundReview, anchor: str = "") -> str:
    return reverse("guide:review", args=[found.review.id]) + (f"#{anchor}" if anchor else "")


@require_safe
@of_unit(policies.check_can_view_guide)
def review_list(request: PlaceRequest) -> HttpResponse:
    """Show the reviews of a unit, and what it can be reviewed by."""
    page = presenter.present_list(request.actor, request.place)
    return render(request, "guide/reviews.html", {"page": page})


@get_or_post
@of_unit(policies.check_can_open_review)
def review_open(request: PlaceRequest, review_key: str) -> HttpResponse:
    """Open a review."""
    offered = queries.get_offered(request.place, review_key)
    whom = opening.list_whom(request.actor, request.place)

    def act(cleaned: dict[str, Any]) -> str:
        unit = units.get_unit_for(request.actor, request.place)
        chosen, group = whom.find(cleaned.pop("whom"))
        made = opening_reviews.open_review(
            actor=request.actor, unit=unit, offered=offered, whom=chosen, group=group, **cleaned
        )
        return reverse("guide:review", args=[made.id])

    initial = {"whom": "all", "closes_at": forms.default_closing()}
    has_schools = opening.has_schools(request.place, offered.definition)
    form = forms.OpenForm(sent(request), whom=whom.choices(), has_schools=has_schools, initial=initial)
    title = offered.definition.title
    page = presenter.form_of_unit(request.place, title, offered.definition.purpose, _("Open the review"))
    return answer_form(request, form=form, page=page, act=act, done=_("The review is open."))


@require_safe
@signed_in
def review(request: ActorRequest, review_id: uuid.UUID) -> HttpResponse:
    """Show a review."""
    found = _find(request, review_id)
    page = presenter.present_review(request.actor, found)
    context: dict[str, Any] = {"page": page}
    if found.is_closed:
        subject = talking.subject_of(request.actor, found)
        context["talk"] = present_talk(request.actor, subject, read_page(request))
    return render(request, "guide/review.html", context)


@never_cache
@get_or_post
@signed_in
def review_judge(request: ActorRequest, review_id: uuid.UUID) -> HttpResponse:
    """Judge, alone and once."""
    found = _find(request, review_id)
    policies.check_can_judge(request.actor, found.seat.person_id if found.seat else None)
    if request.method != "POST" and not found.waits_for_judgement:
        return redirect(_page(found))
    form = forms.JudgeForm(sent(request), definition=found.definition)

    def act(_cleaned: dict[str, Any]) -> str:
        judging.judge(actor=request.actor, found=found, levels=form.levels())
        return _page(found)

    page = presenter.form_of_review(
        found,
        heading=_("Judge alone"),
        lede=_("Look at the evidence first. Then choose for each claim what you see here, and not what you hope for."),
        submit=_("Give my judgement: it cannot be changed"),
    )
    extra = {"parts": opening.pair(form, found, presenter.read_for_judging(request.actor, found))}
    done = _("Thank you. Your judgement lies among the others.")
    return answer_form(request, form=form, page=page, act=act, done=done, template="guide/judge.html", extra=extra)


@get_or_post
@signed_in
def review_agree(request: ActorRequest, review_id: uuid.UUID, claim_key: str) -> HttpResponse:
    """Write down what was agreed on a claim."""
    found = _find(request, review_id)
    claim = queries.get_claim(found, claim_key)
    policies.check_can_record_review(request.actor, found.place)
    kept = queries.list_agreements(found.review).get(claim.key)

    def act(cleaned: dict[str, Any]) -> str:
        agreeing.agree(actor=request.actor, found=found, claim=claim, **cleaned)
        return _page(found, claim.key)

    page = presenter.form_of_review(
        found, anchor=claim.key, heading=claim.title, lede=claim.claim, submit=_("Write it down")
    )
    initial = {"level": kept.level or forms.CANNOT, "why": kept.why} if kept else {}
    form = forms.AgreeForm(sent(request), claim=claim, initial=initial)
    return answer_form(request, form=form, page=page, act=act, done=_("It is written down."))


@get_or_post
@signed_in
def review_dissent(request: ActorRequest, review_id: uuid.UUID, claim_key: str) -> HttpResponse:
    """Put one's own dissent on record."""
    found = _find(request, review_id)
    claim = queries.get_claim(found, claim_key)
    policies.check_can_judge(request.actor, found.seat.person_id if found.seat else None)
    own = [
        each
        for each in queries.list_dissents(found.review).get(claim.key, [])
        if each.person_id == request.actor.person_id
    ]

    def act(cleaned: dict[str, Any]) -> str:
        agreeing.dissent(actor=request.actor, found=found, claim=claim, **cleaned)
        return _page(found, claim.key)

    page = presenter.form_of_review(found, anchor=claim.key, heading=claim.title, lede=claim.claim, submit=_("Keep it"))
    form = forms.DissentForm(sent(request), initial={"text": own[0].text if own else ""})
    return answer_form(request, form=form, page=page, act=act, done=_("It is kept."))


@get_or_post
@signed_in
def review_finish(request: ActorRequest, review_id: uuid.UUID) -> HttpResponse:
    """Finish a review."""
    found = _find(request, review_id)
    policies.check_can_record_review(request.actor, found.place)

    def act(cleaned: dict[str, Any]) -> str:
        agreeing.finish(actor=request.actor, found=found, **cleaned)
        return _page(found)

    page = presenter.form_of_review(
        found,
        heading=_("Finish this review?"),
        lede=found.definition.title,
        submit=_("Finish it"),
        is_danger=True,
        consequences=opening.list_consequences(found.definition),
    )
    form = forms.FinishForm(sent(request), is_part=found.review.part_of_id is not None)
    return answer_form(request, form=form, page=page, act=act, done=_("It is finished."))


@get_or_post
@signed_in
def review_stop(request: ActorRequest, review_id: uuid.UUID) -> HttpResponse:
    """Stop a review that should not have been opened."""
    found = _find(request, review_id)
    policies.check_can_open_review(request.actor, found.place)

    def act(cleaned: dict[str, Any]) -> str:
        opening_reviews.stop_review(actor=request.actor, found=found, **cleaned)
        return _page(found)

    page = presenter.form_of_review(
        found,
        heading=_("Stop this review?"),
        lede=found.definition.title,
        submit=_("Stop it"),
        is_danger=True,
        consequences=(
            _("What people have judged is deleted, and nobody looks at it. That cannot be undone."),
            _("Everybody reads that it was stopped, and why. Reviews of single schools go on."),
        ),
    )
    return answer_form(request, form=forms.WhyForm(sent(request)), page=page, act=act, done=_("It is stopped."))


@get_or_post
@signed_in
def review_friend(request: ActorRequest, review_id: uuid.UUID) -> HttpResponse:
    """Invite a critical friend."""
    found = _find(request, review_id)
    policies.check_can_open_review(request.actor, found.place)
    search = SearchForm(
        request.GET,
        label=_("Find the person"),
        hint=_("A name, for people of this unit. For people of other units, their whole email address."),
    )
    candidates = persons.list_candidates(request.actor, found.place, search.text) if search.text else []

    def act(cleaned: dict[str, Any]) -> str:
        opening_reviews.invite_friend(actor=request.actor, found=found, person=cleaned["person"])
        return _page(found)

    page = presenter.form_of_review(
        found,
        heading=_("Invite a critical friend"),
        lede=_("Somebody from outside who reads the evidence and the spread, asks and comments, and does not judge."),
        submit=_("Invite them"),
    )
    form = PickPersonForm(sent(request), found=candidates)
    return pick(request, form=form, search=search, page=page, act=act, done=_("They read and comment from now on."))


@get_or_post
@of_unit(policies.check_can_open_review)
def review_weights(request: PlaceRequest, review_key: str) -> HttpResponse:
    """Say what each claim of a review weighs in a unit, and why."""
    definition = queries.get_offered(request.place, review_key).definition
    weights = queries.find_weights(request.place.unit_id, review_key)
    form = forms.WeightsForm(sent(request), definition=definition, weights=weights.weights if weights else {})

    def act(cleaned: dict[str, Any]) -> str:
        unit = units.get_unit_for(request.actor, request.place)
        agreeing.set_weights(
            actor=request.actor, unit=unit, definition=definition, weights=form.weights(), reason=cleaned["reason"]
        )
        return reverse("guide:reviews", args=[request.place.slug])

    lede = _("How much each claim counts for the result, from 1 to 5: %(rule)s. Finished reviews keep what they had.")
    page = presenter.form_of_unit(
        request.place,
        _("Weights: %(title)s") % {"title": definition.title},
        lede % {"rule": presenter.say_rule(definition)},
        _("Set these weights"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("The weights hold from today."))
