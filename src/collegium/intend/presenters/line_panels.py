"""What the home of a unit shows of its line: how far it goes, and where a link is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.base import readings, time
from collegium.base.indicators import Reading
from collegium.base.panels import Panel, PanelContent, Sentence
from collegium.intend import policies
from collegium.intend.presenters.throughline import GAP_TITLES
from collegium.intend.queries.throughline import read_line_for
from collegium.intend.throughline import gaps as rules
from collegium.intend.throughline import graph as kinds
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.places import Place

ITS_OWN = frozenset({UnitKind.TEAM, UnitKind.SCHOOL})


def build_line(actor: Actor, place: Place, day: dt.date) -> PanelContent | None:
    """Count the points from vision to promise, and name what is missing; offer to begin to those who may."""
    if day != time.today() or not policies.can_view_throughline(actor, place):
        return None
    stored = {} if place.kind in ITS_OWN else readings.get_today(place.unit_id, day)
    if "intend.gaps" in stored and stored["intend.gaps"].value is not None:
        return _from_stored(place, stored)
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


def _from_stored(place: Place, stored: Mapping[str, Reading]) -> PanelContent:
    """Say of a wide unit what was read of it in the background: the line of a state has tens of thousands of points."""
    url = reverse("intend:throughline", args=[place.slug])
    gaps, sight = stored["intend.gaps"], stored.get("intend.line_of_sight", Reading(value=None))
    said = [_("Missing links on the line: %(n)s.") % {"n": number_format(gaps.value or 0, 0, force_grouping=True)}]
    if sight.value is not None:
        said.append(_("%(n)s%% have a line of sight.") % {"n": number_format(round(100 * sight.value), 0)})
    context = {"stored": True, "missing": gaps.value, "sight": sight}
    return PanelContent("intend/panels/line.html", context, url, tuple(Sentence(text) for text in said))


PANELS = (Panel("intend.throughline", gettext_lazy("Throughline"), 16, build_line),)
