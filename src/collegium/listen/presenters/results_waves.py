"""A result beside the waves before it: each as it was published, which is so coarse that all may stand together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from collegium.base.figures import Moment, Series
from collegium.listen import result_words as words
from collegium.listen.publishing.documents import EarlierWave
from collegium.listen.queries.results import Wave
from collegium.listen.reporting import ChangeReport
from collegium.science.measurement.change import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Waves:
    """This wave's changes, and all waves the reader may see, the oldest first."""

    changes: tuple[EarlierWave, ...]
    waves: tuple[Wave, ...]

    def change_of(self, facet: str) -> str:
        """Say what became of a facet since the wave before."""
        change = _change_of(self.changes, facet)
        if change is None:
            return ""
        return words.write_change(change.report, self.since(change))

    def since(self, change: EarlierWave) -> str:
        """Return when the earlier wave was."""
        found = next((wave for wave in self.waves if str(wave.pulse_id) == change.pulse_id), None)
        return write_day(found) if found else _("the wave before")

    def draw(self, facet: str, *, title: str, key: str) -> Series | None:
        """Draw a facet over time, from the first wave that may stand beside all later ones; None for a single one."""
        linked = link(self.waves, facet)
        if len(linked) < 2:
            return None
        last = _change_of(linked[-1].changes, facet)
        sentence = words.write_change(last.report, write_day(linked[-2])) if last else ""
        return draw_series(linked, facet, title=title, key=key, sentence=sentence)

    def clear_changes(self) -> list[tuple[str, Verdict, str]]:
        """Return the facets that clearly changed, with the way and since when."""
        return [
            (change.report.facet, change.report.verdict, self.since(change))
            for change in self.changes
            if change.report.verdict is not Verdict.UNCLEAR
        ]


def draw_series(waves: Sequence[Wave], facet: str, *, title: str, key: str, sentence: str) -> Series:
    """Draw a facet over the waves in which it was the same."""
    linked = link(waves, facet)
    return Series(
        title=title,
        key=key,
        style="score",
        moments=tuple(_moment(wave, facet, wave.k + 1, is_first=wave is linked[0]) for wave in linked),
        sentence=sentence,
    )


def link(waves: Sequence[Wave], facet: str) -> list[Wave]:
    """Return the waves, from the newest back, as long as the facet was the same in the wave before."""
    linked: list[Wave] = []
    for wave in reversed(waves):
        if linked:
            change = _change_of(linked[0].changes, facet)
            if change is None or change.pulse_id != str(wave.pulse_id):
                break
        if facet not in {each.key for each in wave.report.facets}:
            break
        linked.insert(0, wave)
    return linked


def is_hidden(change: ChangeReport) -> bool:
    """Say whether a facet is not shown because those who came or went may have moved it too far."""
    return change.n_after is not None and change.after.mean is None


def write_day(wave: Wave) -> str:
    """Return the day on which a wave closed."""
    return date_format(localtime(wave.closes_at).date(), "DATE_FORMAT")


def _change_of(changes: Sequence[EarlierWave], facet: str) -> EarlierWave | None:
    return next((change for change in changes if change.report.facet == facet), None)


def _moment(wave: Wave, facet: str, fewest: int, *, is_first: bool) -> Moment:
    report = wave.report.facet(facet)
    shown = report.mean.mean
    change = _change_of(wave.changes, facet)
    text = words.write_mean(report.mean, fewest)
    if change is not None and is_hidden(change.report):
        text = words.write_hidden()
    is_worded = shown is None or shown.band is not None
    return Moment(
        label=write_day(wave),
        value=None if shown is None or is_worded else shown.value,
        low=report.interval.low if report.interval else None,
        high=report.interval.high if report.interval else None,
        n=report.n,
        is_signal=not is_first and change is not None and change.report.verdict is not Verdict.UNCLEAR,
        words=text,
    )
