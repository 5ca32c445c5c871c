"""A layer as it is seen from a unit: its people, the ties among them, the groups that may be told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from collegium.connect.reporting.chance import Chance, Kept, RandomWebs
from collegium.connect.reporting.figures import Care, Figure, Kind
from collegium.connect.reporting.grouping import Groups, can_stand_beside, coarsen, merge_small
from collegium.connect.reporting.web import LEVELS_IN_ORDER, Layer, Rules, Web
from collegium.science.networks.missing import range_with_missing
from collegium.science.networks.network import NO_GROUP, Network
from collegium.science.results import BoolArray, Estimate, IntArray, Interval

SPANS_PER_DRAW = 4  # webs are filled in as often as chance is asked, divided by this
LARGE, FEW_DRAWS = 20_000, 20  # from so many ties on, chance is asked so often only


# Which page of a wave it is: the only one, that of the whole beside pages of its schools, or one of these.
Page = Literal["only", "whole", "part"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Seen:
    """The people of a unit (`core`) in one layer. Everything below counts them, unless it says otherwise.

    On the page of a whole those few are left out who belong to no school of k who answered: beside the pages of the
    schools, numbers that count them would say what these few told.
    """

    web: Web
    layer: Layer
    core: BoolArray
    rules: Rules
    page: Page = "only"

    @cached_property
    def told(self) -> BoolArray:
        """Who of the whole web told their ties: ties that are known or imported nobody had to tell."""
        found: BoolArray = self.web.answered | (self.layer.origin != "said")
        return found

    @cached_property
    def counted(self) -> BoolArray:
        """The unit's people who are counted, of the whole web."""
        return count_in(self.web, self.core, told=self.told, k=self.rules.k, page=self.page)

    @cached_property
    def answered(self) -> BoolArray:
        """Who of them told their ties, of the whole web."""
        found: BoolArray = self.counted & self.told
        return found

    @cached_property
    def people(self) -> IntArray:
        """The numbers of the unit's people in the web."""
        return np.flatnonzero(self.counted)

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
        return self._merge(self.web.school, self.web.schools, have_pages=self.page == "whole")

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

    @cached_property
    def posts_can_stand(self) -> bool:
        """Whether people with a post of leadership may be told apart from those without, beside the other groups."""
        has_post = self.web.has_post[self.people]
        return self.rules.k <= has_post.sum() <= self.n - self.rules.k and self._can_stand(has_post.astype(np.int64))

    @cached_property
    def levels_between(self) -> Groups | None:
        """The levels between which ties may be counted beside all other groups of the wave; None where none may.

        In a wave of several schools they are counted once, on the page of the whole.
        """
        groups = self.levels
        has_post = self.web.has_post[self.people].astype(np.int64) * self.posts_can_stand
        while self.page != "part" and groups.can_be_compared:
            if self._can_stand(groups.codes[self.people] * 2 + has_post):
                return groups
            groups = coarsen(groups)
        return None

    def _can_stand(self, columns: IntArray) -> bool:
        rows = self._finest[self.people]
        return can_stand_beside(rows, columns, told=self.answered[self.people], k=self.rules.k)

    @cached_property
    def _finest(self) -> IntArray:
        """The smallest groups that any page of the wave tells apart, but for levels."""
        found = self.groups.codes.copy()
        if self.page != "whole":
            return found
        for school in np.unique(self.web.school[self.people]):
            part = Seen(web=self.web, layer=self.layer, core=self.web.in_school(school), rules=self.rules, page="part")
            if school != NO_GROUP and part.can_compare and part.teams.can_be_compared:
                own = part.teams.codes
                found[own != NO_GROUP] = found.max() + 1 + own[own != NO_GROUP]
        return found

    def _merge(
        self, codes: IntArray, names: tuple[str, ...], *, in_order: bool = False, have_pages: bool = False
    ) -> Groups:
        """Merge what has fewer than k people who answered: what goes out of a group is told by those alone."""
        inside = merge_small(
            codes[self.people],
            names,
            counted=self.answered[self.people],
            k=self.rules.k,
            in_order=in_order,
            have_pages=have_pages,
        )
        whole = np.full(self.web.n, NO_GROUP, dtype=np.int64)
        whole[self.people] = inside.codes
        return Groups(codes=whole, parts=inside.parts, sizes=self._sizes(whole, len(inside)))

    def _sizes(self, codes: IntArray, count: int) -> IntArray:
        found: IntArray = np.bincount(codes[codes != NO_GROUP], minlength=count).astype(np.int64)
        return found

    # --- chance and figures -------------------------------------------------------------------------------------------
    @cached_property
    def random_webs(self) -> RandomWebs:
        """Webs among the same people that keep some of what is there."""
        draws = self.rules.draws if len(self.inner) < LARGE else min(self.rules.draws, FEW_DRAWS)
        return RandomWebs(self.inner, draws)

    def chance_of(self, measure: Callable[[Network], float], kept: Kept = "degrees") -> Chance | None:
        """Return what chance gives for a measure of a network; ties that nobody chose have none.

        Where everybody is named as often as they are, what follows from that alone is no other than it is: such a
        measure is compared with webs that keep less.
        """
        has_chance = self.is_whole and len(self.inner) and self.layer.origin != "known"
        return self.random_webs.compare(measure, kept) if has_chance else None

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

    def count(
        self,
        key: str,
        value: int,
        *,
        of: int,
        chance: Chance | None = None,
        span: Interval | None = None,
        stands: bool = False,
    ) -> Figure:
        """Return how many people something is true of: in words where it is of fewer than k, or of all but so few."""
        if not self.is_whole and not stands:
            return self.withheld(key, "people", "response")
        shown = value if value == 0 or (value >= self.rules.k and not 0 < of - value < self.rules.k) else None
        few: tuple[Care, ...] = () if shown is not None else ("few",) if value < self.rules.k else ("nearly_all",)
        cares = (*(() if stands else self.cares), *few)
        return Figure(
            key=key,
            kind="people",
            value=shown,
            n=self.n_answered,
            of=of,
            chance=chance,
            least=span.low if span else None,
            most=span.high if span else None,
            cares=cares,
        )

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


def count_in(web: Web, core: BoolArray, *, told: BoolArray, k: int, page: Page) -> BoolArray:
    """Mark who of a unit is counted on a page of a wave."""
    members = np.flatnonzero(core)
    if page != "whole" or not len(members):
        return core
    schools = merge_small(web.school[members], web.schools, counted=told[members], k=k, have_pages=True)
    found = core.copy()
    if len(schools):
        found[members[schools.codes == NO_GROUP]] = False
    return found
