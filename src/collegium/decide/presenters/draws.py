"""The page of a draw by lot, and the list that anybody can do it again with."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from collegium.decide import policies
from collegium.decide.enums import DrawBy, Stage
from collegium.decide.models import Draw, DrawEntry, Matter
from collegium.decide.presenters.frame import address_of, name_of
from collegium.decide.queries import draws as queries
from collegium.decide.queries.draws import FoundDraw
from collegium.people.actors import Actor
from collegium.people.enums import Level
from collegium.people.presenters.frame import UnitFrame, frame_of
from collegium.people.rosters.cells import guard


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawLine:
    """A draw on the page of its matter."""

    purpose: str
    says: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """Somebody in a draw; the name is empty for those who do not see names here."""

    number: int
    name: str
    group: str
    pass_on_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawPage:
    """A draw: what was announced, who is in the list, what came of it, and how to do it again."""

    unit: UnitFrame
    question: str
    matter_url: str
    purpose: str
    places: int
    by: str
    seed_from: str
    announced_at: dt.datetime
    announced_by: str
    people: int
    groups: tuple[tuple[str, int], ...]
    own_number: int | None
    is_done: bool
    seed: str
    drawn_at: dt.datetime | None
    drawn: tuple[EntryRow, ...]
    following: tuple[EntryRow, ...]
    declined: tuple[EntryRow, ...]
    empty_places: int
    sees_names: bool
    list_url: str
    do_url: str


def list_lines(matter: Matter) -> tuple[DrawLine, ...]:
    """Return the draws of a matter as its page shows them."""
    return tuple(
        DrawLine(
            purpose=draw.purpose,
            says=_("Drawn") if draw.drawn_at else _("Announced; it waits for %(source)s") % {"source": draw.seed_from},
            url=reverse("decide:draw", args=[draw.id]),
        )
        for draw in queries.list_draws(matter)
    )


def present_draw(actor: Actor, row: FoundDraw) -> DrawPage:
    """Return the page of a draw."""
    draw, found = row.draw, row.found
    runs = policies.can_facilitate(actor, found.place, found.standing) and found.matter.stage != Stage.CLOSED
    names = _sees_names(row)
    groups = queries.count_groups(draw)
    places = queries.list_places(draw) if draw.drawn_at else []
    return DrawPage(
        unit=frame_of(actor, found.place),
        question=found.matter.question,
        matter_url=address_of(found.matter),
        purpose=draw.purpose,
        places=draw.places,
        by=capfirst(str(DrawBy(draw.by).label)),
        seed_from=draw.seed_from,
        announced_at=draw.announced_at,
        announced_by=name_of(draw.announced_by),
        people=sum(count for _group, count in groups),
        groups=tuple((_group(draw, group), count) for group, count in groups) if draw.by != DrawBy.ALL else (),
        own_number=queries.get_own_number(actor, draw),
        is_done=draw.drawn_at is not None,
        seed=draw.seed,
        drawn_at=draw.drawn_at,
        drawn=tuple(_row(draw, entry, names=names, runs=runs) for entry in places),
        following=tuple(_row(draw, entry, names=names) for entry in queries.list_next(draw)) if draw.drawn_at else (),
        declined=tuple(_row(draw, entry, names=names) for entry in queries.list_declined(draw)),
        empty_places=draw.places - len(places) if draw.drawn_at else 0,
        sees_names=names,
        list_url=reverse("decide:draw_list", args=[draw.id]),
        do_url=reverse("decide:draw_do", args=[draw.id]) if runs and draw.drawn_at is None else "",
    )


def write_list(row: FoundDraw) -> str:
    """Return the list of a draw as CSV: numbers and groups as they were drawn by, and names for those who see them."""
    names = _sees_names(row)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["number", "group", *(["name"] if names else []), "place"])
    for entry in queries.list_entries(row.draw):
        name = [guard(name_of(entry.person))] if names else []
        writer.writerow([entry.number, guard(entry.part_of), *name, "yes" if entry.has_place else ""])
    return text.getvalue()


def _sees_names(row: FoundDraw) -> bool:
    """Who takes part, or belongs to the unit, sees names; others of the community see numbers."""
    return row.found.standing.is_involved or row.found.standing.in_unit


def _row(draw: Draw, entry: DrawEntry, *, names: bool, runs: bool = False) -> EntryRow:
    return EntryRow(
        number=entry.number,
        name=name_of(entry.person) if names else "",
        group=_group(draw, entry.part_of) if draw.by != DrawBy.ALL else "",
        pass_on_url=reverse("decide:draw_pass_on", args=[draw.id, entry.id]) if runs else "",
    )


def _group(draw: Draw, part_of: str) -> str:
    if part_of == queries.OTHERS:
        return _("Others")
    return capfirst(str(Level(part_of).label)) if draw.by == DrawBy.LEVEL else part_of
