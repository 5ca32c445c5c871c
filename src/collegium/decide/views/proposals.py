"""Proposals and their amendments."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.decide import policies
from collegium.decide.forms.matters import AmendForm, ProposalForm, WhyForm
from collegium.decide.presenters import frame
from collegium.decide.presenters import proposals as presenter
from collegium.decide.queries import matters as queries
from collegium.decide.services import proposals as services
from collegium.people.views.frame import ActorRequest, answer_form, get_or_post, sent, signed_in


@get_or_post
@signed_in
def propose(request: ActorRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Propose an answer."""
    found = queries.get_matter_for(request.actor, matter_id)
    policies.check_can_speak(request.actor, found.place, found.matter.stage, found.standing)
    request.place = found.place  # type: ignore[attr-defined]

    def act(cleaned: dict[str, Any]) -> str:
        made = services.propose(actor=request.actor, matter=found.matter, standing=found.standing, **cleaned)
        return reverse("decide:proposal", args=[made.id])

    page = frame.form_of_matter(found, heading=_("Make a proposal"), lede=found.matter.question, submit=_("Propose it"))
    return answer_form(request, form=ProposalForm(sent(request)), page=page, act=act, done=_("It is proposed."))


@require_safe
@signed_in
def proposal(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Show a proposal with everything that was changed in it."""
    found = queries.get_proposal_for(request.actor, proposal_id)
    request.place = found.found.place  # type: ignore[attr-defined]
    return render(request, "decide/proposal.html", {"page": presenter.present_proposal(request.actor, found)})


def _check_can_amend(request: ActorRequest, found: queries.FoundProposal) -> None:
    matter = found.found.matter
    policies.check_can_amend(
        request.actor, found.found.place, matter.stage, found.found.standing, found.proposal.author_id
    )
    request.place = found.found.place  # type: ignore[attr-defined]


@get_or_post
@signed_in
def proposal_amend(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Change a proposal; whoever was overtaken sees both wordings."""
    found = queries.get_proposal_for(request.actor, proposal_id)
    _check_can_amend(request, found)
    now = found.proposal
    url = reverse("decide:proposal", args=[now.id])

    def act(cleaned: dict[str, Any]) -> str:
        services.amend(actor=request.actor, proposal=now, standing=found.found.standing, **cleaned)
        return url

    form = AmendForm(sent(request), initial={"title": now.title, "text": now.text, "written_from": now.version})
    overtaken = presenter.what_overtook(found, form)
    page = frame.form_of_matter(
        found.found, heading=_("Change the proposal"), lede=now.title, submit=_("Change it"), back_url=url
    )
    extra = {"overtaken": overtaken, "now": now.version}
    done = _("It is changed, and its history says how.")
    return answer_form(
        request, form=form, page=page, act=act, done=done, template="decide/proposal_amend.html", extra=extra
    )


@get_or_post
@signed_in
def proposal_withdraw(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Withdraw a proposal."""
    found = queries.get_proposal_for(request.actor, proposal_id)
    _check_can_amend(request, found)

    def act(cleaned: dict[str, Any]) -> str:
        services.withdraw(actor=request.actor, proposal=found.proposal, standing=found.found.standing, **cleaned)
        return frame.address_of(found.found.matter)

    page = frame.form_of_matter(
        found.found,
        heading=_("Withdraw this proposal?"),
        lede=found.proposal.title,
        submit=_("Withdraw it"),
        is_danger=True,
        consequences=(_("It cannot be voted on any more. It stays to be read, with your reason."),),
    )
    return answer_form(request, form=WhyForm(sent(request)), page=page, act=act, done=_("It is withdrawn."))
