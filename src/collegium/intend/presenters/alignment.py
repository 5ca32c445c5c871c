"""How the intents of schools stand to those above them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from collegium.intend import policies
from collegium.intend.enums import LinkKind
from collegium.intend.presenters.line import url_of
from collegium.intend.presenters.tabs import TabLink, tabs_of
from collegium.intend.queries.alignment import read_alignment_for
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class UpperHead:
    """An intent above, as the head of a column. How many see it otherwise is told to those who belong to its unit."""

    title: str
    url: str
    unit_name: str
    dissent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How a unit stands to an intent above: the intents of its own that adopt or serve it."""

    kind: str
    links: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """A unit, and how it stands to each intent above."""

    name: str
    url: str
    cells: tuple[Cell, ...]
    loose: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentPage:
    """Units beside the intents above them."""

    unit: UnitFrame
    tabs: tuple[TabLink, ...]
    heads: tuple[UpperHead, ...]
    rows: tuple[UnitRow, ...]


def present_alignment(actor: Actor, place: Place) -> AlignmentPage:
    """Return the alignment across the units of a place."""
    found = read_alignment_for(actor, place)
    return AlignmentPage(
        unit=frame_of(actor, place),
        tabs=tabs_of(actor, place, "alignment"),
        heads=tuple(
            UpperHead(
                title=upper.title,
                url=url_of(upper, upper.unit.slug),
                unit_name=upper.unit.name,
                dissent=found.dissent.get(upper.id, 0) if policies.can_view_drafts_of(actor, upper.unit_id) else 0,
            )
            for upper in found.uppers
        ),
        rows=tuple(
            UnitRow(
                name=unit.name,
                url=reverse("intend:unit_intend", args=[unit.slug]),
                cells=tuple(
                    Cell(
                        kind=links[0].kind if (links := found.links.get((upper.id, unit.id), [])) else "",
                        links=tuple(
                            (str(LinkKind(link.kind).label), link.lower.title, url_of(link.lower, unit.slug))
                            for link in links
                        ),
                    )
                    for upper in found.uppers
                ),
                loose=found.loose.get(unit.id, 0),
            )
            for unit in found.units
        ),
    )
