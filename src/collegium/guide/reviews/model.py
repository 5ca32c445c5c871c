"""What a review is: its claims, the words for each level, and what follows from the levels that were agreed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptor:
    """One level of a claim, or one position of a dial, and what can be seen where it holds."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing that is judged. A dial has positions of which none is better, and counts for no result."""

    key: str
    title: str
    claim: str
    construct: str
    look_at: str
    would_tell: str
    indicators: tuple[str, ...]
    descriptors: tuple[Descriptor, ...]
    is_dial: bool

    def find(self, level: str) -> Descriptor | None:
        """Return a level by its key; None where there is none."""
        return next((each for each in self.descriptors if each.key == level), None)

    def place(self, level: str) -> int:
        """Return how far along a level is, from 0. Raises ValueError."""
        return [each.key for each in self.descriptors].index(level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A phase or stage: it holds when claims of this share of the weight, in percent, are at `level` or further."""

    key: str
    title: str
    level: str = ""
    percent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A review in one version, which never changes once it is in use. `sets` is phase, stage or nothing."""

    key: str
    version: int
    title: str
    purpose: str
    kinds: tuple[str, ...]
    sources: tuple[str, ...]
    claims: tuple[Claim, ...]
    sets: str = ""
    outcomes: tuple[Outcome, ...] = ()

    @property
    def weighed(self) -> tuple[Claim, ...]:
        """The claims that can have a weight: all but the dials."""
        return tuple(claim for claim in self.claims if not claim.is_dial)

    def find(self, key: str) -> Claim | None:
        """Return a claim or dial by its key; None where there is none."""
        return next((claim for claim in self.claims if claim.key == key), None)

    def name_outcome(self, key: str) -> str:
        """Return what a phase or stage is called; an empty text where there is none."""
        return next((each.title for each in self.outcomes if each.key == key), "")
