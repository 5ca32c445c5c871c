"""What the outcomes of an enquiry say, kept with it so that many enquiries can be listed without their numbers."""

from __future__ import annotations

from collegium.enquire.charting.series import make_charts
from collegium.enquire.enums import Role, Signal
from collegium.enquire.models import Enquiry
from collegium.enquire.queries import calendars, measures
from collegium.people.services.writing import locate
from collegium.science.improvement.reading import Finding, Judgement

CHANGED = frozenset({Finding.SHIFT, Finding.RARELY_CROSSES, Finding.OUTSIDE})
_JUDGED = {Judgement.BETTER: Signal.BETTER, Judgement.WORSE: Signal.WORSE}


def keep_signal(enquiry: Enquiry) -> str:
    """Read the charts of an enquiry's outcomes anew, as those outside its team see them, and keep what they say."""
    calendar = calendars.get_calendar_at(locate(enquiry.unit))
    charts = [
        made
        for measured in measures.list_measured(enquiry)
        if measured.measure.role == Role.OUTCOME
        for made in make_charts(measured, sees_all=False, calendar=calendar)
    ]
    readings = [made.reading for made in charts if made.reading.n_points]
    changed = {
        _JUDGED.get(one.judgement, Signal.DIFFERENT) for one in readings if one.finding in CHANGED and one.judgement
    }
    enquiry.signal = _sum_up(changed, [one.finding for one in readings])
    Enquiry.objects.filter(id=enquiry.id).update(signal=enquiry.signal)
    return enquiry.signal


def _sum_up(changed: set[Signal], findings: list[Finding]) -> str:
    if {Signal.BETTER, Signal.WORSE} <= changed:
        return Signal.MIXED
    for signal in (Signal.WORSE, Signal.BETTER, Signal.DIFFERENT):
        if signal in changed:
            return signal
    if any(finding in CHANGED for finding in findings):
        return Signal.DIFFERENT
    if not findings:
        return ""
    return Signal.STEADY if Finding.STEADY in findings else Signal.EARLY
