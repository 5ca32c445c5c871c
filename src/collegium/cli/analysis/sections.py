"""The sections of the report, each with what it rests on: how many people, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base.figures import Column
from collegium.cli.analysis import pictures, words
from collegium.cli.analysis.computing import Analysis
from collegium.cli.analysis.grouping import View, ViewKind
from collegium.cli.analysis.pictures import Line
from collegium.listen import result_words
from collegium.listen.reporting import ChangeReport, FacetReport, GroupComparison, ItemReport, ViewReport
from collegium.science.measurement.change import Verdict
from collegium.site.charts import numbers

Cell = tuple[str, Column]
# More groups than these have no room for their names.
MOST_NAMES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """A table: each cell with its column, which a phone shows beside it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def made(cls, caption: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> TableView:
        """Put each cell together with its column."""
        marked = tuple(tuple((cell, column) for cell, column in zip(row, columns, strict=True)) for row in rows)
        return cls(caption=caption, columns=tuple(columns), rows=marked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a section; `more` stands one click away on a screen, and prints."""

    title: str
    rests_on: str = ""
    sentence: str = ""
    pictures: tuple[SafeString, ...] = ()
    tables: tuple[TableView, ...] = ()
    more_title: str = ""
    more: tuple[SafeString, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the report."""

    anchor: str
    title: str
    rests_on: str
    sentence: str = ""
    pictures: tuple[SafeString, ...] = ()
    tables: tuple[TableView, ...] = ()
    parts: tuple[Part, ...] = ()


def rests_on(found: Analysis, report: ViewReport) -> str:
    """Say how many sheets a view holds, and what its intervals mean."""
    sheets = ngettext("%(n)s sheet", "%(n)s sheets", report.n) % {"n": numbers.write_count(report.n)}
    return _("%(sheets)s. Lines are %(level)s%% intervals.") % {"sheets": sheets, "level": round(found.level * 100)}


def titles_of(found: Analysis) -> dict[str, str]:
    """Return the facets' titles by key."""
    return {facet.key: facet.title for facet in found.asked.facets}


def hue_key(found: Analysis, facet: str) -> str:
    """Return the key by which a facet has its colour on every page."""
    return f"{found.asked.key}.{facet}"


def profiles(found: Analysis, report: ViewReport, title: str) -> tuple[SafeString, ...]:
    """Draw the facets of a view, a picture for each range of options; both sides of pairs under each other."""
    layout = found.survey.moments.layout
    titles = titles_of(found)
    ranges: dict[tuple[int, int], list[FacetReport]] = {}
    for facet in layout.facets:
        item = layout.items[layout.columns(facet.items[:1])[0]]
        ranges.setdefault((item.lowest, item.highest), []).append(report.facet(facet.key))
    made = []
    for (lowest, highest), facets in ranges.items():
        lines = [
            Line(key=hue_key(found, facet.key), label=titles[facet.key], mean=facet.mean, interval=facet.interval)
            for facet in facets
        ]
        named = title if len(ranges) == 1 else _("%(title)s, from %(lowest)s to %(highest)s") % {
            "title": title, "lowest": lowest, "highest": highest,
        }  # fmt: skip
        made.append(
            pictures.profile(
                named,
                lines,
                lowest=lowest,
                highest=highest,
                k=found.survey.rules.k,
                sentence=pictures.sentence_of(facets, titles),
            )
        )
    return tuple(made)


def facet_part(found: Analysis, facet: FacetReport) -> Part:
    """Show how the answers to a facet fall, and its items."""
    own = next(one for one in found.asked.facets if one.key == facet.key)
    k = found.survey.rules.k
    labels = found.asked.question(own.items[0]).labels
    if own.items[0] in own.reversed_items:
        straight = [key for key in own.items if key not in own.reversed_items]
        labels = found.asked.question(straight[0]).labels if straight else labels[::-1]
    said = [own.explanation] if own.explanation else []
    if facet.agreement:
        said.append(result_words.write_agreement(facet.agreement))
    shown: tuple[SafeString, ...] = ()
    if facet.shares is not None:
        counted = numbers.write_n(facet.shares.n) if facet.shares.n else ""
        sentence = ""
        if facet.favourable is not None:
            sentence = _("Favourable: %(share)s.") % {"share": result_words.write_share(facet.favourable)}
        shown = (
            pictures.shares(
                _("All answers to its %(n)s questions") % {"n": len(own.items)},
                labels,
                facet.shares,
                k=k,
                # One person gave as many answers as there are questions.
                fewest=found.survey.rules.fewest * len(own.items),
                counted=counted,
                sentence=sentence,
            ),
        )
    elif len(own.items) == 1:
        said.append(_("One question only: its mean is shown, and not how the answers fall. Both would tell too much."))
    mean = words.mean(facet.mean, k)
    rests = mean
    if facet.mean.mean:
        rests = _("Mean %(mean)s, very likely %(range)s. %(people)s.") % {
            "mean": mean, "range": words.interval(facet.interval), "people": words.people(facet.n),
        }  # fmt: skip
    return Part(
        title=own.title,
        rests_on=rests,
        sentence=" ".join(said),
        pictures=shown,
        more_title=_("Its questions"),
        more=tuple(item_picture(found, item) for item in facet.items),
    )


def item_picture(found: Analysis, item: ItemReport) -> SafeString:
    """Draw one item."""
    question = found.asked.question(item.key)
    k = found.survey.rules.k
    if item.mean is not None:
        line = Line(key=item.key, label=question.title, mean=item.mean, interval=None)
        return pictures.profile(question.title, [line], lowest=question.lowest, highest=question.highest, k=k)
    counted = numbers.write_n(item.n) if item.n else ""
    fewest = found.survey.rules.fewest
    return pictures.shares(question.title, question.labels, item.shares, k=k, fewest=fewest, counted=counted)


def comparison_part(found: Analysis, comparison: GroupComparison, schools: Sequence[View]) -> Part:
    """Draw all groups on one scale, in the order of their names, and say which can be told apart."""
    layout = found.survey.moments.layout
    facet = layout.facet(comparison.facet)
    item = layout.items[layout.columns(facet.items[:1])[0]]
    k = found.survey.rules.k
    lines = [
        Line(
            key=hue_key(found, comparison.facet),
            label=school.title,
            mean=mean,
            interval=interval,
            after=words.standing(standing),
        )
        for school, mean, interval, standing in zip(
            schools, comparison.means, comparison.intervals, comparison.standings, strict=True
        )
    ]
    title = titles_of(found)[comparison.facet]
    average = words.mean(comparison.average, k)
    drawn = pictures.profile if len(schools) <= MOST_NAMES else pictures.lineup
    return Part(
        title=title,
        rests_on=_("Average of the groups %(mean)s, very likely %(range)s. %(people)s.")
        % {
            "mean": average,
            "range": words.interval(comparison.average_interval),
            "people": words.people(comparison.average.n),
        },
        sentence=pairs_sentence(comparison),
        pictures=(drawn(title, lines, lowest=item.lowest, highest=item.highest, k=k, first=_("Group")),),
    )


def pairs_sentence(comparison: GroupComparison) -> str:
    """Say how many pairs of groups can be told apart."""
    if not comparison.pairs:
        return _("There are no two groups to compare.")
    if not comparison.pairs_apart:
        return _("Can't tell apart: no two of the groups differ by more than chance would do.")
    return ngettext(
        "%(apart)s of %(pairs)s pair of groups can be told apart; for all others: can't tell apart.",
        "%(apart)s of %(pairs)s pairs of groups can be told apart; for all others: can't tell apart.",
        comparison.pairs,
    ) % {"apart": numbers.write_count(comparison.pairs_apart), "pairs": numbers.write_count(comparison.pairs)}


def reliability_table(found: Analysis) -> TableView:
    """Show how well the items of each facet hold together."""
    titles = titles_of(found)
    unknown = _("not known")
    columns = (
        Column(title=_("Facet")),
        Column(title=_("Questions"), is_number=True),
        Column(title=_("Alpha"), is_number=True),
        Column(title=_("Very likely between"), is_number=True),
        Column(title=_("Omega"), is_number=True),
        Column(title=_("Complete sheets"), is_number=True),
    )
    rows = []
    for one in found.reliability:
        alpha = unknown if one.alpha is None else f"{one.alpha:.2f}"
        ends = one.alpha_interval
        between = unknown if ends is None else _("%(low)s to %(high)s") % {
            "low": f"{ends.low:.2f}", "high": f"{ends.high:.2f}",
        }  # fmt: skip
        omega = unknown if one.omega is None else f"{one.omega:.2f}"
        rows.append((titles[one.facet], str(one.items), alpha, between, omega, str(one.n)))
    return TableView.made(_("How well the questions of a facet hold together"), columns, rows)


def changes_of(found: Analysis, changes: Sequence[ChangeReport], caption: str) -> TableView:
    """Show the changes of one view."""
    titles = titles_of(found)
    k = found.survey.rules.k
    # Where the change is rounded, the wave before is not shown; a column of nothing else would say nothing.
    has_before = any(one.before is not None and one.before.mean is not None for one in changes)
    columns = [
        Column(title=_("Facet")),
        Column(title=found.waves[-2], is_number=True),
        Column(title=found.waves[-1], is_number=True),
        Column(title=_("Change"), is_number=True),
        Column(title=_("Very likely between"), is_number=True),
        Column(title=_("People"), is_number=True),
        Column(title=_("In words")),
    ]
    rows = [
        [
            titles[one.facet],
            _("not shown") if one.before is None else words.mean(one.before, k),
            words.mean(one.after, k),
            _("not shown") if one.difference is None else words.signed(one.difference),
            words.change_interval(one),
            _("%(before)s, then %(after)s") % {"before": one.n_before or "–", "after": one.n_after or "–"},
            words.verdict(one),
        ]
        for one in changes
    ]
    if not has_before:
        columns, rows = columns[:1] + columns[2:], [row[:1] + row[2:] for row in rows]
    return TableView.made(caption, columns, rows)


def changes_sentence(found: Analysis, changes: Sequence[ChangeReport]) -> str:
    """Say in one sentence what changed for everybody."""
    titles = titles_of(found)
    up = [titles[one.facet] for one in changes if one.verdict is Verdict.UP]
    down = [titles[one.facet] for one in changes if one.verdict is Verdict.DOWN]
    said = []
    if up:
        said.append(_("Clearly up: %(facets)s.") % {"facets": ", ".join(up)})
    if down:
        said.append(_("Clearly down: %(facets)s.") % {"facets": ", ".join(down)})
    return " ".join(said) or _("Can't tell: no change is larger than chance would do.")


def views_of(found: Analysis, *kinds: ViewKind) -> list[tuple[View, ViewReport]]:
    """Return the views of some kinds with their reports."""
    return [(view, found.reports[view.key]) for view in found.grouped.of(*kinds)]
