"""Bringing a plan in from a file: the upload, and what it would do row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from collegium.intend.enums import LineImportState, NodeKind
from collegium.intend.models import LineImport
from collegium.intend.queries import line_plans
from collegium.intend.queries.line_plans import Action
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of

PAGE_SIZE = 100
ACTIONS: Mapping[str, Any] = {
    Action.ADDED: _("added"),
    Action.CHANGED: _("changed"),
    Action.LEFT: _("left alone"),
    Action.REFUSED: _("refused"),
}
WHYS: Mapping[str, Any] = {
    "title_missing": _("It has no title."),
    "title_long": _("Its title has more than 160 characters."),
    "kind_unknown": _("What it is, is not among the kinds of points: vision, intent, challenge, goal, …"),
    "own_pages": _("Promises and roles are made on their own pages, by those whose they are."),
    "doubled": _("Its id, or its title, stands in the file twice."),
    "elsewhere": _("It belongs to another unit, or is part of a promise."),
    "kind_changed": _("It is here already as something else."),
    "day_unreadable": _("A day cannot be read. Write it as 2027-07-31."),
    "by_missing": _("A challenge needs the day by which it should be true."),
    "by_past": _("The day by which it should be true has passed, or is before work begins."),
    "owner_unknown": _("Nobody here has that email address."),
    "owner_twice": _("The second person has to be another one."),
    "serves_unknown": _("What it serves is not in the file."),
    "serves_in_order": _(
        "It cannot serve that: intents come from visions, challenges from intents, others from before."
    ),
    "upper_refused": _("What it serves is refused or left."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """An upload in the list."""

    name: str
    at: dt.datetime
    state: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStart:
    """Where a plan is uploaded."""

    unit: UnitFrame
    rows: tuple[ImportRow, ...]
    line_url: str
    templates: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """What becomes of one row."""

    number: int
    kind: str
    title: str
    action: str
    action_label: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """A plan before, or after, it was brought in."""

    unit: UnitFrame
    name: str
    is_open: bool
    state: str
    counts: tuple[tuple[str, int], ...]
    rows: tuple[PlanRow, ...]
    pages: Page[Any]
    does_something: bool
    start_url: str
    line_url: str
    apply_url: str
    discard_url: str


def present_start(actor: Actor, place: Place) -> PlanStart:
    """Return the page on which a plan is uploaded."""
    return PlanStart(
        unit=frame_of(actor, place),
        rows=tuple(
            ImportRow(
                name=made.file_name,
                at=made.created_at,
                state=str(LineImportState(made.state).label),
                url=reverse("intend:plan", args=[place.slug, made.id]),
            )
            for made in line_plans.list_imports_for(actor, place)
        ),
        line_url=reverse("intend:throughline", args=[place.slug]),
        templates=tuple(
            (form.upper(), reverse("intend:plan_template", args=[place.slug, form])) for form in ("csv", "xlsx")
        ),
    )


def present_plan(actor: Actor, place: Place, made: LineImport, page: str) -> PlanPage:
    """Return what a plan would do, or what it did."""
    is_open = made.state == LineImportState.OPEN
    items = line_plans.plan(actor, made) if is_open else []
    counted = (
        {str(action): sum(item.action == action for item in items) for action in Action} if is_open else made.counts
    )
    first = sorted(items, key=lambda item: (item.action != Action.REFUSED, item.number))
    pages = Paginator(first, PAGE_SIZE).get_page(page)

    def address(name: str) -> str:
        return reverse(f"intend:{name}", args=[place.slug, made.id])

    return PlanPage(
        unit=frame_of(actor, place),
        name=made.file_name,
        is_open=is_open,
        state=str(LineImportState(made.state).label),
        counts=tuple((str(label), counted.get(str(action), 0)) for action, label in ACTIONS.items()),
        rows=tuple(
            PlanRow(
                number=item.number,
                kind=capfirst(str(NodeKind(item.kind).label)) if item.kind else "",
                title=item.title,
                action=str(item.action),
                action_label=str(ACTIONS[item.action]),
                why=str(WHYS.get(item.why, "")),
            )
            for item in pages
        ),
        pages=pages,
        does_something=bool(counted.get("added") or counted.get("changed")),
        start_url=reverse("intend:plan_start", args=[place.slug]),
        line_url=reverse("intend:throughline", args=[place.slug]),
        apply_url=address("plan_apply") if is_open else "",
        discard_url=address("plan_discard") if is_open else "",
    )
