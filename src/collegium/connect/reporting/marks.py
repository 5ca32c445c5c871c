"""What may be said beside the mark of a person: as much as at least k marks share, and no more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from collegium.science.networks.network import NO_GROUP
from collegium.science.results import BoolArray, IntArray, Locked


@dataclass(frozen=True, kw_only=True, eq=False)
class Said(Locked):
    """What is said beside each mark: team and level, NO_GROUP where it is kept back. `drawn` is False for no mark."""

    team: IntArray
    level: IntArray
    drawn: BoolArray


def say_of_marks(team: IntArray, level: IntArray, *, k: int, named: BoolArray | None = None) -> Said:
    """Say team and level of marks where k share both, else the team where k share it, else neither.

    Whatever is kept back is kept back of k marks or of none: otherwise "somebody of English who is not a classroom
    teacher" would be one person. Where fewer than k marks are left there is none. Marks whose people let the reader see
    their name (`named`) say everything and hide nobody: the others are counted without them.
    """
    named = np.zeros(len(team), dtype=np.bool_) if named is None else named
    shown_team, shown_level = team.copy(), np.full(len(level), NO_GROUP, dtype=np.int64)
    drawn = np.ones(len(team), dtype=np.bool_)
    hidden = ~named
    small = _teams_to_keep_back(team[hidden], k)
    shown_team[hidden & np.isin(team, small)] = NO_GROUP
    if 0 < hidden.sum() < k:
        drawn &= named
    for place in np.unique(shown_team[hidden]):
        members = hidden & (shown_team == place)
        for kept in _levels_to_say(level[members], k):
            shown_level[members & (level == kept)] = kept
    shown_level[named] = level[named]
    return Said(team=shown_team, level=shown_level, drawn=drawn)


def _teams_to_keep_back(team: IntArray, k: int) -> list[int]:
    """Return the teams that are too small, and as many of the next smallest as it takes to make k marks of them."""
    counts = {int(place): int((team == place).sum()) for place in np.unique(team)}
    kept_back = [place for place, count in counts.items() if place == NO_GROUP or count < k]
    pool = sum(counts[place] for place in kept_back)
    others = sorted((place for place in counts if place not in kept_back), key=lambda place: (counts[place], place))
    while 0 < pool < k and others:
        kept_back.append(others.pop(0))
        pool += counts[kept_back[-1]]
    return kept_back


def _levels_to_say(level: IntArray, k: int) -> list[int]:
    """Return the levels that may be said in a team: those of k marks, as long as the others are none or k as well."""
    counts = {int(place): int((level == place).sum()) for place in np.unique(level) if place != NO_GROUP}
    said = sorted((place for place, count in counts.items() if count >= k), key=lambda place: (counts[place], place))
    rest = len(level) - sum(counts[place] for place in said)
    while 0 < rest < k and said:
        rest += counts[said.pop(0)]
    return said
