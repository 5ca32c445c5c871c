"""A layer as it is seen from a unit: its people, the ties among them, the groups that may be told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from collegium.connect.reporting.chance import Chance, compare, draw_webs
from collegium.connect.reporting.figures import Care, Figure, Kind
from collegium.connect.reporting.grouping import Groups, merge_small
from collegium.connect.reporting.web import LEVELS_IN_ORDER, Layer, Rules, Web
from collegium.science.networks.missing import range_with_missing
from collegium.science.networks.network import NO_GROUP, Network
from collegium.science.results import BoolArray, Estimate, IntArray, Interval

SPANS_PER_DRAW = 4  # webs are filled in as often as chance is asked, divided by this
LARGE, FEW_DRAWS = 20_000, 20  # from so many ties on, chance is asked so often only


@dataclass(frozen=True, kw_only=True, eq=False)
class Seen:
    """The people of a unit (`core`) in one layer. Everything below counts them, unless it says otherwise."""

    web: Web
    layer: Layer
    core: BoolArray
    rules: Rules

    @cached_property
    def answered(self) -> BoolArray:
        """Who told their ties, of the whole web: ties that are known or imported nobody had to tell."""
        everybody = self.layer.origin != "said"
        found: BoolArray = self.core & (self.web.answered | everybody)
        return found

    @cached_property
    def people(self) -> IntArray:
        """The numbers of the unit's people in the web."""
        return np.flatnonzero(self.core)

    @cached_property
    def inner(self) -> Network:
        """The ties among the unit's people, numbered anew."""
        among = self.layer.network.subset(self.people)
        if self.layer.origin != "said":
            return among
        return Network(n=among.n, edges=among.edges, weights=among.weights, answered=self.web.answered[self.people])

    @property
    def n(self) -> int:
        """How many people the unit has."""
        return len(self.people)

    @cached_property
    def n_answered(self) -> int:
        """How many of them told their ties."""
        return int(self.answered.sum())

    @property
    def is_whole(self) -> bool:
        """Whether enough answered for figures that those who did not would bend."""
        return self.n > 0 and self.n_answered >= self.rules.half * self.n

    @property
    def can_compare(self) -> bool:
        """Whether there are enough people for anything at all."""
        return min(self.n, self.n_answered) >= self.rules.k

    # --- groups -------------------------------------------------------------------------------------------------------
    @cached_property
    def teams(self) -> Groups:
        """The teams of the unit."""
        return self._merge(self.web.team, self.web.teams)

    @cached_property
    def schools(self) -> Groups:
        """The schools of the unit."""
        return self._merge(self.web.school, self.web.schools)

    @property
    def has_ordered_levels(self) -> bool:
        """Whether all levels are those of the house, of which each is above the one before."""
        return bool(self.web.levels) and set(self.web.levels) <= set(LEVELS_IN_ORDER)

    @property
    def apart(self) -> Literal["school", "team"]:
        """What the unit is made of: schools where there are several to tell apart, teams otherwise."""
        return "school" if self.schools.can_be_compared else "team"

    @property
    def groups(self) -> Groups:
        """The same groups themselves."""
        return self.schools if self.apart == "school" else self.teams

    @cached_property
    def levels(self) -> Groups:
        """The levels of posts, from the classroom up where their order is known."""
        if not self.has_ordered_levels:
            return self._merge(self.web.level, self.web.levels)
        known = [name for name in LEVELS_IN_ORDER if name in self.web.levels]
        place = np.array([known.index(name) for name in self.web.levels] + [NO_GROUP], dtype=np.int64)
        return self._merge(place[self.web.level], tuple(known), in_order=True)

    def _merge(self, codes: IntArray, names: tuple[str, ...], *, in_order: bool = False) -> Groups:
        """Merge what has fewer than k people who answered: what goes out of a group is told by those alone."""
        inside = merge_small(
            codes[self.people], names, counted=self.answered[self.people], k=self.rules.k, in_order=in_order
        )
        whole = np.full(self.web.n, NO_GROUP, dtype=np.int64)
        whole[self.people] = inside.codes
        return Groups(codes=whole, parts=inside.parts, sizes=self._sizes(whole, len(inside)))

    def _sizes(self, codes: IntArray, count: int) -> IntArray:
        found: IntArray = np.bincount(codes[codes != NO_GROUP], minlength=count).astype(np.int64)
        return found

    # --- chance and figures -------------------------------------------------------------------------------------------
    @cached_property
    def drawn(self) -> list[Network]:
        """Webs in which the same people name as many of the unit, whoever they are."""
        draws = self.rules.draws if len(self.inner) < LARGE else min(self.rules.draws, FEW_DRAWS)
        return draw_webs(self.inner, draws)

    def chance_of(self, measure: Callable[[Network], float]) -> Chance | None:
        """Return what chance gives for a measure of a network; ties that nobody chose have none."""
        has_chance = self.is_whole and len(self.inner) and self.layer.origin != "known"
        return compare(self.drawn, measure) if has_chance else None

    def spans_of(self, measures: Mapping[str, Callable[[Network], float]]) -> Mapping[str, Interval | None]:
        """Return between what measures would lie if those who did not answer had named others as those who did."""
        if not self.is_whole or self.inner.n_answered == self.n or not len(self.inner):
            return {}
        draws = max(self.rules.draws // SPANS_PER_DRAW, 5)
        return range_with_missing(
            self.inner, {key: _counted(measure) for key, measure in measures.items()}, draws=draws
        )

    @property
    def cares(self) -> tuple[Care, ...]:
        """What missing answers mean for a figure of the whole."""
        if self.n_answered == self.n:
            return ()
        return ("missing",) if self.n_answered >= self.rules.most * self.n else ("many_missing",)

    def count(self, key: str, value: int, *, of: int, chance: Chance | None = None, stands: bool = False) -> Figure:
        """Return how many people something is true of: in words where it is of fewer than k, or of all but so few."""
        if not self.is_whole and not stands:
            return self.withheld(key, "people", "response")
        shown = value if value == 0 or (value >= self.rules.k and not 0 < of - value < self.rules.k) else None
        few: tuple[Care, ...] = () if shown is not None else ("few",) if value < self.rules.k else ("nearly_all",)
        cares = (*(() if stands else self.cares), *few)
        return Figure(key=key, kind="people", value=shown, n=self.n_answered, of=of, chance=chance, cares=cares)

    def figure(
        self,
        key: str,
        kind: Kind,
        value: float | Estimate | None,
        *,
        chance: Chance | None = None,
        p: float | None = None,
        of: int | None = None,
        span: Interval | None = None,
        stands: bool = False,
    ) -> Figure:
        """Return a number of the whole; `stands` where those who did not answer do not bend it."""
        if not self.is_whole and not stands:
            return self.withheld(key, kind, "response")
        number = value.value if isinstance(value, Estimate) else value
        if number is None or not np.isfinite(number):
            return self.withheld(key, kind, "undefined")
        ends = value.interval if isinstance(value, Estimate) else None
        return Figure(
            key=key,
            kind=kind,
            value=float(number),
            n=self.n_answered,
            of=of,
            chance=chance,
            p=p,
            low=ends.low if ends else None,
            high=ends.high if ends else None,
            least=span.low if span else None,
            most=span.high if span else None,
            cares=() if stands else self.cares,
        )

    def withheld(self, key: str, kind: Kind, why: Care) -> Figure:
        """Return the place of a number that is not said."""
        return Figure(key=key, kind=kind, value=None, n=self.n_answered, cares=(why,))


def _counted(measure: Callable[[Network], float]) -> Callable[[Network], float | None]:
    """Return a measure that has no value where it is not a number."""

    def measured(web: Network) -> float | None:
        value = measure(web)
        return value if np.isfinite(value) else None

    return measured
