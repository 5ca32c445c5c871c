"""Any staff list, through a column mapping that somebody confirmed. Several rows of one person are several posts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from collegium.people.rosters import dates, roles
from collegium.people.rosters.cells import clean, derived_id, key, word_set
from collegium.people.rosters.collecting import (
    LONGEST_ID,
    LONGEST_NAME,
    LONGEST_TITLE,
    LONGEST_UNIT_NAME,
    Collector,
    RowRefused,
    checked,
    checked_dates,
    checked_email,
    staff_role,
    unit_kind,
)
from collegium.people.rosters.dialects.rows import at, take_rows
from collegium.people.rosters.errors import UnreadableCode, UnreadableRoster
from collegium.people.rosters.intake import Meter
from collegium.people.rosters.mapping import ColumnMapping
from collegium.people.rosters.records import (
    LeftOut,
    NoteCode,
    PersonRecord,
    PostLevel,
    PostRecord,
    RefusalCode,
    RowRef,
    UnitRecord,
)
from collegium.people.rosters.tables import Table, unique_titles

_YES = word_set("true yes y 1 x ja oui si はい 主 primary main")


def read(table: Table, mapping: ColumnMapping, collector: Collector, meter: Meter) -> bool:
    """Gather units, persons and posts from one table. It is a delta unless the mapping says it is complete."""
    if mapping.missing:
        raise UnreadableRoster(UnreadableCode.MAPPING_NEEDED, {"file": table.file})
    reader = _Reader(table, mapping, collector)
    take_rows(table, collector, meter, reader.take)
    return not mapping.is_complete


@dataclass(frozen=True, slots=True)
class _Unit:
    """The unit of a post, and the units to add for it: itself and what contains it."""

    source_id: str
    records: tuple[UnitRecord, ...]


class _Reader:
    """Reads row by row; where each field stands and how dates are written was settled before."""

    def __init__(self, table: Table, mapping: ColumnMapping, collector: Collector) -> None:
        self.mapping = mapping
        self.collector = collector
        titles = unique_titles(table.headers)
        self.places: dict[str, int] = {}
        for name, title in mapping.columns.items():
            if title not in titles:
                said = {"file": table.file, "column": title, "field": name}
                raise UnreadableRoster(UnreadableCode.MAPPING_DOES_NOT_FIT, said)
            self.places[name] = titles.index(title)
        self.order = self._find_order(table)

    def _find_order(self, table: Table) -> dates.Order:
        named = [name for name in ("starts_on", "ends_on") if name in self.places]
        finder = dates.OrderFinder()
        if named:
            for _, cells in table.rows(lambda _: None):
                for name in named:
                    finder.look(clean(cells[self.places[name]]))
        if finder.example:
            code = NoteCode.DATES_AMBIGUOUS if finder.is_guess else NoteCode.DATE_ORDER
            column = " / ".join(self.mapping.columns[name] for name in named)
            ref = RowRef(table.file, table.header_row)
            self.collector.note(code, ref, value=finder.example, column=column, order=finder.order.value)
        return finder.order

    def take(self, cells: list[str], ref: RowRef) -> None:
        """Take one row as a whole, or refuse it as a whole."""
        said = {name: at(cells, place) for name, place in self.places.items()}
        if left_out := self._not_staff(said):
            self.collector.leave_out(left_out)
            return
        given, family = split_name(said.get("given_name", ""), said.get("family_name", ""), said.get("full_name", ""))
        if not given and not family:
            raise RowRefused(RefusalCode.MISSING_NAME)
        checked(given, LONGEST_NAME, "given name")
        checked(family, LONGEST_NAME, "family name")
        unit = self._unit(said, ref)
        level, title = self._level_and_title(said, ref)
        columns = (self.mapping.starts_on, self.mapping.ends_on)
        starts_on, ends_on = checked_dates(said.get("starts_on", ""), said.get("ends_on", ""), columns, self.order)
        email = checked_email(self.collector, said.get("email", ""), ref)
        person = PersonRecord(
            source_id=self._person_id(said, email, given, family, unit, ref),
            given_name=given,
            family_name=family,
            email=email,
            ended=False,
            ref=ref,
        )
        post = PostRecord(
            source_id=checked(said.get("post_id", ""), LONGEST_ID, self.mapping.post_id)
            or derived_id(person.source_id, unit.source_id, key(title), starts_on.isoformat() if starts_on else ""),
            person_id=person.source_id,
            unit_id=unit.source_id,
            title=title,
            level=level,
            starts_on=starts_on,
            ends_on=ends_on,
            is_primary=self._is_primary(said, person.source_id),
            ended=False,
            ref=ref,
        )
        if taken := self.collector.posts.get(post.source_id):
            raise RowRefused(RefusalCode.DUPLICATE_ID, id=post.source_id, first_row=str(taken.ref.row))
        self.collector.add_or_meet_person(person)
        self.collector.add_post(post)
        for record in unit.records:
            if record.source_id not in self.collector.units:
                self.collector.add_unit(record)

    @staticmethod
    def _not_staff(said: dict[str, str]) -> LeftOut | None:
        words = (said.get("title", ""), said.get("level", ""))
        return next((roles.NOT_STAFF[key(word)] for word in words if key(word) in roles.NOT_STAFF), None)

    def _person_id(self, said: dict[str, str], email: str, given: str, family: str, unit: _Unit, ref: RowRef) -> str:
        if said.get("person_id"):
            return checked(said["person_id"], LONGEST_ID, self.mapping.person_id)
        if email:
            return checked(f"email:{email}", LONGEST_ID, self.mapping.email)
        self.collector.note(NoteCode.MATCHED_BY_NAME, ref)
        return derived_id("name", key(family), key(given), unit.source_id)

    def _unit(self, said: dict[str, str], ref: RowRef) -> _Unit:
        same = self.collector.same
        unit_id = checked(said.get("unit_id", ""), LONGEST_ID, self.mapping.unit_id)
        name = checked(said.get("unit_name", ""), LONGEST_UNIT_NAME, self.mapping.unit_name)
        records: list[UnitRecord] = []
        if unit_id or name:
            source_id = same(unit_id or derived_id("unit", key(name)))
            if name and source_id not in self.collector.units:
                kind = self.mapping.unit_kind
                if said.get("unit_type"):
                    found = unit_kind(self.collector, said["unit_type"], ref)
                    records.append(UnitRecord(source_id, name, found, (), unit_id, ended=False, ref=ref))
                else:
                    records.append(UnitRecord(source_id, name, kind, (), unit_id, ended=False, ref=ref))
        elif self.mapping.fixed_unit_id:
            source_id = self.mapping.fixed_unit_id
        else:
            raise RowRefused(RefusalCode.MISSING_UNIT)
        team = checked(said.get("team", ""), LONGEST_UNIT_NAME, self.mapping.team)
        if not team:
            return _Unit(source_id, tuple(records))
        team_id = same(derived_id("team", source_id, key(team)))
        if team_id not in self.collector.units:
            records.append(UnitRecord(team_id, team, "team", (source_id,), "", ended=False, ref=ref))
        return _Unit(team_id, tuple(records))

    def _level_and_title(self, said: dict[str, str], ref: RowRef) -> tuple[PostLevel, str]:
        title = checked(said.get("title", ""), LONGEST_TITLE, self.mapping.title)
        level = roles.LEVELS.get(key(said.get("level", "")))
        if level:
            return level, self.collector.same(title or roles.NO_TITLE)
        if not title:
            self.collector.note(NoteCode.NO_TITLE, ref)
            return roles.UNKNOWN_LEVEL, roles.NO_TITLE
        guessed, own = staff_role(self.collector, title, ref, title)
        return guessed, own

    def _is_primary(self, said: dict[str, str], person_id: str) -> bool:
        if said.get("is_primary"):
            return key(said["is_primary"]) in _YES
        return person_id not in self.collector.persons


def split_name(given: str, family: str, full: str) -> tuple[str, str]:
    """Given and family name from two columns or from one: "Family, Given", "FAMILY Given" or "Given Family"."""
    if given or family or not full:
        return given, family
    if "," in full:
        family, given = (part.strip() for part in full.split(",", 1))
        return given, family
    words = full.split()
    if len(words) == 1:
        return "", full
    shouted = list(_shouted(words))
    if shouted and len(shouted) < len(words):
        return " ".join(words[len(shouted) :]), " ".join(shouted)
    if not full.isascii() and any("\u3040" <= c <= "\u9fff" for c in full):
        return " ".join(words[1:]), words[0]  # Japanese and Chinese put the family first
    return " ".join(words[:-1]), words[-1]


def _shouted(words: list[str]) -> Iterator[str]:
    """The words in capitals at the beginning: "MARTIN LOPEZ Ana"."""
    for word in words:
        if len(word) < 2 or not word.isupper():
            return
        yield word
