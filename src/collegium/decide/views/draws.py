"""Drawing people by lot."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.decide.forms.draws import AnnounceForm, SeedForm
from collegium.decide.presenters import draws as presenter
from collegium.decide.presenters import frame
from collegium.decide.queries import draws as queries
from collegium.decide.queries import matters
from collegium.decide.services import draws as services
from collegium.people.forms.changes import ConfirmForm
from collegium.people.views.frame import ActorRequest, answer_form, get_or_post, sent, signed_in


@get_or_post
@signed_in
def draw_announce(request: ActorRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Announce a draw, and close its list."""
    found = matters.get_matter_to_run(request.actor, matter_id)
    request.place = found.place  # type: ignore[attr-defined]

    def act(cleaned: dict[str, Any]) -> str:
        announced = services.Announced(**cleaned)
        draw = services.announce(actor=request.actor, matter=found.matter, standing=found.standing, announced=announced)
        return reverse("decide:draw", args=[draw.id])

    page = frame.form_of_matter(
        found,
        heading=_("Draw people by lot"),
        lede=_(
            "Everybody who has a vote today is in the list. It is closed now, and drawn from when the seed is known."
        ),
        submit=_("Announce it"),
    )
    return answer_form(request, form=AnnounceForm(sent(request)), page=page, act=act, done=_("It is announced."))


@require_safe
@signed_in
def draw(request: ActorRequest, draw_id: uuid.UUID) -> HttpResponse:
    """Show a draw: what was announced, and what came of it."""
    found = queries.get_draw_for(request.actor, draw_id)
    request.place = found.found.place  # type: ignore[attr-defined]
    return render(request, "decide/draw.html", {"page": presenter.present_draw(request.actor, found)})


@require_safe
@signed_in
def draw_list(request: ActorRequest, draw_id: uuid.UUID) -> HttpResponse:
    """Give the list of a draw, to do it again."""
    found = queries.get_draw_for(request.actor, draw_id)
    response = HttpResponse(presenter.write_list(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="draw-{found.draw.number}.csv"'
    return response


@get_or_post
@signed_in
def draw_do(request: ActorRequest, draw_id: uuid.UUID) -> HttpResponse:
    """Do a draw, now that the seed is known."""
    row = queries.get_draw_to_run(request.actor, draw_id)
    request.place = row.found.place  # type: ignore[attr-defined]
    address = reverse("decide:draw", args=[draw_id])

    def act(cleaned: dict[str, Any]) -> str:
        services.do(actor=request.actor, draw=row.draw, standing=row.found.standing, **cleaned)
        return address

    page = frame.form_of_matter(
        row.found,
        heading=_("Do the draw"),
        lede=_("Announced was: %(source)s.") % {"source": row.draw.seed_from},
        submit=_("Draw"),
        back_url=address,
        back_title=row.draw.purpose,
    )
    return answer_form(request, form=SeedForm(sent(request)), page=page, act=act, done=_("It is drawn."))


@get_or_post
@signed_in
def draw_pass_on(request: ActorRequest, draw_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """Pass on the place of somebody who declines."""
    row = queries.get_draw_to_run(request.actor, draw_id)
    entry = queries.get_entry_for(row.draw, entry_id)
    request.place = row.found.place  # type: ignore[attr-defined]
    address = reverse("decide:draw", args=[draw_id])

    def act(_cleaned: dict[str, Any]) -> str:
        services.pass_on(actor=request.actor, draw=row.draw, standing=row.found.standing, entry=entry)
        return address

    page = frame.form_of_matter(
        row.found,
        heading=_("Pass this place on?"),
        lede=frame.name_of(entry.person),
        submit=_("Pass it on"),
        back_url=address,
        back_title=row.draw.purpose,
        is_danger=True,
        consequences=(_("Whoever follows in the order of the same group gets the place. It cannot be taken back."),),
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It is passed on."))
