"""What this room shows on the home of a unit: a small map, and the three things that it says."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.base import time
from collegium.base.panels import Panel, PanelContent, Sentence
from collegium.connect import policies
from collegium.connect.presenters.web_frame import address_of
from collegium.connect.queries import analyses
from collegium.connect.report_words import write_headlines, write_response
from collegium.people.actors import Actor
from collegium.people.places import Place


def build_web(actor: Actor, place: Place, day: dt.date) -> PanelContent | None:
    """Show what the latest wave says; where nobody was asked yet, offer to begin to those who may."""
    analysis = analyses.find_latest_for(actor, place)
    if analysis is None:
        can_begin = day == time.today() and policies.can_open_wave(actor, place)
        if not can_begin or analyses.has_any(place):
            return None
        begin_url = reverse("connect:wave_add", args=[place.slug])
        nothing = (Sentence(_("Who turns to whom is not known yet. A tie survey would tell."), begin_url),)
        return PanelContent("connect/panels/web.html", {"begin_url": begin_url}, sentences=nothing)
    layer = analysis.report.layer("")
    small = f"{address_of(analysis, 'web_svg')}?by=groups&size=small"
    headlines = write_headlines(layer, analysis.report.k, analysis.report.before) if layer else []
    response = write_response(analysis.report)
    context = {
        "headlines": headlines,
        "response": response,
        "picture_url": small if "groups" in analysis.kinds_of_map else "",
    }
    said = [each.sentence for each in headlines] or [_("Too few answered for anything to be said.")]
    sentences = tuple(Sentence(text) for text in (*said, response))
    return PanelContent("connect/panels/web.html", context, address_of(analysis, "web"), sentences)


PANELS = (Panel("connect.web", gettext_lazy("Who turns to whom"), 17, build_web),)
