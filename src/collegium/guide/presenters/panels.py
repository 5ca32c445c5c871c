"""What this room shows on the home of a unit."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.base.panels import Panel, PanelContent, Sentence
from collegium.guide import policies
from collegium.guide.presenters.moves import card
from collegium.guide.queries import moves as queries
from collegium.guide.queries.system import SYSTEMS
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import frame_of


def build_moves(actor: Actor, place: Place, _day: dt.date) -> PanelContent | None:
    """Show the early warnings and at most three moves, each with its reason."""
    if not policies.can_view_guide(actor, place):
        return None
    found = queries.suggest_for(actor, place)
    if not found.choice.moves and not found.choice.warnings:
        return None
    frame = frame_of(actor, place)
    warnings = [card(actor, place, move, found, frame) for move in found.choice.warnings]
    moves = [card(actor, place, move, found, frame) for move in found.choice.moves]
    context = {"warnings": warnings, "moves": moves}
    url = reverse("guide:unit_guide", args=[place.slug]) + frame.query
    said = tuple(Sentence(f"{each.title}. {each.because}", url) for each in (*warnings, *moves))
    return PanelContent("guide/panels/moves.html", context, url, said)


def build_system(actor: Actor, place: Place, _day: dt.date) -> PanelContent | None:
    """Lead to the picture of the whole from a unit of several schools; it is drawn there and not on every home."""
    if place.kind not in SYSTEMS or not policies.can_view_guide(actor, place):
        return None
    url = reverse("guide:system", args=[place.slug]) + frame_of(actor, place).query
    said = _(
        "Which schools turn to each other, who supports whom, and what they intend and decide together: one picture."
    )
    return PanelContent("guide/panels/system.html", {"said": said}, url, (Sentence(said, url),))


PANELS = (
    Panel("guide.system", gettext_lazy("The whole system"), 40, build_system),
    Panel("guide.moves", gettext_lazy("Next moves"), 80, build_moves),
)
