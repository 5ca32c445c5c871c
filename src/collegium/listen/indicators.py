"""What this room can measure about a unit: the four facets of its latest heartbeat, as they were published."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from functools import partial
from math import hypot, sqrt

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.base.indicators import Indicator, Meaning, Reading
from collegium.listen import result_words as words
from collegium.listen.queries import heartbeat
from collegium.listen.queries.heartbeat import FACETS
from collegium.listen.queries.results import Wave
from collegium.listen.reporting import ViewReport

Z = 1.96  # of a 95% interval

_TITLES = {
    "trust": gettext_lazy("Trust"),
    "collaboration": gettext_lazy("Collaboration"),
    "efficacy": gettext_lazy("Efficacy"),
    "voice": gettext_lazy("Voice"),
}


def title_of(facet: str) -> str:
    """Return what a facet of the heartbeat is called."""
    return str(_TITLES.get(facet, facet))


def _name(title: str, closes_at: dt.datetime) -> str:
    day = date_format(localtime(closes_at).date(), "DATE_FORMAT")
    return _("%(title)s, closed on %(day)s") % {"title": title, "day": day}


def _read(facet: str, unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    return read_facet(heartbeat.get_latest(unit_id, as_of), facet)


def read_facet(wave: Wave | None, facet: str) -> Reading:
    """Return what was shown of a facet in a wave."""
    if wave is None or facet not in {each.key for each in wave.report.facets}:
        return Reading(value=None)
    found = wave.report.facet(facet)
    shown = found.mean.mean
    source = _name(wave.title, wave.closes_at)
    if shown is None or shown.band is not None:
        note = words.write_band(shown.band) if shown is not None and shown.band else ""
        return Reading(value=None, n=found.n, source=source, note=note)
    interval = (found.interval.low, found.interval.high) if found.interval else None
    return Reading(value=shown.value, n=found.n, interval=interval, source=source)


def _read_turnout(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    found = heartbeat.list_turnouts(unit_id, as_of, most=1)
    if not found:
        return Reading(value=None)
    latest = found[0]
    return Reading(value=latest.answered / latest.asked, n=latest.asked, source=_name(latest.title, latest.closes_at))


def _read_turnout_change(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    found = heartbeat.list_turnouts(unit_id, as_of, most=2)
    if len(found) < 2:
        return Reading(value=None)
    now, before = (each.answered / each.asked for each in found)
    # Every wave asks a staff of its own anew, so that chance is left in who answers, even where all are asked.
    half = Z * sqrt(sum(p * (1 - p) / each.asked for p, each in zip((now, before), found, strict=True)))
    interval = (now - before - half, now - before + half)
    return Reading(
        value=now - before, n=found[0].asked, interval=interval, source=_name(found[0].title, found[0].closes_at)
    )


def _read_trust_fall(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    """Compare the two newest waves with the one before both, and tell the smaller of the two differences."""
    waves = heartbeat.list_latest(unit_id, as_of, most=3)
    means = [mean for wave in waves if (mean := mean_of(wave.report, "trust")) is not None]
    if len(means) < 3:
        return Reading(value=None)
    value, interval = tell_smaller_difference(means)
    return Reading(
        value=value,
        n=waves[-1].report.facet("trust").n,
        interval=interval,
        source=_name(waves[-1].title, waves[-1].closes_at),
    )


def tell_smaller_difference(means: Sequence[tuple[float, float]]) -> tuple[float, tuple[float, float]]:
    """Return the higher of the differences of later means to the first, with its interval; each mean with its half."""
    (base, base_half), *later = means
    value, half = max((value - base, hypot(half, base_half)) for value, half in later)
    return round(value, 2), (value - half, value + half)


def mean_of(report: ViewReport, facet: str) -> tuple[float, float] | None:
    """Return the mean that was shown of a facet and half its interval; None where only a band was, or less."""
    if facet not in {each.key for each in report.facets}:
        return None
    found = report.facet(facet)
    shown = found.mean.mean
    if shown is None or shown.band is not None or found.interval is None:
        return None
    return shown.value, (found.interval.high - found.interval.low) / 2


def _facet_meaning(facet: str) -> Meaning:
    return Meaning(
        definition=_DEFINITIONS[facet],
        formula=gettext_lazy(
            "The mean, over those who answered the latest heartbeat, of each one’s mean over the questions of this"
            " facet, from 1 to 5, rounded as it was published, with its 95% interval. Not shown for fewer than five."
        ),
        how_to_read=gettext_lazy(
            "Beside its interval, and beside itself over time: what lies inside the interval cannot be told apart."
        ),
        how_not_to_read=gettext_lazy(
            "Not as a mark for anybody, and not as a place in a table of schools: most differences are chance."
        ),
    )


_DEFINITIONS = {
    "trust": gettext_lazy("How far people here can rely on one another and speak openly, as they themselves say."),
    "collaboration": gettext_lazy("How far people here work and learn together, as they themselves say."),
    "efficacy": gettext_lazy("How far people here believe that together they can make a difference to learning."),
    "voice": gettext_lazy("How far people here are heard before something is decided, and hear what came of it."),
}

_FACETS = tuple(
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
        meaning=_facet_meaning(facet),
    )
    for place, facet in enumerate(FACETS)
)

INDICATORS = (
    *_FACETS,
    Indicator(
        key="listen.trust_fall",
        title=gettext_lazy("Trust in the last two heartbeats, beside the one before"),
        unit_of_measure="measure",
        read=_read_trust_fall,
        order=110,
        page="listen:unit_listen",
        visible=heartbeat.can_view_beats,
        at_home=False,
        meaning=Meaning(
            definition=gettext_lazy(
                "How far trust has moved since the heartbeat before the last two, in both of them."
            ),
            formula=gettext_lazy(
                "Of the differences of the last two heartbeats to the one before both, the higher one; its interval is"
                " made of the intervals of the two means, as the root of the sum of the squares of their halves."
            ),
            how_to_read=gettext_lazy(
                "Wholly below nought, trust stood clearly lower twice running: a fall, and not a bad week."
            ),
            how_not_to_read=gettext_lazy(
                "Nought does not mean that trust is high. A fall that lies further back no longer shows here."
            ),
        ),
    ),
    Indicator(
        key="listen.participation",
        title=gettext_lazy("Answered the latest heartbeat"),
        unit_of_measure="percent",
        read=_read_turnout,
        order=111,
        page="listen:unit_listen",
        visible=heartbeat.can_view_beats,
        at_home=False,
        meaning=Meaning(
            definition=gettext_lazy("The share of those asked who answered the latest heartbeat."),
            formula=gettext_lazy("How many answered, by how many were asked."),
            how_to_read=gettext_lazy("Below a half, the answers are those of the few who trust the asking."),
            how_not_to_read=gettext_lazy("Not as a measure of diligence: nobody owes an answer."),
        ),
    ),
    Indicator(
        key="listen.participation_change",
        title=gettext_lazy("Answered, since the heartbeat before"),
        unit_of_measure="percent",
        read=_read_turnout_change,
        order=112,
        page="listen:unit_listen",
        visible=heartbeat.can_view_beats,
        at_home=False,
        meaning=Meaning(
            definition=gettext_lazy("How much larger the share of those who answer is than in the heartbeat before."),
            formula=gettext_lazy(
                "The difference of the two shares, with the usual 95% interval for two independent shares."
            ),
            how_to_read=gettext_lazy("A clear drop says that people have stopped believing that answering helps."),
            how_not_to_read=gettext_lazy("A busy week makes a small drop; only a clear one says something."),
        ),
    ),
)
