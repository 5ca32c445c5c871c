"""Where the marks and lines of the system picture lie: schools down both sides by phase, what they share between them.

The same schools, ties and shared things always give the same picture. Nothing is ordered by a number: schools stand by
name inside their phase.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

WIDTH = 960
LEFT, RIGHT, MIDDLE = 270, 690, 480
HEAD = 34  # the height of the heading of a phase
TOP, BOTTOM = 14, 14
THING = 46  # a thing and its title
MOST_THINGS = 14

Key = int
LineKind = Literal["tie", "support", "intent", "enquiry", "decision"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A school or a shared thing, with what it is called there and where it leads."""

    key: Key
    kind: Literal["school", "intent", "enquiry", "decision"]
    title: str
    url: str
    x: float
    y: float
    is_left: bool = False
    is_faint: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The name of a phase above its schools."""

    title: str
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line between two marks; `weight` from 0 to 1 makes a tie wider."""

    kind: LineKind
    path: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The whole picture."""

    title: str
    height: float
    row: float
    headings: tuple[Heading, ...]
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    left_out_lines: int
    left_out_things: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A school to be placed."""

    key: Key
    title: str
    url: str
    is_faint: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something shared, to be placed; without `joins` it has no lines, and `note` says whose it is."""

    key: Key
    kind: Literal["intent", "enquiry", "decision"]
    title: str
    url: str
    joins: frozenset[Key]
    note: str = ""


def row_height(schools: int) -> float:
    """Return how much room a school gets: less where there are many, and never less than can be read."""
    return 62.0 if schools <= 12 else 32.0 if schools <= 60 else 16.0


def lay_out(
    *,
    title: str,
    blocks: Sequence[tuple[str, Sequence[Point]]],
    ties: Mapping[tuple[Key, Key], int],
    supports: Sequence[tuple[Key, Key]],
    things: Sequence[Thing],
    most_lines: int,
) -> Drawn:
    """Return the picture of schools in blocks, one a phase, with their ties, support and shared things.

    Of more ties, or more support, than `most_lines` the rest is left out: it would be a grey cloud.
    """
    row = row_height(sum(len(points) for _title, points in blocks))
    headings: list[Heading] = []
    schools: list[Mark] = []
    y = float(TOP)
    for heading, points in blocks:
        headings.append(Heading(title=heading, y=y + HEAD * 0.6))
        y += HEAD
        half = (len(points) + 1) // 2
        for place, point in enumerate(points):
            is_left = place < half
            schools.append(
                Mark(
                    key=point.key,
                    kind="school",
                    title=point.title,
                    url=point.url,
                    is_faint=point.is_faint,
                    x=LEFT if is_left else RIGHT,
                    y=y + row * (place % half + 0.5),
                    is_left=is_left,
                )
            )
        y += row * half + 8
    shown = list(things[:MOST_THINGS])
    height = max(y + BOTTOM, TOP + HEAD + THING * len(shown) + BOTTOM)
    placed = _place_things(shown, height)
    at = {mark.key: mark for mark in (*schools, *placed)}
    lines, left_out = _tie_lines(ties, at, most_lines)
    lines += [_line("support", at[one], at[other]) for one, other in supports[:most_lines]]
    lines += [_line(each.kind, at[school], at[each.key]) for each in shown for school in _in_order(each, schools)]
    return Drawn(
        title=title,
        height=height,
        row=row,
        headings=tuple(headings),
        marks=(*schools, *placed),
        lines=tuple(lines),
        left_out_lines=left_out + max(0, len(supports) - most_lines),
        left_out_things=len(things) - len(shown),
    )


def _place_things(things: Sequence[Thing], height: float) -> list[Mark]:
    """Put things one below the other down the middle, evenly."""
    step = (height - TOP - HEAD - BOTTOM) / max(len(things), 1)
    return [
        Mark(
            key=each.key,
            kind=each.kind,
            title=each.title,
            url=each.url,
            note=each.note,
            x=MIDDLE,
            y=TOP + HEAD + step * (place + 0.5) - 8,
        )
        for place, each in enumerate(things)
    ]


def _in_order(thing: Thing, schools: Sequence[Mark]) -> list[Key]:
    return [mark.key for mark in schools if mark.key in thing.joins]


def _tie_lines(ties: Mapping[tuple[Key, Key], int], at: Mapping[Key, Mark], most_lines: int) -> tuple[list[Line], int]:
    """Draw one line for there and back; of very many the strongest."""
    both: dict[tuple[Key, Key], int] = {}
    for (one, other), count in ties.items():
        pair = (min(one, other), max(one, other))
        both[pair] = both.get(pair, 0) + count
    ranked = sorted(both.items(), key=lambda item: (-item[1], item[0]))
    most = ranked[0][1] if ranked else 1
    drawn = [_line("tie", at[one], at[other], (count / most) ** 0.5) for (one, other), count in ranked[:most_lines]]
    return drawn, len(ranked) - len(drawn)


def _line(kind: LineKind, one: Mark, other: Mark, weight: float = 0.0) -> Line:
    """Return a curve; between two schools of one side it swings out into the middle."""
    start, end = _edge(one), _edge(other)
    if one.x == other.x:
        bulge = (1 if one.is_left else -1) * min(36 + abs(one.y - other.y) * 0.3, 150)
        first, second = start + bulge, end + bulge
    else:
        middle = (start + end) / 2
        first = second = middle
    path = f"M{start:.0f} {one.y:.1f}C{first:.0f} {one.y:.1f} {second:.0f} {other.y:.1f} {end:.0f} {other.y:.1f}"
    return Line(kind=kind, path=path, weight=weight)


def _edge(mark: Mark) -> float:
    """Return where lines meet a mark: at the inner edge of a school."""
    if mark.kind != "school":
        return mark.x
    return mark.x + 9 if mark.is_left else mark.x - 9
