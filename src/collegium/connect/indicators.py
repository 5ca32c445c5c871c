"""What this room can measure about a unit: what the latest wave says of its first kind of tie, mostly advice."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial

from django.utils.translation import gettext_lazy as _

from collegium.base.indicators import Indicator, Meaning, Reader, Reading, look_up
from collegium.connect import policies
from collegium.connect.queries import analyses
from collegium.connect.queries.analyses import Latest
from collegium.connect.reporting.figures import Figure, LayerReport

NOT_SAID = Reading(value=None)


def _find(layer: LayerReport, key: str) -> Figure | None:
    heads = {"carriers": layer.headline.carriers, "inside": layer.headline.inside, "leaver": layer.headline.leaver}
    reach = layer.section("reach")
    return heads.get(key) or (reach.find(key) if reach else None)


def _find_latest(unit_id: uuid.UUID, as_of: dt.date) -> Latest | None:
    return look_up(("connect", unit_id, as_of), lambda: analyses.find_latest(unit_id, as_of))


def _read(key: str, unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    found = _find_latest(unit_id, as_of)
    layer = found.report.layer("") if found else None
    figure = _find(layer, key) if layer else None
    if found is None or figure is None or figure.value is None:
        return NOT_SAID
    value = figure.value / figure.of if key in _SHARES and figure.of else figure.value
    return Reading(value=value, n=figure.n, source=found.title)


def _read_carried(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    found = _find_latest(unit_id, as_of)
    layer = found.report.layer("") if found else None
    figure = layer.headline.carriers if layer else None
    if found is None or figure is None or figure.value is None or not figure.of:
        return NOT_SAID
    return Reading(value=figure.value / figure.of, n=figure.n, source=found.title)


def _read_response(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    found = _find_latest(unit_id, as_of)
    if found is None or not found.report.people or 0 < found.report.answered < found.report.k:
        return NOT_SAID
    return Reading(value=found.report.response, n=found.report.people, source=found.title)


_SHARES = ("inside", "leaver")
_NO_MARK = _("Not as a mark for those whom many turn to, nor for those who turn to few: work differs.")

_MEANINGS = {
    "carriers": Meaning(
        definition=_("The fewest people through whom half of all ties of advice run."),
        formula=_(
            "People sorted by how many turn to them, the most first; how many it takes to reach half of all ties."
        ),
        how_to_read=_("The fewer they are for the size of the staff, the more rests on them."),
        how_not_to_read=_NO_MARK,
    ),
    "carried_by": Meaning(
        definition=_("The same as a share of the staff: on how small a part of it half of all advice rests."),
        formula=_("The fewest people through whom half of all ties run, by the number of people asked."),
        how_to_read=_("In most staffs between one in ten and one in five. Well below that, few carry nearly all."),
        how_not_to_read=_NO_MARK,
    ),
    "leaver": Meaning(
        definition=_("The share of people who would lose their only tie to another team or school if one person left."),
        formula=_("For each person, those tied to another group through that person alone; the largest such number."),
        how_to_read=_("High, one leaver would part groups from one another: a second link is wanted."),
        how_not_to_read=_("It does not say who that person is, and it is no reason to keep anybody from going."),
    ),
    "inside": Meaning(
        definition=_("The share of those who answered who turn to nobody outside their team, or outside their school."),
        formula=_("Those without a tie to another group, by those who answered."),
        how_to_read=_("High, what is learnt in one corner stays there."),
        how_not_to_read=_("Not every tie must cross: a team that works closely is a good thing."),
    ),
    "two_steps": Meaning(
        definition=_("The share of all colleagues whom people reach by asking somebody who asks somebody."),
        formula=_("The mean, over those who answered, of how many are reached in at most two steps, by all others."),
        how_to_read=_("High, news and help travel quickly."),
        how_not_to_read=_("Not beside a staff of another size: in a small one nearly everybody is near."),
    ),
    "response": Meaning(
        definition=_("The share of those asked who answered the latest tie survey."),
        formula=_("How many answered, by how many were asked."),
        how_to_read=_("Below a half, nothing can be said of the whole web."),
        how_not_to_read=_("Not as a measure of diligence: nobody owes an answer."),
    ),
}

_READERS: dict[str, Reader] = {"carried_by": _read_carried, "response": _read_response}

INDICATORS = tuple(
    Indicator(
        key=f"connect.{key}",
        title=title,
        unit_of_measure=unit,
        read=_READERS.get(key) or partial(_read, key),
        order=200 + place,
        page="connect:unit_connect",
        visible=policies.can_view_waves,
        at_home=False,  # they stand in the panel there
        meaning=_MEANINGS[key],
    )
    for place, (key, title, unit) in enumerate(
        (
            ("carriers", _("People through whom half of all advice runs"), "count"),
            ("carried_by", _("Part of the staff through whom half of all advice runs"), "percent"),
            ("leaver", _("Would lose their only tie across if one person left"), "percent"),
            ("inside", _("Turn to no one outside their team or school"), "percent"),
            ("two_steps", _("Colleagues reached in two steps"), "percent"),
            ("response", _("Answered the latest tie survey"), "percent"),
        )
    )
)
