"""What this room shows on the home of a unit: the enquiries that run, and whether anything has changed yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.base import time
from collegium.base.figures import Moment, Series
from collegium.base.panels import Panel, PanelContent, Sentence
from collegium.enquire import policies
from collegium.enquire.charting import figures, words
from collegium.enquire.charting.making import Charted
from collegium.enquire.charting.series import make_charts
from collegium.enquire.enums import Stage
from collegium.enquire.models import Enquiry
from collegium.enquire.presenters.frame import address_of
from collegium.enquire.queries import enquiries, measures
from collegium.enquire.queries.measures import Measured
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.science.improvement.reading import Finding

SHOWN = 3
NEWEST = 30  # points in a sparkline
SIGNALS = frozenset({Finding.SHIFT, Finding.RARELY_CROSSES, Finding.OUTSIDE})


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningRow:
    """A running enquiry with what its first outcome says. With groups there is a sentence and no line."""

    title: str
    url: str
    whose: str
    stage: str
    series: Series | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiriesPanel:
    """A few running enquiries of a unit."""

    rows: tuple[RunningRow, ...]


def build_enquiries(actor: Actor, place: Place, day: dt.date) -> PanelContent | None:
    """Show the newest running enquiries; nothing where none runs, or on a day that has passed."""
    if day != time.today() or not policies.can_view_enquiries(actor, place):
        return None
    running = enquiries.list_enquiries_for(actor, place).filter(closed_at__isnull=True)
    rows = list(running.order_by("-created_at", "id")[:SHOWN])
    if not rows:
        return None
    involved, measured = enquiries.list_involved(actor, rows), measures.list_first_measured(rows)
    shown = []
    for row in rows:
        found = measured.get(row.id)
        shown.append(_row(row, place, found, sees_all=row.id in involved))
    url = reverse("enquire:unit_enquire", args=[place.slug])
    said = tuple(Sentence(f"{row.title} ({row.stage}). {row.sentence}", row.url) for row in shown)
    return PanelContent("enquire/panels/enquiries.html", {"page": EnquiriesPanel(rows=tuple(shown))}, url, said)


def _row(row: Enquiry, place: Place, found: Measured | None, *, sees_all: bool) -> RunningRow:
    is_long = found is not None and len(found.segments) > measures.FIRST
    made = make_charts(found, sees_all=sees_all) if found and not is_long else []
    return RunningRow(
        title=row.title,
        url=address_of(row),
        whose=row.unit.name if row.unit_id != place.unit_id else "",
        stage=str(Stage(row.stage).label),
        series=_line(made[0]) if len(made) == 1 and made[0].reading.n_points else None,
        sentence=_("It is measured in many groups: its page shows them all.") if is_long else _say(made),
    )


def _say(made: list[Charted]) -> str:
    """Say what the first outcome says; of several groups, in how many something has changed."""
    if not made:
        return _("Nothing is measured yet.")
    if len(made) == 1:
        return words.say_reading(made[0])
    changed = sum(one.reading.finding in SIGNALS for one in made)
    if not changed:
        return _("No change can be seen in any of its %(n)s groups.") % {"n": len(made)}
    said = {"changed": changed, "n": len(made)}
    return ngettext(
        "Something has changed in %(changed)s of its %(n)s groups.",
        "Something has changed in %(changed)s of its %(n)s groups.",
        changed,
    ) % said  # fmt: skip


def _line(made: Charted) -> Series:
    points = figures.draw_figure(made).points[-NEWEST:]
    moments = (Moment(label=point.label, value=point.value, words=point.words) for point in points)
    return Series(title=made.series.title, moments=tuple(moments), style=figures.style_of(made))


PANELS = (Panel("enquire.enquiries", gettext_lazy("Enquiries"), 35, build_enquiries),)
