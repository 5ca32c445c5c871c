"""Who turns to whom between groups, as a table that can be read by eye and by ear."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.connect.report_words import count, name_parts
from collegium.connect.reporting.figures import GroupTies

# How far above what chance gives a cell must lie to be shaded, a step darker each.
STEPS = (1.25, 2.0, 4.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Ties from the group of the row to that of the column; `shade` 0 to 3 says how far above chance."""

    text: str
    shade: int
    is_within: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A group and whom its people turn to."""

    title: str
    people: str
    cells: tuple[Cell, ...]
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Groups by groups."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def present_matrix(between: GroupTies) -> Matrix:
    """Return the table of ties between groups."""
    titles = [name_parts(parts, between.kind) for parts in between.parts]
    captions = {
        "team": _("Ties from the team of the row to the team of the column"),
        "level": _("Ties from the level of the row to the level of the column"),
        "school": _("Ties from the school of the row to the school of the column"),
    }
    return Matrix(
        caption=captions[between.kind],
        columns=tuple(titles),
        rows=tuple(
            Row(
                title=title,
                people=_people(between, place),
                cells=tuple(_cell(between, place, other) for other in range(len(titles))),
                total=count(sum(between.ties[place])),
            )
            for place, title in enumerate(titles)
        ),
    )


def _people(between: GroupTies, place: int) -> str:
    size, answered = between.sizes[place], between.answered[place]
    if answered < size:
        return _("%(answered)s of %(n)s answered") % {"answered": count(answered), "n": count(size)}
    return ngettext("%(n)s person", "%(n)s people", size) % {"n": count(size)}


def _cell(between: GroupTies, place: int, other: int) -> Cell:
    ties, expected = between.ties[place][other], between.of_chance[place][other]
    ratio = ties / expected if expected > 0 else 0.0
    shade = sum(ratio >= step for step in STEPS) if ties > 1 else 0
    words = _("chance gives %(n)s") % {"n": count(expected)}
    return Cell(text=count(ties), shade=shade, is_within=place == other, words=words)
