"""What the home of a unit shows of its line: how far it goes, and where a link is missing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.base import time
from collegium.base.panels import Panel, PanelContent, Sentence
from collegium.intend import policies
from collegium.intend.presenters.throughline import GAP_TITLES
from collegium.intend.queries.throughline import read_line_for
from collegium.intend.throughline import gaps as rules
from collegium.intend.throughline import graph as kinds
from collegium.people.actors import Actor
from collegium.people.places import Place


def build_line(actor: Actor, place: Place, day: dt.date) -> PanelContent | None:
    """Count the points from vision to promise, and name what is missing; offer to begin to those who may."""
    if day != time.today() or not policies.can_view_throughline(actor, place):
        return None
    line = read_line_for(actor, place)
    if not line.graph.nodes:
        if not policies.can_draft(actor, place):
            return None
        begin_url = reverse("intend:unit_intend", args=[place.slug])
        nothing = (Sentence(_("No vision, intent or challenge is written yet."), begin_url),)
        return PanelContent("intend/panels/line.html", {"begin_url": begin_url}, sentences=nothing)
    living = [node.kind for node in line.graph.nodes.values() if node.is_living and node.unit in line.inside]
    counted = rules.count_by_kind(line.gaps)
    context: dict[str, Any] = {
        "intents": living.count(kinds.INTENT),
        "challenges": living.count(kinds.CHALLENGE),
        "promises": living.count(kinds.COMMITMENT),
        "gaps": [(str(GAP_TITLES[kind][0]), number) for kind, number in counted.items()],
    }
    counts = _("Intents: %(intents)s. Challenges: %(challenges)s. Promises made: %(promises)s.") % context
    missing = [f"{title}: {number}" for title, number in context["gaps"]] or [_("Nothing is missing that we look for.")]
    said = tuple(Sentence(text) for text in (counts, *missing))
    return PanelContent("intend/panels/line.html", context, reverse("intend:throughline", args=[place.slug]), said)


PANELS = (Panel("intend.throughline", gettext_lazy("Throughline"), 16, build_line),)
