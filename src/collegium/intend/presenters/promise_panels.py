"""What the home of a unit shows of its promises: what is due next, and what asks for somebody."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.base import time
from collegium.base.panels import Panel, PanelContent, Sentence
from collegium.intend import promise_policies as policies
from collegium.intend.models import Commitment
from collegium.intend.presenters import promise_words as words
from collegium.intend.queries import standing
from collegium.intend.queries.standing import OpenPromise
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.places import Place

SHOWN = 3
_ITS_OWN = frozenset({UnitKind.TEAM, UnitKind.SCHOOL})


def build_promises(actor: Actor, place: Place, day: dt.date) -> PanelContent | None:
    """Say which promises are due next and which ask for somebody; offer to begin where there are none."""
    if day != time.today() or place.kind not in _ITS_OWN or not policies.can_view_promises(actor, place):
        return None
    found = standing.list_open(place.unit_id)
    url = reverse("intend:promises", args=[place.slug])
    if not found:
        add_url = reverse("intend:promise_add", args=[place.slug]) if policies.can_propose(actor, place) else ""
        if not add_url:
            return None
        nothing = (Sentence(_("Nothing is promised yet."), add_url),)
        return PanelContent("intend/panels/unit_promises.html", {"add_url": add_url}, url, nothing)
    due_next = [each.id for each in found if not each.is_overdue][:SHOWN]
    rows = [_row(row) for row in standing.list_shown(due_next)]
    look = _look(found)
    said = (*(Sentence(capfirst(text), url) for text in look), *(_say(row) for row in rows))
    return PanelContent("intend/panels/unit_promises.html", {"rows": rows, "look": look}, url, said)


def _row(row: Commitment) -> dict[str, Any]:
    return {
        "what": words.write_line(row.what),
        "who": words.write_who(row),
        "due_on": row.due_on,
        "url": reverse("intend:promise", args=[row.id]),
    }


def _say(row: dict[str, Any]) -> Sentence:
    said = {"what": row["what"], "who": row["who"], "day": date_format(row["due_on"], "DATE_FORMAT")}
    return Sentence(_("%(what)s (%(who)s, by %(day)s)") % said, row["url"])


def _look(found: list[OpenPromise]) -> list[str]:
    """Name what asks for somebody, in words."""
    overdue = sum(each.is_overdue for each in found)
    ownerless = sum(each.asks_for_owner for each in found)
    alone = sum(not each.is_carried_by_more and not each.asks_for_owner for each in found)
    said = [
        (overdue, ngettext("%(n)s has passed its day", "%(n)s have passed their day", overdue)),
        (ownerless, ngettext("%(n)s asks for a new owner", "%(n)s ask for a new owner", ownerless)),
        (alone, ngettext("%(n)s rests on one person", "%(n)s rest on one person each", alone)),
    ]
    return [text % {"n": number} for number, text in said if number]


PANELS = (Panel("intend.promises", gettext_lazy("What is promised"), 19, build_promises),)
