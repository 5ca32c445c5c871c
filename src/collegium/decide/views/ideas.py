"""Ideas: said, seen so too, and turned into proposals."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collegium.decide import policies
from collegium.decide.forms.matters import FromIdeasForm, IdeaForm, WhyForm
from collegium.decide.presenters import frame
from collegium.decide.presenters import ideas as presenter
from collegium.decide.queries import ideas as queries
from collegium.decide.queries import matters
from collegium.decide.services import ideas as services
from collegium.decide.services import proposals
from collegium.people.views.frame import ActorRequest, answer_form, get_or_post, sent, signed_in


@get_or_post
@signed_in
def idea_say(request: ActorRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Say what could be done."""
    found = matters.get_matter_for(request.actor, matter_id)
    policies.check_can_speak(request.actor, found.place, found.matter.stage, found.standing)
    request.place = found.place  # type: ignore[attr-defined]

    def act(cleaned: dict[str, Any]) -> str:
        services.say(actor=request.actor, matter=found.matter, standing=found.standing, **cleaned)
        return f"{frame.address_of(found.matter)}#ideas"

    page = frame.form_of_matter(found, heading=_("Say an idea"), lede=found.matter.question, submit=_("Say it"))
    return answer_form(request, form=IdeaForm(sent(request)), page=page, act=act, done=_("It is said."))


@require_POST
@signed_in
def idea_mark(request: ActorRequest, idea_id: uuid.UUID) -> HttpResponse:
    """See an idea so too, or no more."""
    row = queries.get_idea_for(request.actor, idea_id)
    is_on = request.POST.get("on") == "yes"
    services.mark(actor=request.actor, idea=row.idea, standing=row.found.standing, is_on=is_on)
    return HttpResponseRedirect(f"{frame.address_of(row.found.matter)}#idea-{idea_id}")


@get_or_post
@signed_in
def idea_withdraw(request: ActorRequest, idea_id: uuid.UUID) -> HttpResponse:
    """Withdraw an idea, or set it aside."""
    row = queries.get_idea_for(request.actor, idea_id)
    found = row.found
    policies.check_can_amend(request.actor, found.place, found.matter.stage, found.standing, row.idea.author_id)
    request.place = found.place  # type: ignore[attr-defined]

    def act(cleaned: dict[str, Any]) -> str:
        services.withdraw(actor=request.actor, idea=row.idea, standing=found.standing, **cleaned)
        return f"{frame.address_of(found.matter)}#ideas"

    page = frame.form_of_matter(
        found,
        heading=_("Set this idea aside?"),
        lede=row.idea.text,
        submit=_("Set it aside"),
        is_danger=True,
        consequences=(_("It goes into no proposal. It stays to be read, with your reason."),),
    )
    return answer_form(request, form=WhyForm(sent(request)), page=page, act=act, done=_("It is set aside."))


@get_or_post
@signed_in
def propose_from_ideas(request: ActorRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Make a proposal of one or several ideas; each keeps saying where it went."""
    found = matters.get_matter_to_run(request.actor, matter_id)
    policies.check_can_speak(request.actor, found.place, found.matter.stage, found.standing)
    request.place = found.place  # type: ignore[attr-defined]
    left = {str(idea.id): idea for idea in queries.list_open(found.matter)}

    def act(cleaned: dict[str, Any]) -> str:
        chosen = [left[key] for key in cleaned.pop("ideas")]
        made = proposals.propose(
            actor=request.actor, matter=found.matter, standing=found.standing, ideas=chosen, **cleaned
        )
        return reverse("decide:proposal", args=[made.id])

    choices = [(key, presenter.say_idea(idea)) for key, idea in left.items()]
    page = frame.form_of_matter(
        found,
        heading=_("Make a proposal of ideas"),
        lede=_("Those who said them read where their ideas went."),
        submit=_("Propose it"),
    )
    form = FromIdeasForm(sent(request), ideas=choices)
    return answer_form(request, form=form, page=page, act=act, done=_("It is proposed."))
