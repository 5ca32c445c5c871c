"""One view of a survey: its facets with mean and interval, how the answers fall, and the items behind them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from math import isnan
from typing import Protocol

from collegium.listen.instruments.model import Instrument
from collegium.listen.reporting.survey import LASTING, Score, Survey
from collegium.science.disclosure.favourable import release_favourable
from collegium.science.disclosure.release import ReleasedMean, ReleasedShares, Shown, release_mean, release_shares
from collegium.science.disclosure.spread import release_interval, release_spread
from collegium.science.measurement.layout import Facet, Item
from collegium.science.measurement.single import single_group_mean
from collegium.science.results import Caution, Interval

# More options than these are numbers: they have a mean and no picture of their shares.
MOST_OPTIONS = 11
SIDES = (".left", ".right")


class Agreement(StrEnum):
    """How far people agree, by the names that LeBreton and Senter (2008) give to ranges of rwg(j).

    Their two highest are one here: "very strong" would tell that nearly all answered alike.
    """

    STRONG = "strong"  # 0.71 and above
    MODERATE = "moderate"  # 0.51 to 0.70
    WEAK = "weak"  # 0.31 to 0.50
    LACKING = "lacking"  # below


class Favours(Protocol):
    """Knows which codes of a column are good news; `favours_of` asks an instrument."""

    def __call__(self, column: str, /) -> Collection[int]:
        """Return the codes as given, not turned round; none where no answer is better than another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReport:
    """One item: `shares` of its options as given (nothing turned round), or, for a number, its `mean`."""

    key: str
    shares: ReleasedShares
    favourable: Shown | None = None
    mean: ReleasedMean | None = None

    @property
    def n(self) -> int | None:
        """How many answers are shown; None where nothing is."""
        return self.shares.n if self.mean is None else self.mean.n


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetReport:
    """One facet in a view.

    `shares` pool the answers to its items, reversed items turned round, and count answers, not people; a facet of one
    item has none, and no item: together with its mean they would tell too much. `items` are in the facet's order.
    """

    key: str
    mean: ReleasedMean
    interval: Interval | None
    shares: ReleasedShares | None
    favourable: Shown | None
    agreement: Agreement | None
    items: tuple[ItemReport, ...]
    cautions: tuple[Caution, ...] = ()

    @property
    def n(self) -> int | None:
        """How many people's scores are in it; None where nothing is shown."""
        return self.mean.n

    @property
    def side(self) -> str:
        """``"left"`` or ``"right"`` for a side of paired items, otherwise empty."""
        return next((side[1:] for side in SIDES if self.key.endswith(side)), "")

    @property
    def pair(self) -> str:
        """The key without its side: the same for both sides of paired items."""
        return self.key.removesuffix(f".{self.side}") if self.side else self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewReport:
    """Everything that may be shown of one view. `items` are those that belong to no facet."""

    key: str
    n: int
    facets: tuple[FacetReport, ...]
    items: tuple[ItemReport, ...]

    def facet(self, key: str) -> FacetReport:
        """Return a facet by its key. Raises KeyError."""
        for facet in self.facets:
            if facet.key == key:
                return facet
        raise KeyError(key)


def no_favourites(_column: str, /) -> Collection[int]:
    """Say of every column that no answer is better than another."""
    return ()


def favours_of(instrument: Instrument) -> Favours:
    """Ask an instrument which codes are good news."""
    good = {column.key: instrument.favourable(column) for column in instrument.columns}
    return lambda column: good[column]


def report_view(
    survey: Survey, view: str, favours: Favours = no_favourites, *, asked: int | None = None, level: float = 0.95
) -> ViewReport:
    """Put together what may be shown of a view.

    `asked` is how many people of the view were asked, where that is known: most of them having answered makes the
    intervals narrower. Raises KeyError for a view that is not among the survey's.
    """
    layout = survey.moments.layout
    in_facets = {key for facet in layout.facets for key in facet.items}
    return ViewReport(
        key=view,
        n=survey.sheets(view),
        facets=tuple(_facet(survey, view, facet, favours, asked, level) for facet in layout.facets),
        items=tuple(_item(survey, view, item, favours) for item in layout.items if item.key not in in_facets),
    )


def _facet(survey: Survey, view: str, facet: Facet, favours: Favours, asked: int | None, level: float) -> FacetReport:
    fewest = survey.rules.fewest
    item = survey.item(facet.items[0])
    scores = survey.facet_scores(view, facet)
    n = scores.n
    is_single = len(facet.items) == 1
    mean = release_mean(scores.mean if n else None, n, lowest=item.lowest, highest=item.highest, k=fewest)
    interval, cautions = mean_interval(
        scores, mean, item=item, options=item.options if is_single else None, asked=asked, k=fewest, level=level
    )
    pooled, favourable = (None, None) if is_single else _pooled(survey, view, facet, item, favours)
    return FacetReport(
        key=facet.key,
        mean=mean,
        interval=interval,
        shares=pooled,
        favourable=favourable,
        agreement=_agreement(survey, view, facet),
        items=() if is_single else tuple(_item(survey, view, survey.item(key), favours) for key in facet.items),
        cautions=cautions,
    )


def mean_interval(
    scores: Score,
    mean: ReleasedMean,
    *,
    item: Item,
    options: int | None,
    asked: int | None,
    k: int,
    level: float = 0.95,
) -> tuple[Interval | None, tuple[Caution, ...]]:
    """Return the interval of one group's mean as it may be shown, and what a reader must know of it."""
    if mean.mean is None or mean.mean.band is not None:
        return None, ()
    spread = release_spread(scores.within, scores.n, options=options, k=k)
    own = single_group_mean(scores.n, scores.mean, spread, population=asked, lasting=LASTING, level=level)
    half = None if own.interval is None else (own.interval.high - own.interval.low) / 2
    shown = release_interval(mean.mean, half, lowest=item.lowest, highest=item.highest, level=level)
    return shown, own.cautions


def _pooled(
    survey: Survey, view: str, facet: Facet, item: Item, favours: Favours
) -> tuple[ReleasedShares, Shown | None]:
    """Return how all answers to a facet's items fall, reversed items turned round, and the favourable share."""
    counts = survey.pooled_answers(view, facet)
    # One person gives an answer to each item: as many times k answers hide k people.
    k = survey.rules.fewest * len(facet.items)
    straight = next((key for key in facet.items if key not in facet.reversed_items), facet.items[0])
    good = _places(item, favours(straight), turned=straight in facet.reversed_items)
    shares = release_shares(counts, k=k)
    return shares, release_favourable(counts, good, k=k) if good else None


def _item(survey: Survey, view: str, item: Item, favours: Favours) -> ItemReport:
    counts = survey.answers(view, item.key)
    k = survey.rules.fewest
    if item.options > MOST_OPTIONS:
        n = sum(counts)
        total = sum(count * code for code, count in enumerate(counts, start=item.lowest))
        mean = release_mean(total / n if n else None, n, lowest=item.lowest, highest=item.highest, k=k)
        return ItemReport(key=item.key, shares=ReleasedShares(n=mean.n), mean=mean)
    good = _places(item, favours(item.key), turned=False)
    return ItemReport(
        key=item.key,
        shares=release_shares(counts, k=k),
        favourable=release_favourable(counts, good, k=k) if good else None,
    )


def _places(item: Item, codes: Collection[int], *, turned: bool) -> set[int]:
    """Return the places of codes among an item's options."""
    places = {code - item.lowest for code in codes if item.lowest <= code <= item.highest}
    return {item.options - 1 - place for place in places} if turned else places


def _agreement(survey: Survey, view: str, facet: Facet) -> Agreement | None:
    value = survey.agreement[facet.key][survey.places[view]]
    if isnan(value):
        return None
    bounds = ((0.71, Agreement.STRONG), (0.51, Agreement.MODERATE), (0.31, Agreement.WEAK))
    return next((name for bound, name in bounds if round(value, 2) >= bound), Agreement.LACKING)
