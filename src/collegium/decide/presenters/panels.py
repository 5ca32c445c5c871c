"""What this room shows on the home of a unit: what is open, and what was decided lately."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy

from collegium.base import time
from collegium.base.panels import Panel, PanelContent, Sentence
from collegium.decide.enums import BEFORE_OUTCOME
from collegium.decide.presenters.lists import MatterRow, row_of
from collegium.decide.queries import matters
from collegium.people.actors import Actor
from collegium.people.places import Place

SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsPanel:
    """A few matters of a unit."""

    open: tuple[MatterRow, ...]
    decided: tuple[MatterRow, ...]


def build_decisions(actor: Actor, place: Place, day: dt.date) -> PanelContent | None:
    """Show what is being decided and what was; nothing where there is nothing, or on a day that has passed."""
    if day != time.today():
        return None
    rows = matters.list_open_for(actor, place)
    is_open = [row for row in rows if row.stage in BEFORE_OUTCOME]
    decided = [row for row in rows if row.stage not in BEFORE_OUTCOME]
    decided += list(matters.list_closed_for(actor, place)[: max(0, SHOWN - len(decided))])
    if not is_open and not decided:
        return None
    page = DecisionsPanel(
        open=tuple(row_of(row, place) for row in is_open[:SHOWN]),
        decided=tuple(row_of(row, place) for row in decided[:SHOWN]),
    )
    said = tuple(Sentence(f"{row.question} ({row.stage})", row.url) for row in (*page.open, *page.decided))
    url = reverse("decide:unit_decide", args=[place.slug])
    return PanelContent("decide/panels/decisions.html", {"page": page}, url, said)


PANELS = (Panel("decide.decisions", gettext_lazy("Decisions"), 30, build_decisions),)
