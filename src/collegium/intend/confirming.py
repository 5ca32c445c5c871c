"""What is said of a promise once those it was made to have been asked: pure, no database, no clock.

Nothing is said unless more than `K` people answered: K beside any of them, who knows their own answer. What is said is
one of three words and a number rounded down, at the moment that was announced, and never a count of who said what.
"""

from __future__ import annotations

from dataclasses import dataclass

from collegium.intend.promise_enums import Kept

K = 5
ASKED_AT_LEAST = K + 1  # fewer could hide nobody: they are asked by name, and told so before


@dataclass(frozen=True, slots=True)
class Counts:
    """How many said what."""

    kept: int = 0
    partly: int = 0
    not_kept: int = 0

    @property
    def total(self) -> int:
        """How many answered."""
        return self.kept + self.partly + self.not_kept

    def plus(self, said: Kept) -> Counts:
        """Return the counts with one more answer."""
        return Counts(
            self.kept + (said == Kept.KEPT),
            self.partly + (said == Kept.PARTLY),
            self.not_kept + (said == Kept.NOT_KEPT),
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a round: a word, and how many answered at least; neither where too few did."""

    outcome: Kept | None = None
    answered_at_least: int | None = None


def tell(counts: Counts) -> Told:
    """Return what is said of an anonymous round.

    Kept needs K people who say so, and more than half; not kept needs more than half. All else is partly kept.
    """
    if counts.total < ASKED_AT_LEAST:
        return Told()
    at_least = counts.total // K * K
    if counts.kept >= K and 2 * counts.kept > counts.total:
        return Told(Kept.KEPT, at_least)
    if 2 * counts.not_kept > counts.total:
        return Told(Kept.NOT_KEPT, at_least)
    return Told(Kept.PARTLY, at_least)


def tell_named(counts: Counts) -> Told:
    """Return what is said of a round by name: kept or not where all who answered agree, else partly."""
    if not counts.total:
        return Told()
    if counts.kept == counts.total:
        return Told(Kept.KEPT, counts.total)
    if counts.not_kept == counts.total:
        return Told(Kept.NOT_KEPT, counts.total)
    return Told(Kept.PARTLY, counts.total)
