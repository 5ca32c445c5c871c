"""What is said of a chart: the sentence under it, its lines, what to mind, and the names of icons and kinds."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from collegium.enquire.charting.making import Charted
from collegium.science.improvement.charts import LEAST_POINTS, Kind
from collegium.science.improvement.fit import Unfit
from collegium.science.improvement.reading import Finding, Judgement, Reading
from collegium.science.improvement.runs import LEAST_USEFUL
from collegium.science.improvement.special_causes import Assurance, Variation

Words = str | Promise

KINDS: Mapping[Kind, Words] = {
    Kind.RUN: _("run chart"),
    Kind.XMR: _("XmR chart"),
    Kind.P: _("p chart"),
    Kind.P_PRIME: _("p′ chart"),
    Kind.U: _("u chart"),
    Kind.U_PRIME: _("u′ chart"),
    Kind.C: _("c chart"),
    Kind.G: _("g chart"),
    Kind.T: _("t chart"),
}
UNFIT: Mapping[Unfit, Words] = {
    Unfit.NO_POINTS: _("there are no points"),
    Unfit.NO_DENOMINATOR: _("it needs to know of how many"),
    Unfit.NEGATIVE: _("a count is below 0"),
    Unfit.NOT_WHOLE: _("its counts are no whole numbers"),
    Unfit.ABOVE_DENOMINATOR: _("a count is larger than what it is of"),
    Unfit.NO_NEIGHBOURS: _("no two points in a row are known, so nothing says how much they vary"),
    Unfit.MOSTLY_ZERO: _("most periods have no event: record the time from one event to the next"),
    Unfit.VARIES_MORE: _("the points vary far more than chance alone, so its limits would be too narrow"),
}
VARIATION: Mapping[Variation, Words] = {
    Variation.COMMON: _("As usual"),
    Variation.IMPROVEMENT_HIGH: _("Better: higher"),
    Variation.IMPROVEMENT_LOW: _("Better: lower"),
    Variation.CONCERN_HIGH: _("Of concern: higher"),
    Variation.CONCERN_LOW: _("Of concern: lower"),
    Variation.NEITHER_HIGH: _("Higher than usual"),
    Variation.NEITHER_LOW: _("Lower than usual"),
    Variation.UNKNOWN: _("Too early to say"),
}
ASSURANCE: Mapping[Assurance, Words] = {
    Assurance.NO_TARGET: _("No target"),
    Assurance.PASSING: _("Meets its target every time"),
    Assurance.FAILING: _("Misses its target every time"),
    Assurance.HIT_OR_MISS: _("Sometimes meets its target, by chance"),
    Assurance.UNKNOWN: _("Too early to say"),
}
_MEANS: Mapping[Judgement, Words] = {
    Judgement.BETTER: _("Something has changed, for the better."),
    Judgement.WORSE: _("Something has changed, for the worse."),
    Judgement.DIFFERENT: _("Something has changed."),
}


def say_reading(made: Charted) -> str:
    """Return the one sentence or two that a chart says."""
    reading = made.reading
    writers = {Finding.SHIFT: _say_shift, Finding.RARELY_CROSSES: _say_crossings, Finding.OUTSIDE: _say_outside}
    if reading.finding in writers:
        return writers[reading.finding](made, reading)
    if reading.finding is Finding.STEADY:
        return _now("Nothing but the usual ups and downs: no change can be seen.")
    if reading.finding is Finding.FLAT:
        return _now("Every point is the same: nothing has changed.")
    if reading.finding is Finding.EMPTY:
        return _now("No points yet.")
    return ngettext(
        "Too few points to tell: %(n)s so far, about %(least)s are needed.",
        "Too few points to tell: %(n)s so far, about %(least)s are needed.",
        reading.n_points,
    ) % {"n": reading.n_points, "least": LEAST_USEFUL}


def _say_shift(made: Charted, reading: Reading) -> str:
    above = reading.is_above
    said = {"n": reading.length, "first": _label(made, reading.first), "last": _label(made, reading.last)}
    if reading.is_current:
        where = _now("The last %(n)s points are all above the line.") if above else ""
        where = where or _now("The last %(n)s points are all below the line.")
    else:
        where = _now("%(n)s points in a row, %(first)s to %(last)s, were above the line.") if above else ""
        where = where or _now("%(n)s points in a row, %(first)s to %(last)s, were below the line.")
    means = str(_MEANS[reading.judgement]) if reading.judgement else ""
    return f"{where % said} {means}".strip()


def _say_crossings(made: Charted, _reading: Reading) -> str:
    found, least = int(made.runs.crossings[0]), int(made.runs.fewest_expected[0])
    return _now(
        "The points change sides %(found)s times, and chance would do so at least %(least)s times: they drift, or have "
        "moved to another level."
    ) % {"found": found, "least": least}


def _say_outside(made: Charted, reading: Reading) -> str:
    words = _now("%(when)s lies above the limits: find out what was different then.") if reading.is_above else ""
    words = words or _now("%(when)s lies below the limits: find out what was different then.")
    return words % {"when": _label(made, reading.first)}


def _label(made: Charted, place: int | None) -> str:
    return "" if place is None else made.series.labels[place]


def say_lines(made: Charted) -> str:
    """Say what the lines of a chart are and what they rest on."""
    chart, points = made.chart, int(made.chart.n_baseline[0])
    if not points:
        return ""
    middle = _now("median") if chart.kind in {Kind.RUN, Kind.G} else _now("mean")
    said = {"middle": middle, "n": points, "kind": KINDS[chart.kind]}
    if made.asked.baseline:
        line = ngettext(
            "Line: %(middle)s of the first %(n)s point.", "Line: %(middle)s of the first %(n)s points.", points
        )
    else:
        line = ngettext("Line: %(middle)s of %(n)s point.", "Line: %(middle)s of %(n)s points.", points)
    if chart.kind is Kind.RUN:
        return line % said
    return f"{line % said} {_now('Limits: three standard deviations (%(kind)s).') % said}"


def say_caution(made: Charted) -> str:
    """Say what to mind: another chart than was wanted, or limits that are provisional."""
    parts = []
    if not made.fit.is_fit and made.fit.reasons and made.fit.reasons[0] is not Unfit.NO_POINTS:
        why = {"kind": KINDS[made.fit.kind], "why": UNFIT[made.fit.reasons[0]], "instead": KINDS[made.chart.kind]}
        parts.append(_now("Not drawn as %(kind)s, because %(why)s. This is a %(instead)s.") % why)
    if made.chart.kind is not Kind.RUN and made.chart.is_provisional[0]:
        said = {"n": int(made.chart.n_baseline[0]), "least": LEAST_POINTS}
        parts.append(_now("The limits rest on %(n)s points and are provisional: %(least)s are needed.") % said)
    return " ".join(parts)
