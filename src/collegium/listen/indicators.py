"""What this room can measure about a unit: the four facets of its latest heartbeat, as they were published."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.base.indicators import Indicator, Reading
from collegium.listen import result_words as words
from collegium.listen.queries import heartbeat
from collegium.listen.queries.heartbeat import FACETS

_TITLES = {
    "trust": gettext_lazy("Trust"),
    "collaboration": gettext_lazy("Collaboration"),
    "efficacy": gettext_lazy("Efficacy"),
    "voice": gettext_lazy("Voice"),
}


def title_of(facet: str) -> str:
    """Return what a facet of the heartbeat is called."""
    return str(_TITLES.get(facet, facet))


def _read(facet: str, unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    wave = heartbeat.get_latest(unit_id, as_of)
    if wave is None or facet not in {each.key for each in wave.report.facets}:
        return Reading(value=None)
    found = wave.report.facet(facet)
    shown = found.mean.mean
    day = date_format(localtime(wave.closes_at).date(), "DATE_FORMAT")
    source = _("%(title)s, closed on %(day)s") % {"title": wave.title, "day": day}
    if shown is None or shown.band is not None:
        note = words.write_band(shown.band) if shown is not None and shown.band else ""
        return Reading(value=None, n=found.n, source=source, note=note)
    interval = (found.interval.low, found.interval.high) if found.interval else None
    return Reading(value=shown.value, n=found.n, interval=interval, source=source)


INDICATORS = tuple(
    Indicator(
        key=f"listen.{facet}",
        title=_TITLES[facet],
        unit_of_measure="score",
        read=partial(_read, facet),
        order=100 + place,
        page="listen:unit_listen",
        # A figure of a result is for those who may see the result.
        visible=heartbeat.can_view_beats,
        at_home=False,
    )
    for place, facet in enumerate(FACETS)
)
