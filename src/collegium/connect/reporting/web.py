"""A staff and its ties as plain arrays: what a report and a map are made of. No Django, no clock, no names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from collegium.science.errors import UnusableInput
from collegium.science.networks.network import NO_GROUP, Network
from collegium.science.results import BoolArray, IntArray, Locked

Origin = Literal["said", "imported", "known"]

# What somebody asks in confidence is never drawn from person to person: `confidence`, `confidential_help`, ...
CONFIDENTIAL = "confiden"
# Levels from the classroom upwards; those of other lists have no order.
LEVELS_IN_ORDER = ("support", "classroom", "middle", "senior", "executive", "governance")


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How many people anything rests on that is said of a group, and how many must answer for what.

    Below `half` of those asked only what the missing cannot bend is said; below `most` all of it with a warning.
    `draws` is how often chance is asked what it would give.
    """

    k: int = 5
    half: float = 0.5
    most: float = 0.8
    draws: int = 100


@dataclass(frozen=True, kw_only=True, eq=False)
class Layer:
    """One kind of tie. `labels` say what the weights mean, where they mean anything.

    Layers of different origin are never mixed.
    """

    key: str
    title: str
    network: Network
    origin: Origin = "said"
    labels: tuple[tuple[float, str], ...] = ()

    @property
    def is_confidential(self) -> bool:
        """Whether who turns to whom is nobody's business, even without names."""
        return CONFIDENTIAL in self.key.lower()

    @property
    def often(self) -> float | None:
        """From which weight on a tie is a frequent one: the upper half of the labels."""
        if len(self.labels) < 2:
            return None
        return sorted(weight for weight, _label in self.labels)[len(self.labels) // 2]


@dataclass(frozen=True, kw_only=True, eq=False)
class Web(Locked):
    """People numbered from 0, where they stand, and the layers of ties among them.

    `school`, `team` and `level` are places in `schools`, `teams` and `levels`, NO_GROUP (-1) for none. Those who were
    not `asked`, such as people of partner schools, can be named and name nobody. `shown` is False for who declines to
    be drawn.
    """

    school: IntArray
    team: IntArray
    level: IntArray
    has_post: BoolArray
    asked: BoolArray
    answered: BoolArray
    shown: BoolArray
    layers: tuple[Layer, ...]
    schools: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        arrays = (self.school, self.team, self.level, self.has_post, self.asked, self.answered, self.shown)
        UnusableInput.unless(len({len(each) for each in arrays}) == 1, "shape", "Each person needs one of everything.")
        UnusableInput.unless(
            all(layer.network.n == self.n for layer in self.layers), "people", "Every layer is among the same people."
        )
        Locked.__post_init__(self)

    @property
    def n(self) -> int:
        """How many people there are."""
        return len(self.school)

    def in_school(self, school: int) -> BoolArray:
        """Mark the people of a school who were asked."""
        found: BoolArray = (self.school == school) & self.asked
        return found


def make_web(
    n: int,
    layers: Sequence[Layer],
    *,
    school: Sequence[int] | IntArray | None = None,
    team: Sequence[int] | IntArray | None = None,
    level: Sequence[int] | IntArray | None = None,
    has_post: Sequence[bool] | BoolArray | None = None,
    asked: Sequence[bool] | BoolArray | None = None,
    answered: Sequence[bool] | BoolArray | None = None,
    shown: Sequence[bool] | BoolArray | None = None,
    schools: Sequence[str] = (),
    teams: Sequence[str] = (),
    levels: Sequence[str] = (),
) -> Web:
    """Make a web of what is known; without a list everybody belongs to no group, was asked, answered and is shown."""

    def groups(given: Sequence[int] | IntArray | None) -> IntArray:
        return np.full(n, NO_GROUP, dtype=np.int64) if given is None else np.array(given, dtype=np.int64)

    def marks(given: Sequence[bool] | BoolArray | None, *, otherwise: bool) -> BoolArray:
        return np.full(n, otherwise, dtype=np.bool_) if given is None else np.array(given, dtype=np.bool_)

    return Web(
        school=groups(school),
        team=groups(team),
        level=groups(level),
        has_post=marks(has_post, otherwise=False),
        asked=marks(asked, otherwise=True),
        answered=marks(answered, otherwise=True),
        shown=marks(shown, otherwise=True),
        layers=tuple(layers),
        schools=tuple(schools),
        teams=tuple(teams),
        levels=tuple(levels),
    )
