"""What is read of a group that was exported from Loomio: its polls, what was chosen, and the talk around them.

Addresses, tokens and settings of people are never read; names are, because an open vote is a named one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LoomioStance:
    """One vote. `voter` is None in an anonymous poll; `scores` has the score of each option that was chosen.

    `is_cast` is false for somebody who was asked and did not vote.
    """

    voter: int | None
    is_cast: bool
    scores: Mapping[str, int]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoomioPoll:
    """One poll with its options in their order, the votes that stand, and what was said to have come of it."""

    id: int
    title: str
    details: str
    type: str
    is_anonymous: bool
    closed_at: str
    discussion: int | None
    options: tuple[str, ...]
    stances: tuple[LoomioStance, ...]
    outcomes: tuple[str, ...]
    most_score: int | None = None
    dots: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoomioComment:
    """One comment of a discussion."""

    author: int | None
    body: str
    created_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoomioDiscussion:
    """One discussion with its comments, oldest first."""

    id: int
    title: str
    description: str
    author: int | None
    created_at: str
    comments: tuple[LoomioComment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoomioExport:
    """A group, the names of its people by their number in Loomio, its discussions and polls.

    `left_out` counts the records of each table that were not taken: deleted ones, and what nothing here corresponds to.
    """

    name: str
    people: Mapping[int, str]
    discussions: tuple[LoomioDiscussion, ...]
    polls: tuple[LoomioPoll, ...]
    left_out: Mapping[str, int]
