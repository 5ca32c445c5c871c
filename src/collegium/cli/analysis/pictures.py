"""The pictures of the report: those of the web's result pages, with released figures in place of exact ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.base.figures import Column, Distribution, Lineup, Profile, ProfileRow, Share, Table
from collegium.cli.analysis import words
from collegium.listen import result_words
from collegium.listen.reporting import FacetReport
from collegium.science.disclosure.release import ReleasedMean, ReleasedShares
from collegium.science.results import Interval
from collegium.site.charts import drawings
from collegium.site.components.figures import distribution
from collegium.site.components.registry import draw


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a profile: a facet, or a group. `after` are words that follow its number."""

    key: str
    label: str
    mean: ReleasedMean
    interval: Interval | None
    after: str = ""


def profile(
    title: str, lines: Sequence[Line], *, lowest: float, highest: float, k: int, first: str = "", sentence: str = ""
) -> SafeString:
    """Draw means with their intervals on one scale."""
    rows = tuple(_row(line, k) for line in lines)
    figure = Profile(title=title, rows=rows, lowest=lowest, highest=highest, sentence=sentence, style="score")
    drawing = drawings.draw_profile(figure)
    beside = tuple(
        replace(whisker, n_words=", ".join(part for part in (words.people(line.mean.n), line.after) if part))
        for whisker, line in zip(drawing.rows, lines, strict=True)
    )
    table = _table_of_profile(title, first, lines, k)
    return draw("profile", figure=figure, drawing=replace(drawing, rows=beside), table=table)


def lineup(title: str, lines: Sequence[Line], *, lowest: float, highest: float, k: int, first: str) -> SafeString:
    """Draw more groups beside each other than there is room for names."""
    figure = Lineup(title=title, rows=tuple(_row(line, k) for line in lines), lowest=lowest, highest=highest)
    return draw(
        "lineup", figure=figure, drawing=drawings.draw_lineup(figure), table=_table_of_profile(title, first, lines, k)
    )


def _row(line: Line, k: int) -> ProfileRow:
    shown = line.mean.mean
    return ProfileRow(
        key=line.key,
        label=line.label,
        value=None if shown is None else shown.value,
        low=None if shown is None or line.interval is None else line.interval.low,
        high=None if shown is None or line.interval is None else line.interval.high,
        n=line.mean.n,
        words=words.mean(line.mean, k),
    )


def _table_of_profile(title: str, first: str, lines: Sequence[Line], k: int) -> Table:
    columns = [
        Column(title=first or _("What")),
        Column(title=_("Mean"), is_number=True),
        Column(title=_("Very likely between"), is_number=True),
        Column(title=_("People"), is_number=True),
    ]
    rows: list[tuple[str, ...]] = [
        (
            line.label,
            words.mean(line.mean, k),
            words.interval(line.interval) if line.mean.mean else "–",
            str(line.mean.n) if line.mean.n is not None else "–",
        )
        for line in lines
    ]
    if any(line.after for line in lines):
        columns.append(Column(title=_("Beside the average")))
        rows = [(*row, line.after) for row, line in zip(rows, lines, strict=True)]
    return Table(caption=title, columns=tuple(columns), rows=tuple(rows))


def shares(
    title: str,
    labels: Sequence[str],
    released: ReleasedShares,
    *,
    k: int,
    fewest: int,
    counted: str,
    sentence: str = "",
) -> SafeString:
    """Draw how answers fall over the options, as they are rounded; `fewest` is what they were released by."""
    if released.shares is None:
        reason = words.no_shares(released, k, fewest)
        return distribution(figure=Distribution(title=title, shares=None, sentence=sentence, absent=reason))
    parts = tuple(
        Share(label=label, part=shown.value, words=result_words.write_share(shown))
        for label, shown in zip(labels, released.shares, strict=True)
    )
    said = " ".join(part for part in (sentence, result_words.write_rounding(released.shares)) if part)
    return distribution(
        figure=Distribution(title=title, shares=parts, sentence=said, counted=counted, answers=released.n)
    )


def sentence_of(facets: Sequence[FacetReport], titles: Mapping[str, str]) -> str:
    """Say in one sentence what a profile of facets shows, and whether anybody can be sure of it."""
    if facets and all(facet.side for facet in facets):
        return _("Both sides of each pair stand beside each other: they are not set against one another.")
    known = [facet for facet in facets if facet.mean.mean and facet.interval and not facet.side]
    if len(known) < 2:
        return ""
    by_value = sorted(known, key=lambda facet: facet.mean.mean.value if facet.mean.mean else 0)
    said = []
    for facet, others, word in (
        (by_value[0], by_value[1:], _("%(facet)s is the weakest of the %(n)s, and we are sure of it.")),
        (by_value[-1], by_value[:-1], _("%(facet)s is the strongest of the %(n)s, and we are sure of it.")),
    ):
        if all(_apart(facet.interval, other.interval) for other in others):
            said.append(word % {"facet": titles.get(facet.key, facet.key), "n": len(known)})
    return " ".join(said) or _("No facet stands out: none is lower or higher than all others for certain.")


def _apart(one: Interval | None, other: Interval | None) -> bool:
    return one is not None and other is not None and not one.overlaps(other)
