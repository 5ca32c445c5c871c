"""The sentences over a result. They claim a difference only where the intervals are apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.base.sentences import join
from collegium.listen import result_words as words
from collegium.listen.enums import ReportingLevel
from collegium.listen.presenters.results_reading import Reading
from collegium.listen.presenters.results_waves import Waves
from collegium.listen.reporting import FacetReport, LevelDifference, ViewReport
from collegium.science.measurement.change import Verdict

MOST_DIFFERENCES = 3
NUMBERS = {
    2: gettext_lazy("two"),
    3: gettext_lazy("three"),
    4: gettext_lazy("four"),
    5: gettext_lazy("five"),
    6: gettext_lazy("six"),
    7: gettext_lazy("seven"),
    8: gettext_lazy("eight"),
}


def say_what_it_shows(reading: Reading, report: ViewReport) -> str:
    """Say which facet stands out, where one does for certain, or that none does."""
    if all(facet.side for facet in report.facets) and report.facets:
        return _("Both sides of each pair stand beside each other: they are not set against one another.")
    compared = _compared(reading, report)
    if len(compared) < 2:
        return _say_alone(reading, report)
    lowest, highest = _stands_out(compared, lowest=True), _stands_out(compared, lowest=False)
    count = len(compared)
    if lowest and highest:
        return _("%(weak)s is the weakest of the %(count)s and %(strong)s the strongest, and we are sure of both.") % {
            "weak": reading.title(lowest),
            "strong": _in_sentence(reading.title(highest)),
            "count": _number(count),
        }
    if lowest:
        return _("%(facet)s is the weakest of the %(count)s, and we are sure of it.") % {
            "facet": reading.title(lowest),
            "count": _number(count),
        }
    if highest:
        return _("%(facet)s is the strongest of the %(count)s, and we are sure of it.") % {
            "facet": reading.title(highest),
            "count": _number(count),
        }
    return _("No facet stands out: none is lower or higher than all others for certain.")


def _compared(reading: Reading, report: ViewReport) -> list[FacetReport]:
    """Return the facets that may be compared: answered on the same scale, that of most of them, and with a range."""
    shown = [facet for facet in report.facets if _range(facet) is not None and not facet.side]
    scales = Counter(reading.scale(facet) for facet in shown)
    if not scales:
        return []
    usual = scales.most_common(1)[0][0]
    return [facet for facet in shown if reading.scale(facet) == usual]


def _say_alone(reading: Reading, report: ViewReport) -> str:
    for facet in report.facets:
        if facet.interval is not None:
            return _("%(facet)s stands at %(value)s, very likely between %(interval)s.") % {
                "facet": reading.title(facet),
                "value": words.write_mean(facet.mean, reading.fewest),
                "interval": words.write_interval(facet.interval).replace(_(" to "), _(" and ")),
            }
    return _("How the answers fall, question by question.")


def _range(facet: FacetReport) -> tuple[float, float] | None:
    """Return between which values a facet very likely lies: its interval, or what the words for it stand for."""
    if facet.interval is not None:
        return facet.interval.low, facet.interval.high
    shown = facet.mean.mean
    return (shown.low, shown.high) if shown is not None and shown.band is not None else None


def _stands_out(facets: Sequence[FacetReport], *, lowest: bool) -> FacetReport | None:
    ranges = [(low, high, facet) for facet in facets for low, high in [_range(facet) or (0.0, 0.0)]]
    for low, high, facet in ranges:
        others = [other for other in ranges if other[2] is not facet]
        if all(high < other[0] for other in others) if lowest else all(low > other[1] for other in others):
            return facet
    return None


def _in_sentence(title: str) -> str:
    return title[:1].lower() + title[1:]


def _number(count: int) -> str:
    return str(NUMBERS.get(count, count))


def say_what_changed(reading: Reading, report: ViewReport, waves: Waves) -> str:
    """Say which facets clearly changed since the wave before; empty where nothing is told of it."""
    if all(change.report.is_withheld for change in waves.changes):
        return ""
    titles = {facet.key: reading.title(facet) for facet in report.facets}
    clear = [(titles[facet], verdict, since) for facet, verdict, since in waves.clear_changes() if facet in titles]
    since = waves.since(waves.changes[0])
    if not clear:
        return _("Since %(since)s nothing has clearly moved.") % {"since": since}
    parts = []
    for wanted in (Verdict.DOWN, Verdict.UP):
        named = [title for title, verdict, _since in clear if verdict is wanted]
        if named:
            parts.append(f"{join(named)} {words.write_verdict(wanted)}")
    return _("Since %(since)s: %(changes)s.") % {"since": since, "changes": "; ".join(parts)}


# --- between levels ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What differs most between levels, each in a sentence; `note` says it where nothing does, or nothing is known."""

    sentences: tuple[str, ...]
    note: str


def say_what_differs(
    reading: Reading, differences: Sequence[LevelDifference], levels: Mapping[str, ViewReport]
) -> Differences:
    """Say on which facets levels differ for certain, the widest first."""
    if len(levels) < 2:
        return Differences(sentences=(), note=_("Too few levels can be shown by themselves to compare them."))
    sentences = tuple(_differ(reading, each, levels) for each in differences[:MOST_DIFFERENCES])
    note = "" if sentences else _("No difference between levels is more than chance would do.")
    return Differences(sentences=sentences, note=note)


def _differ(reading: Reading, found: LevelDifference, levels: Mapping[str, ViewReport]) -> str:
    higher, lower = (levels[name].facet(found.facet) for name in (found.higher, found.lower))
    return _("%(facet)s: %(higher)s %(high)s, %(lower)s %(low)s. That is more than chance would do.") % {
        "facet": reading.title(higher),
        "higher": name_level(found.higher),
        "lower": name_level(found.lower),
        "high": words.write_mean(higher.mean, reading.fewest),
        "low": words.write_mean(lower.mean, reading.fewest),
    }


def name_level(level: str) -> str:
    """Return what a level is called at the head of a line."""
    return str(ReportingLevel(level).label)


def say_withheld(count: int) -> str:
    """Say how many comments were withheld."""
    return ngettext("%(n)s comment was withheld by a steward.", "%(n)s comments were withheld by a steward.", count) % {
        "n": count
    }
