"""Gathers what a reader finds, checks what holds for every format, and closes it into one `Roster`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from collegium.people.rosters import dates, roles
from collegium.people.rosters.cells import email_or_none, key
from collegium.people.rosters.records import (
    Dialect,
    LeftOut,
    Note,
    NoteCode,
    PersonRecord,
    PostLevel,
    PostRecord,
    Refusal,
    RefusalCode,
    Roster,
    RowRef,
    UnitKind,
    UnitRecord,
)

LONGEST_ID = 200
LONGEST_NAME = 120
LONGEST_TITLE = 160
LONGEST_UNIT_NAME = 200
LONGEST_IDENTIFIER = 80


class RowRefused(Exception):
    """The row at hand is not taken; the loop that reads rows turns this into a Refusal."""

    def __init__(self, code: RefusalCode, **data: str) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


class Collector:
    """Everything found so far. Of pupils and guardians it only ever holds counts."""

    def __init__(self, most_refusals: int) -> None:
        self.units: dict[str, UnitRecord] = {}
        self.persons: dict[str, PersonRecord] = {}
        self.posts: dict[str, PostRecord] = {}
        self.refusals: list[Refusal] = []
        self.left_out: Counter[str] = Counter()
        self._most_refusals = most_refusals
        self._notes: dict[NoteCode, tuple[int, RowRef | None, Mapping[str, str]]] = {}
        self._strings: dict[str, str] = {}

    def refuse(self, refusal: Refusal) -> None:
        """List one refused row, or count it when there are too many to list."""
        if len(self.refusals) < self._most_refusals:
            self.refusals.append(refusal)
        else:
            self.note(NoteCode.MORE_REFUSED, refusal.ref)

    def note(self, code: NoteCode, ref: RowRef | None = None, **data: str) -> None:
        """Count a decision, keeping where and how it was first taken."""
        count, first, said = self._notes.get(code, (0, ref, data))
        self._notes[code] = (count + 1, first, said)

    def leave_out(self, what: LeftOut, count: int = 1) -> None:
        """Count what is never kept."""
        if count:
            self.left_out[what.value] += count

    def same(self, text: str) -> str:
        """The one copy of a text that occurs in many rows."""
        return self._strings.setdefault(text, text)

    def add_unit(self, unit: UnitRecord) -> None:
        """Take a unit. Raises RowRefused when its id is taken."""
        if taken := self.units.get(unit.source_id):
            raise RowRefused(RefusalCode.DUPLICATE_ID, id=unit.source_id, first_row=str(taken.ref.row))
        self.units[unit.source_id] = unit

    def add_person(self, person: PersonRecord) -> None:
        """Take a person. Raises RowRefused when the id is taken."""
        if taken := self.persons.get(person.source_id):
            raise RowRefused(RefusalCode.DUPLICATE_ID, id=person.source_id, first_row=str(taken.ref.row))
        self.persons[person.source_id] = person

    def add_or_meet_person(self, person: PersonRecord) -> None:
        """Take a person, who may stand in several rows, one for each post, under the same name."""
        taken = self.persons.get(person.source_id)
        if taken is None:
            self.persons[person.source_id] = person
            return
        if key(taken.given_name + taken.family_name) != key(person.given_name + person.family_name):
            raise RowRefused(RefusalCode.CONFLICTING_ROW, id=person.source_id, first_row=str(taken.ref.row))

    def add_post(self, post: PostRecord) -> None:
        """Take a post. Raises RowRefused when the id is taken."""
        if taken := self.posts.get(post.source_id):
            raise RowRefused(RefusalCode.DUPLICATE_ID, id=post.source_id, first_row=str(taken.ref.row))
        self.posts[post.source_id] = post

    def close(self, dialect: Dialect, *, is_delta: bool) -> Roster:
        """The roster, with the ties that would make a unit contain itself taken out."""
        units = self._without_cycles()
        notes = tuple(Note(code, count, ref, said) for code, (count, ref, said) in self._notes.items())
        return Roster(
            dialect=dialect,
            is_delta=is_delta,
            units=units,
            persons=tuple(self.persons.values()),
            posts=tuple(self.posts.values()),
            refusals=tuple(self.refusals),
            left_out=dict(self.left_out),
            notes=notes,
        )

    def _without_cycles(self) -> tuple[UnitRecord, ...]:
        """Walk up from every unit; a tie that leads back to where the walk came from is refused, naming the circle."""
        cut: dict[str, list[str]] = {}
        for child, parent, circle in circles({unit.source_id: unit.parent_ids for unit in self.units.values()}):
            names = [self.units[unit].name for unit in circle]
            said = " > ".join(names if len(names) <= 8 else [*names[:4], "…", *names[-3:]])
            self.refuse(Refusal(self.units[child].ref, RefusalCode.UNIT_CYCLE, {"cycle": said}))
            cut.setdefault(child, []).append(parent)
        return tuple(
            _with_parents(unit, tuple(p for p in unit.parent_ids if p not in cut[unit.source_id]))
            if unit.source_id in cut
            else unit
            for unit in self.units.values()
        )


def circles(parents: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, list[str]]]:
    """The ties (child, parent) that close a circle, with the circle from the child round to itself."""
    finished: set[str] = set()
    for start in parents:
        path: dict[str, Iterator[str]] = {}
        here: str | None = start if start not in finished else None
        while here is not None:
            above = path.setdefault(here, iter(parents.get(here, ())))
            parent = next(above, None)
            if parent is None:
                finished.add(here)
                del path[here]
                here = next(reversed(path), None)
            elif parent in path:
                way = list(path)
                yield here, parent, [here, *way[way.index(parent) :]]
            elif parent in parents and parent not in finished:
                here = parent


def _with_parents(unit: UnitRecord, parent_ids: tuple[str, ...]) -> UnitRecord:
    return UnitRecord(unit.source_id, unit.name, unit.kind, parent_ids, unit.identifier, unit.ended, unit.ref)


def checked(text: str, limit: int, column: str) -> str:
    """`text`, if it is short enough to be stored. Raises RowRefused."""
    if len(text) > limit:
        raise RowRefused(RefusalCode.CELL_TOO_LONG, column=column, limit=str(limit))
    return text


def checked_id(text: str, column: str) -> str:
    """An id, which must be there. Raises RowRefused."""
    if not text:
        raise RowRefused(RefusalCode.MISSING_ID, column=column)
    return checked(text, LONGEST_ID, column)


def checked_email(collector: Collector, text: str, ref: RowRef) -> str:
    """The address in lower case; "" (and a note) when it is not an address."""
    email = email_or_none(text)
    if email is None:
        collector.note(NoteCode.INVALID_EMAIL, ref, value=text[:80])
        return ""
    return email


def is_ended(status: str) -> bool:
    """Whether a status says that the record is gone. Raises RowRefused when we do not know the word."""
    if not status:
        return False
    word = key(status)
    if word in {"active", "enabled"}:
        return False
    if word in {"tobedeleted", "inactive", "deleted"}:
        return True
    raise RowRefused(RefusalCode.UNKNOWN_STATUS, value=status[:80])


def checked_dates(
    starts: str, ends: str, columns: tuple[str, str], order: dates.Order = dates.Order.DAY_FIRST
) -> tuple[date | None, date | None]:
    """Start and end of a post. Raises RowRefused for what is no date, or ends before it starts."""
    found: list[date | None] = []
    for text, column in ((starts, columns[0]), (ends, columns[1])):
        day = dates.parse(text, order) if text else None
        if text and day is None:
            raise RowRefused(RefusalCode.BAD_DATE, value=text[:40], column=column)
        found.append(day)
    start, end = found
    if start and end and end < start:
        raise RowRefused(RefusalCode.REVERSED_DATES, starts_on=start.isoformat(), ends_on=end.isoformat())
    return start, end


def unit_kind(collector: Collector, word: str, ref: RowRef) -> UnitKind | None:
    """Our kind for a source's unit type; None (and a note) when we do not know it."""
    kind = roles.UNIT_KINDS.get(key(word))
    if kind is None:
        collector.note(NoteCode.UNKNOWN_UNIT_KIND, ref, value=word[:80])
    return kind


def staff_role(collector: Collector, word: str, ref: RowRef, title: str = "") -> tuple[PostLevel, str]:
    """Level and title of a role that is not a pupil's nor a guardian's; `title` is better than the role's own."""
    known = roles.STAFF.get(key(word))
    if known:
        return known.level, collector.same(title or known.title)
    said = title or word
    level = roles.level_of_title(said) if said else None
    if level is None:
        collector.note(NoteCode.UNKNOWN_ROLE, ref, value=said[:80])
        level = roles.UNKNOWN_LEVEL
    return level, collector.same(checked(said or roles.NO_TITLE, LONGEST_TITLE, "title"))
