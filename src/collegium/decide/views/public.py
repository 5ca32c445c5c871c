"""What was decided, for anybody: no sign-in, no cookie, cacheable; and saying that it may be read so."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.decide import policies
from collegium.decide.forms.outcomes import PublicForm
from collegium.decide.presenters import frame
from collegium.decide.presenters import public as presenter
from collegium.decide.queries import matters, outcomes
from collegium.decide.queries import public as queries
from collegium.decide.services import matters as services
from collegium.intend.views.public import PLAIN, cacheable
from collegium.people.views.frame import ActorRequest, answer_form, get_or_post, sent, signed_in


@require_safe
def public(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Show what was decided to anybody."""
    page = presenter.present_public(queries.find_public(matter_id))
    response = cacheable(request, page.etag, render(request, "decide/public.html", {"page": page, **PLAIN}))
    if not page.is_found:
        response["X-Robots-Tag"] = "noindex"
    return response


@get_or_post
@signed_in
def matter_public(request: ActorRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Choose who reads without signing in what was decided, beside exactly what they would read."""
    found = matters.get_matter_for(request.actor, matter_id)
    policies.check_can_make_public(request.actor, found.place)
    request.place = found.place  # type: ignore[attr-defined]

    def act(cleaned: dict[str, Any]) -> str:
        services.make_public(actor=request.actor, matter=found.matter, **cleaned)
        return frame.address_of(found.matter)

    page = frame.form_of_matter(
        found,
        heading=_("Who reads it without signing in?"),
        lede=_("Parents, a board, the public: what was decided and why, and nobody’s name but where you wrote one."),
        submit=_("Save"),
    )
    form = PublicForm(sent(request), initial={"public": found.matter.public})
    extra = {
        "outcomes": presenter.present_outcomes(outcomes.list_outcomes(found.matter)),
        "address": presenter.public_url(found.matter),
    }
    template = "decide/matter_public.html"
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."), template=template, extra=extra)
