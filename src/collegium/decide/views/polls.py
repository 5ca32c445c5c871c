"""Votes: opened, cast, stopped, and what came of them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from collegium.base.errors import Conflict, Invalid, sentence
from collegium.decide import policies
from collegium.decide.enums import Method
from collegium.decide.errors import NotFound
from collegium.decide.forms.matters import WhyForm
from collegium.decide.forms.polls import BallotForm, OpeningForm, default_closing
from collegium.decide.methods import way_of
from collegium.decide.presenters import frame, poll_files
from collegium.decide.presenters import polls as presenter
from collegium.decide.queries import matters, norms
from collegium.decide.queries import polls as queries
from collegium.decide.services import polls as services
from collegium.decide.services import voting
from collegium.people.views.frame import ActorRequest, answer_form, get_or_post, sent, signed_in
from collegium.talk.views.threads import read_page


@get_or_post
@signed_in
def poll_add(request: ActorRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Choose a way of voting; then open a vote."""
    found = matters.get_matter_to_run(request.actor, matter_id)
    request.place = found.place  # type: ignore[attr-defined]
    usual = norms.get_norms(found.matter.unit_id, found.matter.group_id)
    chosen = request.GET.get("method", "")
    if chosen not in Method.values:
        page = presenter.present_ways(request.actor, found, usual.method if usual else "")
        return render(request, "decide/ways.html", {"page": page})
    method = Method(chosen)

    def act(cleaned: dict[str, Any]) -> str:
        opening = services.Opening(method=method, **cleaned)
        opened = services.open_poll(actor=request.actor, matter=found.matter, standing=found.standing, opening=opening)
        return reverse("decide:poll", args=[opened.id])

    standing = [each for each in matters.list_proposals(found.matter) if each.withdrawn_at is None]
    initial = {"question": found.matter.question, "closes_at": default_closing()}
    form = OpeningForm(sent(request), method=method, proposals=standing, norms=usual, initial=initial)
    return answer_form(
        request,
        form=form,
        page=frame.form_of_matter(found, heading=method.label, lede=way_of(method).rules, submit=_("Open the vote")),
        act=act,
        done=_("The vote is open. Who may vote, and the rules, stay as they are now."),
    )


@never_cache
@get_or_post
@signed_in
def poll(request: ActorRequest, poll_id: uuid.UUID) -> HttpResponse:
    """Show a vote, and take a ballot."""
    found = queries.get_poll_for(request.actor, poll_id)
    request.place = found.found.place  # type: ignore[attr-defined]
    form, receipt = _read_ballot(request, found)
    if request.method == "POST" and not form.errors:
        if not receipt:
            messages.success(request, _("Your ballot is cast. You can change it until the vote closes."))
            return HttpResponseRedirect(reverse("decide:poll", args=[poll_id]))
        # The code is shown this once and stands nowhere that leads to its voter, so there is nothing to redirect to.
        return render(
            request, "decide/receipt.html", {"code": receipt, "poll": presenter.present_poll(request.actor, found)}
        )
    page = presenter.present_poll(request.actor, found, number=read_page(request), code=request.GET.get("code", ""))
    return render(request, "decide/poll.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _read_ballot(request: ActorRequest, found: queries.FoundPoll) -> tuple[BallotForm, str]:
    """Return the form of the ballot, with what was wrong with it, and the code of a secret one that was taken."""
    own = None if found.poll.is_secret else queries.get_own_ballot(request.actor, found.poll)
    if request.method == "POST":
        policies.check_can_vote(request.actor, found.voter.person_id if found.voter else None)
    initial = {"reason": own.reason} if own else {}
    form = BallotForm(
        sent(request), poll=found.poll, options=found.options, own=own.marks if own else None, initial=initial
    )
    if not form.is_bound or not form.is_valid():
        return form, ""
    ballot = {"actor": request.actor, "poll": found.poll, "reason": form.cleaned_data["reason"]}
    try:
        if found.poll.is_secret:
            return form, voting.cast_secret(marks=form.marks(), **ballot)
        voting.cast_open(marks=form.marks(), **ballot)
    except (Invalid, Conflict) as error:
        form.add_error(None, sentence(error))
    return form, ""


@require_safe
@signed_in
def poll_csv(request: ActorRequest, poll_id: uuid.UUID) -> HttpResponse:
    """Hand out the ballots of a closed vote, so that anybody can count them again."""
    found = queries.get_poll_for(request.actor, poll_id)
    text = poll_files.write_ballots(found)
    headers = {"Content-Disposition": 'attachment; filename="ballots.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


@get_or_post
@signed_in
def poll_stop(request: ActorRequest, poll_id: uuid.UUID) -> HttpResponse:
    """Stop a vote that should not have been opened."""
    found = queries.get_poll_for(request.actor, poll_id)
    policies.check_can_facilitate(request.actor, found.found.place, found.found.standing)

    def act(cleaned: dict[str, Any]) -> str:
        services.stop(actor=request.actor, poll=found.poll, standing=found.found.standing, **cleaned)
        return frame.address_of(found.found.matter)

    page = frame.form_of_matter(
        found.found,
        heading=_("Stop this vote?"),
        lede=found.poll.question,
        submit=_("Stop it"),
        is_danger=True,
        consequences=(
            _("Every ballot is deleted; secret ones are never looked at. That cannot be undone."),
            _("Everybody reads that it was stopped, and why. You can open another vote."),
        ),
    )
    return answer_form(request, form=WhyForm(sent(request)), page=page, act=act, done=_("It is stopped."))


@get_or_post
@signed_in
def option_withdraw(request: ActorRequest, poll_id: uuid.UUID, option_id: uuid.UUID) -> HttpResponse:
    """Withdraw an option from an open vote."""
    found = queries.get_poll_for(request.actor, poll_id)
    policies.check_can_facilitate(request.actor, found.found.place, found.found.standing)
    option = queries.get_option_for(found, option_id)
    url = reverse("decide:poll", args=[poll_id])

    def act(cleaned: dict[str, Any]) -> str:
        services.withdraw_option(
            actor=request.actor, poll=found.poll, standing=found.found.standing, option=option, **cleaned
        )
        return url

    page = frame.form_of_matter(
        found.found,
        heading=_("Withdraw this option?"),
        lede=option.title,
        submit=_("Withdraw it"),
        is_danger=True,
        back_url=url,
        consequences=(_("It is taken off every ballot, also those that were cast. The rest of each ballot stands."),),
    )
    return answer_form(request, form=WhyForm(sent(request)), page=page, act=act, done=_("It is withdrawn."))


@get_or_post
@signed_in
def objection(request: ActorRequest, poll_id: uuid.UUID) -> HttpResponse:
    """Say that one's own objection is worked through."""
    found = queries.get_poll_for(request.actor, poll_id)
    ballot = queries.get_own_ballot(request.actor, found.poll)
    if ballot is None:
        raise NotFound
    url = reverse("decide:poll", args=[poll_id])

    def act(cleaned: dict[str, Any]) -> str:
        voting.work_through(actor=request.actor, poll=found.poll, ballot=ballot, how=cleaned["why"])
        return url

    page = frame.form_of_matter(
        found.found,
        heading=_("Is your objection worked through?"),
        lede=ballot.reason,
        submit=_("It is worked through"),
        back_url=url,
    )
    done = _("Thank you. The vote is counted with that.")
    return answer_form(request, form=WhyForm(sent(request)), page=page, act=act, done=done)
