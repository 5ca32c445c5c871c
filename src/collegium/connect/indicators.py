"""What this room can measure about a unit: what the latest wave says of its first kind of tie, mostly advice."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial

from django.utils.translation import gettext_lazy as _

from collegium.base.indicators import Indicator, Reading
from collegium.connect import policies
from collegium.connect.queries import analyses
from collegium.connect.reporting.figures import Figure, LayerReport

NOT_SAID = Reading(value=None)


def _find(layer: LayerReport, key: str) -> Figure | None:
    heads = {"carriers": layer.headline.carriers, "inside": layer.headline.inside}
    reach = layer.section("reach")
    return heads.get(key) or (reach.find(key) if reach else None)


def _read(key: str, unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    found = analyses.find_latest(unit_id, as_of)
    layer = found.report.layer("") if found else None
    figure = _find(layer, key) if layer else None
    if found is None or figure is None or figure.value is None:
        return NOT_SAID
    value = figure.value / figure.of if key == "inside" and figure.of else figure.value
    return Reading(value=value, n=figure.n, source=found.title)


INDICATORS = tuple(
    Indicator(
        key=f"connect.{key}",
        title=title,
        unit_of_measure=unit,
        read=partial(_read, key),
        order=200 + place,
        page="connect:unit_connect",
        visible=policies.can_view_waves,
        at_home=False,  # they stand in the panel there
    )
    for place, (key, title, unit) in enumerate(
        (
            ("carriers", _("People through whom half of all advice runs"), "count"),
            ("inside", _("Turn to no one outside their team or school"), "percent"),
            ("two_steps", _("Colleagues reached in two steps"), "percent"),
        )
    )
)
