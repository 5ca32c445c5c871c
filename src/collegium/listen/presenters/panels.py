"""What this room shows on the home of a unit."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.base import time
from collegium.base.figures import Series
from collegium.base.panels import Panel, PanelContent, Sentence
from collegium.base.sentences import join
from collegium.listen import policies
from collegium.listen.indicators import title_of
from collegium.listen.presenters.results_waves import draw_series, write_day
from collegium.listen.queries import heartbeat
from collegium.listen.queries.results import Wave
from collegium.listen.result_words import write_verdict
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.science.measurement.change import Verdict


def build_heartbeat(actor: Actor, place: Place, day: dt.date) -> PanelContent | None:
    """Draw trust, collaboration, efficacy and voice over time; where nothing was asked yet, offer to begin."""
    waves = heartbeat.list_beats_for(actor, place)
    if not waves:
        can_begin = day == time.today() and policies.can_run_pulse(actor, place)
        if not can_begin or heartbeat.has_any(place):
            return None
        url = reverse("listen:pulse_add", args=[place.slug])
        nothing = (Sentence(_("Nobody has been asked yet. A first pulse would tell how we are doing."), url),)
        return PanelContent("listen/panels/heartbeat.html", {"series": (), "begin_url": url}, sentences=nothing)
    series = tuple(_series(facet, waves) for facet in heartbeat.FACETS)
    url = reverse("listen:result", args=[place.slug, waves[-1].pulse_id])
    context = {"series": series, "sentence": _sentence(waves), "latest": write_day(waves[-1])}
    said = (Sentence(_sentence(waves), url), *(Sentence(_say_latest(one)) for one in series if one.moments))
    return PanelContent("listen/panels/heartbeat.html", context, url, said)


def _series(facet: str, waves: list[Wave]) -> Series:
    return draw_series(waves, facet, title=title_of(facet), key=f"{heartbeat.KEY}.{facet}", sentence="")


def _say_latest(series: Series) -> str:
    latest = series.moments[-1]
    if latest.value is None or latest.low is None or latest.high is None:
        return f"{series.title}: {latest.words or _('not known')}"
    return _("%(title)s: %(value)s (%(low)s to %(high)s; n = %(n)s)") % {
        "title": series.title,
        "value": number_format(latest.value, 1),
        "low": number_format(latest.low, 1),
        "high": number_format(latest.high, 1),
        "n": number_format(latest.n or 0, 0, force_grouping=True),
    }


def _sentence(waves: list[Wave]) -> str:
    changes = waves[-1].changes
    if not changes:
        return _("The first heartbeat. From the next one on, this says what moved.")
    if all(change.report.is_withheld for change in changes):
        return _("Whether anything moved since the heartbeat before cannot be said.")
    parts = []
    for verdict in (Verdict.DOWN, Verdict.UP):
        named = [title_of(change.report.facet) for change in changes if change.report.verdict is verdict]
        if named:
            parts.append(f"{join(named)} {write_verdict(verdict)}")
    if not parts:
        return _("Nothing has clearly moved since the heartbeat before.")
    return _("Since the heartbeat before: %(changes)s.") % {"changes": "; ".join(parts)}


PANELS = (Panel("listen.heartbeat", gettext_lazy("Heartbeat"), 15, build_heartbeat),)
