"""What bringing in a plan would do, row by row, worked out before anything is written."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from collegium.base import prose, time
from collegium.intend import policies
from collegium.intend.enums import LineImportState, NodeKind, Standing
from collegium.intend.errors import NotFound
from collegium.intend.line_tables import KIND_OF
from collegium.intend.models import Challenge, Intent, LineImport, Point, PointServes, Vision
from collegium.intend.throughline.graph import ORDER, may_serve
from collegium.people.actors import Actor
from collegium.people.models import Person
from collegium.people.places import Place
from collegium.people.rosters.cells import key

BODY: Mapping[type[Any], str] = {Vision: "body", Intent: "direction", Challenge: "what"}
_MODELS: Mapping[type[Any], str] = {Vision: "vision", Intent: "intent", Challenge: "challenge"}
_OUR_ID = re.compile(r"[0-9a-f]{32}")
_ONLY: Mapping[str, str] = {"intent": "vision", "challenge": "intent"}  # what these two may serve in a file
TITLE_LIMIT, KEY_LIMIT = 160, 80


class Action(StrEnum):
    """What is done with a row of a file."""

    ADDED = "added"
    CHANGED = "changed"
    LEFT = "left"
    REFUSED = "refused"


@dataclass(slots=True, kw_only=True)
class Item:
    """One row of a plan, read; `row` is what it was found to be already, `why` says why it is refused or left."""

    number: int
    key: str
    source_key: str = ""
    kind: str = ""
    title: str = ""
    text: str = ""
    serves: tuple[str, ...] = ()
    says_serves: bool = False
    owner: Person | None = None
    second_owner: Person | None = None
    starts_on: dt.date | None = None
    by_on: dt.date | None = None
    row: Any = None
    action: Action = Action.ADDED
    why: str = ""
    changes_text: bool = False

    @property
    def rank(self) -> int:
        """Its place in the order of the line."""
        return ORDER.get(self.kind, 99)

    def refuse(self, why: str) -> None:
        """Refuse the row; the first reason is the one that is told."""
        if self.action != Action.REFUSED:
            self.action, self.why = Action.REFUSED, why


def get_import_for(actor: Actor, place: Place, import_id: uuid.UUID) -> LineImport:
    """Return an upload of a unit, for those who keep its line; NotFound for everybody else."""
    rows = LineImport.objects.filter(id=import_id, unit_id=place.unit_id, community_id=actor.community_id)
    found = rows.select_related("unit").first()
    if found is None or not policies.can_keep(actor, place):
        raise NotFound
    return found


def list_imports_for(actor: Actor, place: Place) -> list[LineImport]:
    """Return the latest uploads of a unit, for those who keep its line."""
    policies.check_can_keep(actor, place)
    rows = LineImport.objects.filter(unit_id=place.unit_id, community_id=actor.community_id).defer("rows")
    return list(rows.order_by("-created_at", "id")[:10])


def find_remembered(unit: Any, headers: Sequence[str]) -> dict[str, str] | None:
    """Return which column held what in the last file of a unit with the same titles that was brought in."""
    for made in (
        LineImport.objects.filter(unit=unit, state=LineImportState.APPLIED).order_by("-created_at").defer("rows")
    ):
        if made.headers == list(headers):
            columns: dict[str, str] = made.columns
            return columns
    return None


def plan(actor: Actor, made: LineImport) -> list[Item]:
    """Return what each row of a file would do."""
    items = [_read(made, number, cells) for number, cells in made.rows]
    known = _Known(actor, made)
    seen: dict[str, Item] = {}
    by_title: dict[str, str] = {}
    for item in items:
        if item.key in seen:
            item.refuse("doubled")
            continue
        seen[item.key] = item
        by_title.setdefault(key(item.title), item.key)
        known.match(item)
    cells_of = dict(made.rows)
    for item in items:
        if item.action not in (Action.REFUSED, Action.LEFT):
            _resolve(item, _cells(made, cells_of[item.number]), seen, by_title, known)
    _refuse_with_uppers(items, seen)
    for item in items:
        if item.row is not None and item.action == Action.ADDED:
            wanted = {seen[each].row.id if seen[each].row is not None else None for each in item.serves}
            item.action = Action.CHANGED if known.differs(item, wanted) else Action.LEFT
    return items


def _cells(made: LineImport, cells: Sequence[str]) -> dict[str, str]:
    places = {name: made.headers.index(title) for name, title in made.columns.items() if title in made.headers}
    return {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}


def _read(made: LineImport, number: int, cells: Sequence[str]) -> Item:
    said = _cells(made, cells)
    source = said.get("id", "")[:KEY_LIMIT]
    title = " ".join(said.get("title", "").split())
    item = Item(
        number=number,
        key=source or f"{key(said.get('kind', ''))}:{key(title)}",
        source_key=source,
        kind=KIND_OF.get(key(said.get("kind", "")), ""),
        title=title,
        text=said.get("text", ""),
        says_serves=bool(said.get("serves")),
    )
    if not title:
        item.refuse("title_missing")
    elif len(title) > TITLE_LIMIT:
        item.refuse("title_long")
    elif not item.kind:
        item.refuse("kind_unknown")
    elif item.kind in (NodeKind.COMMITMENT, NodeKind.ROLE):
        item.action, item.why = Action.LEFT, "own_pages"
    return item


def _resolve(item: Item, said: dict[str, str], seen: dict[str, Item], by_title: dict[str, str], known: _Known) -> None:
    _read_days(item, said)
    for name in ("owner", "second_owner"):
        if address := said.get(name, "").lower():
            person = known.people.get(address)
            setattr(item, name, person)
            if person is None:
                item.refuse("owner_unknown")
    if item.owner and item.owner == item.second_owner:
        item.refuse("owner_twice")
    found = []
    for each in filter(None, (part.strip() for part in re.split(r"[,;\n]", said.get("serves", "")))):
        upper = seen.get(each) or seen.get(by_title.get(key(each), ""))
        if upper is not None and upper.why == "elsewhere":
            item.says_serves = False  # what stands above in other units is linked on its page, and left alone here
        elif upper is None:
            item.refuse("serves_unknown")
        elif not upper.kind or not may_serve(item.kind, upper.kind) or _ONLY.get(item.kind, upper.kind) != upper.kind:
            item.refuse("serves_in_order")
        else:
            found.append(upper.key)
    item.serves = tuple(dict.fromkeys(found))


def _read_days(item: Item, said: dict[str, str]) -> None:
    for name in ("starts", "by"):
        text = said.get(name, "")
        day = time.parse_date(text[:10]) if text else None
        if text and day is None:
            item.refuse("day_unreadable")
        setattr(item, f"{name}_on", day)
    if item.kind == NodeKind.CHALLENGE and item.row is None:
        if item.by_on is None:
            item.refuse("by_missing")
        elif item.by_on < max(item.starts_on or time.today(), time.today()):
            item.refuse("by_past")


def _refuse_with_uppers(items: list[Item], seen: dict[str, Item]) -> None:
    """What serves a refused row cannot be brought in either; in the order of the line one walk is enough."""
    for item in sorted(items, key=lambda item: item.rank):
        uppers = [seen[each] for each in item.serves]
        if any(upper.action == Action.REFUSED or (upper.row is None and upper.why) for upper in uppers):
            item.refuse("upper_refused")


class _Known:
    """What the unit has already, and who can be named."""

    def __init__(self, actor: Actor, made: LineImport) -> None:
        self.community_id, self.unit_id = actor.community_id, made.unit_id
        self.rows: dict[str, Any] = {}
        self.titles: dict[tuple[str, str], Any] = {}
        self.elsewhere: set[str] = set()
        models: tuple[type[Any], ...] = (*_MODELS, Point)
        for model in models:
            rows = model._default_manager.filter(community_id=actor.community_id)  # noqa: SLF001 Django's own name
            self.elsewhere |= {each.hex for each in rows.exclude(unit_id=made.unit_id).values_list("id", flat=True)}
            own = rows.filter(unit_id=made.unit_id).exclude(standing=Standing.WITHDRAWN)
            for row in own.select_related("owner", "second_owner") if model is Point else own.select_related("text"):
                kind = row.kind if model is Point else _MODELS[model]
                self.titles.setdefault((kind, key(row.title)), row)
                self.rows[row.id.hex] = row
                if row.source_key:
                    self.rows[row.source_key] = row
        self.serves: dict[uuid.UUID, set[uuid.UUID]] = {}
        links = PointServes.objects.filter(lower__unit_id=made.unit_id)
        for lower, *uppers in links.values_list("lower_id", "vision_id", "intent_id", "challenge_id", "point_id"):
            self.serves.setdefault(lower, set()).update(each for each in uppers if each)
        people = Person.objects.filter(community_id=actor.community_id, erased_at__isnull=True).exclude(email="")
        wanted = {cell.strip().lower() for _number, cells in made.rows for cell in cells if "@" in cell}
        self.people = {person.email: person for person in people.filter(email__in=wanted)}

    def match(self, item: Item) -> None:
        """Find what a row is already; what belongs to another unit, or is a part of a promise, is left alone."""
        if item.action != Action.ADDED:
            return
        row = self.rows.get(item.source_key) or self.titles.get((item.kind, key(item.title)))
        if row is None and _OUR_ID.match(item.source_key):
            item.action, item.why = Action.LEFT, "elsewhere"
        if row is not None and (row.kind if isinstance(row, Point) else _MODELS[type(row)]) != item.kind:
            item.refuse("kind_changed")
            return
        item.row = row

    def differs(self, item: Item, wanted: set[uuid.UUID | None]) -> bool:
        """Say whether a row of the file says something else than what is there; an empty cell says nothing."""
        row = item.row
        now = row.note if isinstance(row, Point) else row.text.parts.get(BODY[type(row)], "")
        item.changes_text = bool(item.text) and item.text not in (now, prose.to_plain(now))
        uppers = self._uppers(row)
        owners = (
            (item.owner, getattr(row, "owner_id", None)),
            (item.second_owner, getattr(row, "second_owner_id", None)),
        )
        days = ((item.by_on, getattr(row, "by_on", None)), (item.starts_on, getattr(row, "starts_on", None)))
        return (
            item.title != row.title
            or item.changes_text
            or (item.says_serves and wanted != uppers)
            or any(said is not None and said.id != now_id for said, now_id in owners)
            or any(said is not None and now_day is not None and said != now_day for said, now_day in days)
        )

    def _uppers(self, row: Any) -> set[uuid.UUID]:
        if isinstance(row, Point):
            return self.serves.get(row.id, set())
        upper = getattr(row, "vision_id", None) or getattr(row, "intent_id", None)
        return {upper} if upper else set()


def list_upper_rows(point: Point) -> list[Any]:
    """Return what a point serves, as rows."""
    links = PointServes.objects.filter(lower=point).select_related("vision", "intent", "challenge", "point")
    return [
        next(each for each in (link.vision, link.intent, link.challenge, link.point) if each is not None)
        for link in links
    ]
