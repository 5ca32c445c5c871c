"""How a unit stands among others: what it is part of, what it is made of, whom it partners with."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base.figures import Branch
from collegium.people.actors import Actor
from collegium.people.enums import Governance, Role, TieKind, UnitKind
from collegium.people.models import Unit, UnitTie
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of
from collegium.people.presenters.sizes import write_sizes
from collegium.people.queries import roles, units

BRANCHES_LIMIT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRow:
    """One tie of the unit, in words."""

    name: str
    url: str
    kind_label: str
    how: str
    governance: str
    governance_step: int
    since: dt.date | None
    leads: tuple[str, ...]
    size: str
    change_url: str
    end_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage:
    """The page: the picture, and the same as a table."""

    unit: UnitFrame
    root: Branch
    above: tuple[TieRow, ...]
    partners: tuple[TieRow, ...]
    below: tuple[TieRow, ...]
    left_out: int


def present_organisation(actor: Actor, place: Place) -> OrganisationPage:
    """Draw the unit with what it contains, two steps down, beside all its ties."""
    frame = frame_of(actor, place)
    ties = units.list_ties(place.unit_id, place.as_of)
    down = [tie for tie in ties if tie.kind == TieKind.CONTAINS and tie.upper_id == place.unit_id]
    up = [tie for tie in ties if tie.kind == TieKind.CONTAINS and tie.lower_id == place.unit_id]
    sideways = [tie for tie in ties if tie.kind == TieKind.PARTNER]
    shown = down[:BRANCHES_LIMIT]
    others = {(other := _other(tie, place.unit_id)).id: other for tie in [*up, *sideways, *shown]}
    sizes = write_sizes([units.get_unit_for(actor, place), *others.values()], place.as_of)
    leads = roles.list_stewards_and_leads(list(others), place.as_of) if frame.can_view_people else {}
    held = units.list_held_by([tie.lower_id for tie in shown], place.as_of)
    # Teams are drawn on the page of their school; further up they would bury what is asked for.

    def rows(some: Iterable[UnitTie]) -> tuple[TieRow, ...]:
        return tuple(_row(tie, frame, place.unit_id, sizes, leads) for tie in some)

    return OrganisationPage(
        unit=frame,
        root=Branch(
            title=place.name,
            note=sizes[place.unit_id],
            is_current=True,
            branches=tuple(_branch(tie.lower, held, sizes, frame) for tie in shown),
        ),
        above=rows(up),
        partners=rows(sideways),
        below=rows(shown),
        left_out=len(down) - len(shown),
    )


def _other(tie: UnitTie, unit_id: uuid.UUID) -> Unit:
    return tie.lower if tie.upper_id == unit_id else tie.upper


def _note(size: str, teams: int) -> str:
    if not teams:
        return size
    return size + ", " + ngettext("%(n)s team", "%(n)s teams", teams) % {"n": teams}


def _branch(unit: Unit, held: dict[uuid.UUID, list[Unit]], sizes: dict[uuid.UUID, str], frame: UnitFrame) -> Branch:
    lower = held.get(unit.id, [])
    drawn = [one for one in lower if one.kind != UnitKind.TEAM]
    branches: tuple[Branch, ...] = tuple(Branch(title=one.name, url=_home_url(one, frame)) for one in drawn)
    if len(drawn) > BRANCHES_LIMIT:
        branches = (Branch(title=_("%(n)s units") % {"n": len(drawn)}),)
    note = _note(sizes[unit.id], teams=len(lower) - len(drawn))
    return Branch(title=unit.name, url=_home_url(unit, frame), note=note, branches=branches)


def _home_url(unit: Unit, frame: UnitFrame) -> str:
    return reverse("people:unit_home", args=[unit.slug]) + frame.query


def _row(
    tie: UnitTie,
    frame: UnitFrame,
    unit_id: uuid.UUID,
    sizes: dict[uuid.UUID, str],
    leads: dict[uuid.UUID, dict[Role, list[tuple[uuid.UUID, str]]]],
) -> TieRow:
    other = _other(tie, unit_id)
    how = (
        _("partner")
        if tie.kind == TieKind.PARTNER
        else _("part of this unit")
        if other == tie.lower
        else _("contains this unit")
    )
    return TieRow(
        name=other.name,
        url=_home_url(other, frame),
        kind_label=str(UnitKind(other.kind).label),
        how=how,
        governance=str(Governance(tie.governance).label) if tie.governance else "",
        governance_step=tie.governance or 0,
        since=tie.starts_on,
        leads=tuple(name for _id, name in leads.get(other.id, {}).get(Role.LEAD, ())),
        size=sizes[other.id],
        change_url=reverse("people:tie_change", args=[frame.slug, tie.id])
        if frame.can_steward and tie.governance
        else "",
        end_url=reverse("people:tie_end", args=[frame.slug, tie.id]) if frame.can_steward else "",
    )
