"""What the tests of imports share: rosters in a few lines, an import from end to end, a picture of the tables."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from typing import Any

from collegium.base import time
from collegium.people.actors import operator_of
from collegium.people.models import ExternalId, Person, Post, RosterChange, RosterImport, Unit, UnitTie
from collegium.people.rosters import Dialect, PersonRecord, PostRecord, Refusal, Roster, RowRef, UnitRecord
from collegium.people.services import rosters
from collegium.people.services.rosters import previewing

_seconds = itertools.count()
TABLES = (Unit, UnitTie, Person, Post, ExternalId)


def unit(source_id: str, name: str = "", kind: str | None = "school", *parents: str, **more: Any) -> UnitRecord:
    """A unit as a roster gives it."""
    values = {"identifier": "", "ended": False, "ref": RowRef("orgs.csv", 2), **more}
    return UnitRecord(source_id, name or source_id, kind, parents, **values)  # type: ignore[arg-type]


def person(source_id: str, name: str = "Ada Lovell", email: str = "", **more: Any) -> PersonRecord:
    """A person as a roster gives them."""
    given_name, _, family_name = name.partition(" ")
    values = {"ended": False, "ref": RowRef("users.csv", 2), **more}
    return PersonRecord(source_id, given_name, family_name, email, **values)


def post(person_id: str, unit_id: str, title: str = "Teacher", source_id: str = "", **more: Any) -> PostRecord:
    """A post as a roster gives it."""
    values: dict[str, Any] = {
        "level": "classroom",
        "starts_on": None,
        "ends_on": None,
        "is_primary": True,
        "ended": False,
        "ref": RowRef("roles.csv", 2),
        **more,
    }
    return PostRecord(source_id or f"{person_id}|{unit_id}|{title}", person_id, unit_id, title, **values)


def roster(*records: Any, is_delta: bool = False) -> Roster:
    """A roster of these records."""

    def of(kind: type) -> tuple[Any, ...]:
        return tuple(record for record in records if isinstance(record, kind))

    return Roster(
        Dialect.ONEROSTER_1_2,
        is_delta,
        units=of(UnitRecord),
        persons=of(PersonRecord),
        posts=of(PostRecord),
        refusals=of(Refusal),
    )


def quiet(*_: Any) -> None:
    """Hear of progress and say nothing."""


def plan_import(scope: Unit, said: Roster | Path, *, source: str = "", mapping: Any = None) -> RosterImport:
    """Preview a roster: records as a reader would give them, or a file that a reader has to read first."""
    actor = operator_of(scope.community_id)
    path = said if isinstance(said, Path) else Path(__file__)
    started = rosters.start_local_import(actor=actor, unit=scope, source=source, path=path)
    if isinstance(said, Roster):
        previewing.write_lines(started, said, quiet)
        return started
    if mapping is not None:
        rosters.remember_columns(started, [], mapping)
    return rosters.preview(actor=actor, roster_import=started, report=quiet, path=path)


def import_roster(scope: Unit, said: Roster | Path, **more: Any) -> RosterImport:
    """Preview a roster and carry it out."""
    return apply_import(plan_import(scope, said, **more))


def apply_import(made: RosterImport, *, take_roster: bool = False, end_missing: bool = True) -> RosterImport:
    """Carry a preview out, each a second after the one before, even on a day that stands still."""
    with time.at(time.now() + dt.timedelta(seconds=next(_seconds))):
        return rosters.apply(
            actor=operator_of(made.community_id),
            roster_import=made,
            take_roster=take_roster,
            end_missing=end_missing,
            report=quiet,
        )


def undo_import(made: RosterImport) -> RosterImport:
    """Take an import back."""
    return rosters.undo(actor=operator_of(made.community_id), roster_import=made, report=quiet)


def picture() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the tables that an import writes to."""
    return {
        model.__name__: sorted((tuple(map(str, row)) for row in model.objects.values_list()), key=str)
        for model in TABLES
    }


def lines(made: RosterImport, action: str = "") -> list[tuple[str, str, str]]:
    """The lines of an import as (kind, action, reason or label)."""
    found = RosterChange.objects.filter(roster_import=made).order_by("place")
    if action:
        found = found.filter(action=action)
    return [(line.kind, line.action, line.reason) for line in found]


def day(text: str) -> dt.date:
    """A date from its ISO text."""
    return dt.date.fromisoformat(text)


TODAY, LATER = dt.date(2026, 9, 1), dt.date(2026, 11, 23)
OAK = unit("s1", "Oak High")
ELM = unit("s2", "Elm Primary")


def two_people(*more: Any, **options: Any) -> Roster:
    """A school with two teachers."""
    return roster(
        OAK,
        person("p1", "Ada Lovell", "ada@oak.example"),
        person("p2", "Ben Ogu", "ben@oak.example"),
        post("p1", "s1"),
        post("p2", "s1"),
        *more,
        **options,
    )
