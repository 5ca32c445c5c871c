"""Measures of enquiries as numbers that other rooms cite: the newest value, and what the chart says."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base.indicators import Reading
from collegium.base.numbers import ONLY, Number, Ref, Source
from collegium.enquire.charting import words
from collegium.enquire.charting.making import Charted
from collegium.enquire.charting.series import make_charts
from collegium.enquire.enums import Numbers
from collegium.enquire.presenters.frame import address_of
from collegium.enquire.queries import enquiries
from collegium.enquire.queries import measures as queries
from collegium.enquire.queries.measures import Measured
from collegium.people.actors import Actor
from collegium.people.places import Place


def list_measures_for(actor: Actor, place: Place) -> list[Number]:
    """Return the measures of the enquiries of a unit, and of units inside it, that the actor may read."""
    return [_number(each) for each in queries.list_measured_of(enquiries.list_readable(actor, place))]


def find_measures_for(actor: Actor, place: Place, refs: Collection[Ref]) -> Mapping[Ref, Number]:
    """Return how measures stand now."""
    ids = {ref.source_id for ref in refs}
    found = [_number(each) for each in queries.list_measured_of(enquiries.list_readable(actor, place), ids)]
    return {number.ref: number for number in found}


def _number(measured: Measured) -> Number:
    row = measured.measure
    # What is cited is read by more people than the team: shares of few stay out of it, whoever cites.
    groups = len(measured.segments)
    made = make_charts(measured, sees_all=False) if groups == 1 else []
    return Number(
        ref=Ref(row.id, ONLY),
        title=row.title,
        whole=row.enquiry.title,
        unit_of_measure="percent" if row.numbers == Numbers.PROPORTION else "measure",
        reading=_read(made[0]) if made else Reading(value=None, note=_say_groups(groups)),
        url=address_of(row.enquiry, "measure", row.id),
        sentence=words.say_reading(made[0]) if made else "",
    )


def _read(made: Charted) -> Reading:
    """Return the newest point that is shown."""
    known = np.flatnonzero(~np.isnan(made.chart.value[0]))
    if not len(known):
        return Reading(value=None, note=_("no point yet"))
    newest = int(known[-1])
    return Reading(value=float(made.chart.value[0, newest]), source=made.series.labels[newest])


def _say_groups(groups: int) -> str:
    if not groups:
        return _("no point yet")
    return ngettext("one chart for %(n)s group", "one chart for each of %(n)s groups", groups) % {"n": groups}


MEASURES = Source(kind="measure", list_for=list_measures_for, find_for=find_measures_for)
