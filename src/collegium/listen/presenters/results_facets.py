"""The facets of a result as a page draws them: each with its picture, its questions, its change, and what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base.figures import Distribution, Profile, ProfileRow, Series, Share
from collegium.listen import result_words as words
from collegium.listen.instruments.model import Column, Item, ItemKind
from collegium.listen.presenters.results_reading import Reading
from collegium.listen.presenters.results_waves import Waves
from collegium.listen.reporting import FacetReliability, FacetReport, ItemReport, ViewReport
from collegium.science.disclosure.release import ReleasedShares, Shown


# --- the profile ------------------------------------------------------------------------------------------------------
def draw_profiles(reading: Reading, report: ViewReport, *, has_links: bool = True) -> list[Profile]:
    """Draw the facets beside each other, those with the same ends on one scale; the two sides of a pair by themselves.

    The page's own sentence stands above the picture.
    """
    groups: dict[tuple[str, tuple[int, int]], list[FacetReport]] = {}
    for facet in report.facets:
        groups.setdefault((facet.pair if facet.side else "", reading.ends(facet)), []).append(facet)
    return [
        Profile(
            title=_("%(facet)s, from %(low)s to %(high)s")
            % {
                "facet": reading.pair_title(facets[0]) if pair else _("Facet by facet"),
                "low": ends[0],
                "high": ends[1],
            },
            lowest=ends[0],
            highest=ends[1],
            style="score",
            rows=tuple(
                profile_row(
                    reading, facet, label=_first(reading.side(facet)), url=f"#{anchor_of(facet)}" if has_links else ""
                )
                for facet in facets
            ),
        )
        for (pair, ends), facets in groups.items()
    ]


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]


def profile_row(reading: Reading, facet: FacetReport, *, label: str = "", url: str = "") -> ProfileRow:
    """Return one facet of a profile, with words where they stand for its number."""
    shown = facet.mean.mean
    is_worded = shown is None or shown.band is not None
    interval = facet.interval
    low, high = (None, None) if interval is None else (interval.low, interval.high)
    if shown is not None and shown.band is not None:
        low, high = shown.low, shown.high
    return ProfileRow(
        key=reading.hue(facet),
        label=label or reading.title(facet),
        value=None if shown is None or is_worded else shown.value,
        low=low,
        high=high,
        n=facet.n,
        words=reading.mean(facet),
        url=url,
    )


def anchor_of(facet: FacetReport) -> str:
    """Return where a facet stands on its page."""
    return f"facet-{facet.pair}"


# --- one facet --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What is shown of a facet, or of one side of it."""

    title: str
    value: str
    interval: str
    people: str
    favourable: str
    agreement: str
    cautions: tuple[str, ...]
    figure: Distribution | None
    change: str
    trend: Series | None
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: a picture, or two for its two poles; words alone where it asks for a number."""

    text: str
    figures: tuple[Distribution, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a reader must know of a facet."""

    explanation: str
    rationale: str
    how_to_read: str
    how_not_to_read: str
    source: str
    reliability: str
    coefficient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetBlock:
    """A facet with everything that opens under it."""

    anchor: str
    title: str
    hue: str
    sides: tuple[Side, ...]
    questions: tuple[Question, ...]
    about: About
    caution: str


def present_facets(
    reading: Reading, report: ViewReport, reliability: Sequence[FacetReliability], waves: Waves
) -> list[FacetBlock]:
    """Return every facet in the order of the instrument, both sides of a pair together."""
    known = {found.facet: found for found in reliability}
    return [
        _block(reading, list(sides), known, waves) for _pair, sides in groupby(report.facets, lambda facet: facet.pair)
    ]


def _block(
    reading: Reading, sides: Sequence[FacetReport], reliability: Mapping[str, FacetReliability], waves: Waves
) -> FacetBlock:
    first = sides[0]
    facet = reading.instrument.facet(first.pair)
    weakest = [reliability.get(side.key) for side in sides]
    found = min(weakest, key=lambda each: 1.0 if each is None or each.alpha is None else each.alpha)
    is_loose = found is not None and found.alpha is not None and found.alpha < words.RELIABLE

    def fill(texts: Mapping[str, str]) -> str:
        return reading.instrument.fill(texts, reading.language, reading.referent)  # type: ignore[arg-type]

    return FacetBlock(
        anchor=anchor_of(first),
        title=fill(facet.title),
        hue=reading.hue(first),
        sides=tuple(_side(reading, side, waves) for side in sides),
        questions=tuple(
            _questions(reading, [item for side in sides if side.key not in reading.hidden for item in side.items])
        ),
        caution=words.write_reliability(found) if is_loose else "",
        about=About(
            explanation=fill(facet.explanation),
            rationale=fill(facet.rationale),
            how_to_read=fill(facet.how_to_read),
            how_not_to_read=fill(facet.how_not_to_read),
            source=facet.source,
            reliability=words.write_reliability(found),
            coefficient=words.write_coefficient(found),
        ),
    )


def _side(reading: Reading, facet: FacetReport, waves: Waves) -> Side:
    return Side(
        title=reading.side(facet),
        value=reading.mean(facet),
        interval=words.write_interval(facet.interval) if facet.interval else "",
        people=words.write_people(facet.n) if facet.n is not None else "",
        favourable=words.write_share(facet.favourable) if facet.favourable else "",
        agreement=words.write_agreement(facet.agreement) if facet.n is not None else "",
        cautions=tuple(words.write_cautions(facet.cautions)),
        figure=_pooled(reading, facet),
        change=waves.change_of(facet.key),
        trend=waves.draw(facet.key, title=reading.title(facet), key=reading.hue(facet)),
        is_shown=facet.n is not None,
    )


def _pooled(reading: Reading, facet: FacetReport) -> Distribution | None:
    if facet.shares is None or facet.key in reading.hidden:
        return None
    item = next(
        item for item in reading.instrument.items_of(facet.pair) if item.kind in {ItemKind.LIKERT, ItemKind.PAIRED}
    )
    count = len(facet.items)
    counted = ngettext("%(n)s answer to %(count)s questions", "%(n)s answers to %(count)s questions", count) % {
        "n": facet.shares.n,
        "count": count,
    }
    return _distribution(
        reading,
        title=_("All its questions together"),
        item=item,
        shares=facet.shares,
        sentence=_("Questions put the other way round are turned."),
        counted=counted,
        fewest=reading.fewest * max(1, count),
    )


# --- questions --------------------------------------------------------------------------------------------------------
def present_questions(reading: Reading, report: ViewReport) -> list[Question]:
    """Return the questions that belong to no facet."""
    return list(_questions(reading, report.items))


def _questions(reading: Reading, items: Sequence[ItemReport]) -> list[Question]:
    columns = {column.key: column for column in reading.instrument.columns}
    by_item: dict[str, list[tuple[Column, ItemReport]]] = {}
    for report in items:
        column = columns[report.key]
        by_item.setdefault(column.item.key, []).append((column, report))
    return [_question(reading, found[0][0].item, found) for found in by_item.values()]


def _question(reading: Reading, item: Item, found: Sequence[tuple[Column, ItemReport]]) -> Question:
    text = reading.instrument.text(item, reading.language, reading.referent)
    if item.kind == ItemKind.MULTIPLE:
        labels = {option.key: reading.instrument.say(option.label, reading.language) for option in item.options}
        return Question(text=text, figures=(), words=tuple(_chosen(reading, labels, *each) for each in found))
    if item.kind == ItemKind.NUMBER:
        return Question(text=text, figures=(), words=tuple(_number(reading, report) for _column, report in found))
    poles = reading.instrument.poles(item, reading.language, reading.referent)
    figures = tuple(
        _distribution(
            reading,
            title={"left": poles[0], "right": poles[1]}.get(column.side, text),
            item=item,
            shares=report.shares,
            sentence=_good_words(reading, column, report.favourable),
        )
        for column, report in found
    )
    return Question(text="" if item.kind != ItemKind.PAIRED else text, figures=figures)


def _chosen(reading: Reading, labels: Mapping[str, str], column: Column, report: ItemReport) -> str:
    shares = report.shares.shares
    share = words.write_share(shares[1]) if shares else words.write_no_shares(report.shares, reading.fewest)
    return f"{labels[column.option]}: {share}"


def _number(reading: Reading, report: ItemReport) -> str:
    if report.mean is None:
        return words.write_no_shares(report.shares, reading.fewest)
    text = words.write_mean(report.mean, reading.fewest)
    if report.mean.n is None:
        return text
    return _("On average %(value)s (%(people)s)") % {"value": text, "people": words.write_people(report.mean.n)}


def _good_words(reading: Reading, column: Column, favourable: Shown | None) -> str:
    good = reading.instrument.favourable(column)
    if favourable is None or not good:
        return ""
    labels = [label for code, label in reading.instrument.labels(column.item, reading.language) if code in good]
    return _("%(share)s chose %(options)s.") % {
        "share": words.write_share(favourable).capitalize(),
        "options": _(" or ").join(f"“{label}”" for label in labels),
    }


def _distribution(
    reading: Reading,
    *,
    title: str,
    item: Item,
    shares: ReleasedShares,
    sentence: str,
    counted: str = "",
    fewest: int = 0,
) -> Distribution:
    labels = [label for _code, label in reading.instrument.labels(item, reading.language)]
    if shares.shares is None:
        absent = words.write_no_shares(shares, fewest or reading.fewest)
        return Distribution(title=title, shares=None, absent=absent)
    return Distribution(
        title=title,
        sentence=sentence,
        shares=tuple(
            Share(label=label, part=share.value, words=words.write_share(share))
            for label, share in zip(labels, shares.shares, strict=True)
        ),
        answers=shares.n,
        counted=counted,
    )
