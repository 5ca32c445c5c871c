"""Slips and the poster, for those who run a pulse."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from collegium.base.errors import Conflict, sentence
from collegium.listen import policies, printing
from collegium.listen.forms.slips import PaperForm
from collegium.listen.languages import speaking
from collegium.listen.presenters import slips as presenter
from collegium.listen.queries import pulses
from collegium.listen.queries import slips as queries
from collegium.listen.services import slips
from collegium.people.views.frame import PlaceRequest, get_or_post, of_unit, sent


@get_or_post
@of_unit(policies.check_can_run_pulse)
def slips_page(request: PlaceRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Show what there is to print, and print it."""
    pulse = pulses.get_pulse_for(request.actor, request.place, pulse_id)
    form = PaperForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            groups = slips.print_slips(actor=request.actor, pulse=pulse)
        except Conflict as error:
            form.add_error(None, sentence(error))
        else:
            return _as_pdf(_print_slips(pulse, groups, form.cleaned_data["paper"]), "slips")
    page = presenter.present_slips(request.actor, request.place, pulse, queries.list_groups(pulse))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "listen/slips.html", {"page": page, "form": form}, status=status)


@require_safe
@of_unit(policies.check_can_run_pulse)
def poster(request: PlaceRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Print the poster: it leads to where the code of a slip is typed."""
    pulse = pulses.get_pulse_for(request.actor, request.place, pulse_id)
    paper = request.GET.get("paper", "")
    with speaking(pulse.language):
        drawn = presenter.present_poster(pulse)
    return _as_pdf(printing.draw_poster(drawn, paper=paper if paper in printing.PAPERS else "a4"), "poster")


def _print_slips(pulse: Any, groups: Any, paper: str) -> bytes:
    with speaking(pulse.language):
        words, printed = presenter.slip_words(pulse), presenter.printed_groups(pulse, groups)
    return printing.draw_slips(words, printed, paper=paper)


def _as_pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
