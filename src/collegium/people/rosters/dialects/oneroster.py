"""OneRoster CSV 1.1 and 1.2, and Microsoft SDS v2 and v2.1, which descend from it.

1.1 and SDS v2 say a person's role in users.csv; 1.2 and SDS v2.1 say it in roles.csv, which is therefore read first, so
that a pupil is known as one before their name is seen.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date

from collegium.people.rosters import roles
from collegium.people.rosters.cells import derived_id, key, normal
from collegium.people.rosters.collecting import (
    LONGEST_ID,
    LONGEST_IDENTIFIER,
    LONGEST_TITLE,
    LONGEST_UNIT_NAME,
    Collector,
    RowRefused,
    checked,
    checked_dates,
    checked_email,
    checked_id,
    is_ended,
    staff_role,
    unit_kind,
)
from collegium.people.rosters.dialects.rows import at, checked_names, take_rows
from collegium.people.rosters.intake import Meter
from collegium.people.rosters.recognising import Recognised
from collegium.people.rosters.records import (
    Dialect,
    LeftOut,
    NoteCode,
    PersonRecord,
    PostLevel,
    PostRecord,
    RefusalCode,
    RowRef,
    UnitRecord,
)
from collegium.people.rosters.tables import Table

READ_FILES = ("orgs", "users", "roles")
# Columns of our own in what we export, so that what OneRoster cannot say survives the way out and back.
OWN_KIND = "metadata.collegium.kind"
OWN_PARENTS = "metadata.collegium.parents"
OWN_TITLE = "metadata.collegium.title"
OWN_LEVEL = "metadata.collegium.level"
OWN_POST_ID = "metadata.collegium.postId"
OWN_POSTS = "metadata.collegium.posts"
OWN_ALIASES = "metadata.collegium.aliases"
OWN_IS_STAFF = "metadata.collegium.isStaff"
OWN_IDENTIFIER = "metadata.collegium.identifier"


@dataclass(slots=True)
class _Known:
    """Who is what, by id alone."""

    staff: set[str] = field(default_factory=set)
    pupils: set[str] = field(default_factory=set)
    guardians: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    deleted_rows: bool = False


def read(found: Recognised, collector: Collector, meter: Meter) -> bool:
    """Gather what OneRoster's or SDS's tables say; whether that is a delta."""
    known = _Known()
    for table in found.of("orgs"):
        _read_orgs(table, collector, meter, known)
    if found.dialect in {Dialect.ONEROSTER_1_2, Dialect.SDS_2_1}:
        for table in found.of("roles"):
            _read_roles(table, collector, meter, known)
        for table in found.of("relationships"):
            _read_relationships(table, collector, meter, known)
        for table in found.of("users"):
            _read_users_without_role(table, collector, meter, known)
    else:
        for table in found.of("users"):
            _read_users_with_role(table, collector, meter, known)
    return _is_delta(found, collector, known)


def _is_delta(found: Recognised, collector: Collector, known: _Known) -> bool:
    if not found.of("manifest"):
        # A complete export has no use for rows marked as deleted. To take a delta for one would end everybody else.
        if known.deleted_rows:
            collector.note(NoteCode.DELTA_ASSUMED)
        return known.deleted_rows
    modes = {}
    for table in found.of("manifest"):
        name, value = table.needed_column("propertyName"), table.needed_column("value")
        for _, cells in table.rows(collector.refuse):
            modes[key(at(cells, name))] = key(at(cells, value))
    present = [modes.get(f"file{kind}", "bulk") for kind in READ_FILES if found.of(kind)]
    is_delta = "delta" in present
    if is_delta and set(present) != {"delta"}:
        collector.note(NoteCode.DELTA_IN_PART)
    return is_delta


def _read_orgs(table: Table, collector: Collector, meter: Meter, known: _Known) -> None:
    id_, name, type_ = (table.needed_column(title) for title in ("sourcedId", "name", "type"))
    status, parent, identifier = (table.column(title) for title in ("status", "parentSourcedId", "identifier"))
    own_identifier, own_kind, own_parents = (table.column(t) for t in (OWN_IDENTIFIER, OWN_KIND, OWN_PARENTS))

    def take(cells: list[str], ref: RowRef) -> None:
        source_id = checked_id(at(cells, id_), "sourcedId")
        title = checked(at(cells, name), LONGEST_UNIT_NAME, "name")
        ended = is_ended(at(cells, status))
        if not title and not ended:
            raise RowRefused(RefusalCode.MISSING_NAME)
        known.deleted_rows |= ended
        above = at(cells, parent)
        parents = _listed(at(cells, own_parents)) or ((above,) if above else ())
        collector.add_unit(
            UnitRecord(
                source_id=source_id,
                name=title,
                kind=unit_kind(collector, at(cells, own_kind) or at(cells, type_), ref),
                parent_ids=tuple(checked(p, LONGEST_ID, "parentSourcedId") for p in parents),
                identifier=checked(
                    at(cells, identifier) or at(cells, own_identifier), LONGEST_IDENTIFIER, "identifier"
                ),
                ended=ended,
                ref=ref,
            )
        )

    take_rows(table, collector, meter, take)


class _UserColumns:
    """Where users.csv says what, in any of the dialects."""

    def __init__(self, table: Table) -> None:
        self.id = table.needed_column("sourcedId")
        self.given = table.needed_column("givenName")
        self.family = table.needed_column("familyName")
        # A published sample misspells the two; its names would be lost for one letter.
        self.preferred_given = table.column("preferredGivenName", "prefferedGivenName")
        self.preferred_family = table.column("preferredFamilyName", "prefferedFamilyName")
        self.username = table.column("username")
        self.email = table.column("email")
        self.match_id = table.column("activeDirectoryMatchId")
        self.status = table.column("status")
        self.enabled = table.column("enabledUser")
        self.master = table.column("userMasterIdentifier")
        self.aliases = table.column(OWN_ALIASES)
        self.is_staff = table.column(OWN_IS_STAFF)

    def person(self, cells: list[str], ref: RowRef, collector: Collector, *, ended: bool) -> PersonRecord:
        """The member of staff in a row. Raises RowRefused."""
        username = at(cells, self.username)
        given = at(cells, self.preferred_given) or at(cells, self.given)
        family = at(cells, self.preferred_family) or at(cells, self.family)
        given, family = checked_names(collector, ref, given, family, username)
        addresses = (at(cells, self.email), at(cells, self.match_id), username if "@" in username else "")
        if key(at(cells, self.enabled)) == "false" and not ended:
            collector.note(NoteCode.DISABLED_ACCOUNT, ref)
        master = at(cells, self.master)
        return PersonRecord(
            source_id=checked_id(at(cells, self.id), "sourcedId"),
            given_name=given,
            family_name=family,
            email=checked_email(collector, next((a for a in addresses if a), ""), ref),
            ended=ended,
            ref=ref,
            aliases=_listed(at(cells, self.aliases)) or ((checked(master, LONGEST_ID, "id"),) if master else ()),
        )


def _id_alone(source_id: str, ref: RowRef) -> PersonRecord:
    return PersonRecord(source_id, "", "", "", ended=True, ref=ref)


def _read_users_with_role(table: Table, collector: Collector, meter: Meter, known: _Known) -> None:
    columns = _UserColumns(table)
    role, orgs = table.needed_column("role"), table.needed_column("orgSourcedIds")
    own_posts = table.column(OWN_POSTS)

    def take(cells: list[str], ref: RowRef) -> None:
        word = at(cells, role)
        ended = is_ended(at(cells, columns.status))
        known.deleted_rows |= ended
        if left_out := roles.NOT_STAFF.get(key(word)):
            collector.leave_out(left_out)
            return
        if not word:
            if not ended:
                raise RowRefused(RefusalCode.MISSING_ROLE)
            collector.add_person(_id_alone(checked_id(at(cells, columns.id), "sourcedId"), ref))
            return
        person = columns.person(cells, ref, collector, ended=ended)
        level, title = staff_role(collector, word, ref)
        units = _split(at(cells, orgs))
        posts = _own_posts(at(cells, own_posts), person, units, ref) or [
            PostRecord(
                source_id=derived_id(person.source_id, unit, key(word)),
                person_id=person.source_id,
                unit_id=collector.same(checked(unit, LONGEST_ID, "orgSourcedIds")),
                title=title,
                level=level,
                starts_on=None,
                ends_on=None,
                is_primary=place == 0,
                ended=ended,
                ref=ref,
            )
            for place, unit in enumerate(units)
        ]
        collector.add_person(person)
        if not posts and not ended:
            collector.note(NoteCode.NO_UNIT, ref)
        for post in posts:
            collector.add_post(post)

    take_rows(table, collector, meter, take)


def _own_posts(text: str, person: PersonRecord, units: list[str], ref: RowRef) -> list[PostRecord]:
    """The posts that our own export wrote beside the standard columns, unless somebody has changed those since."""
    try:
        listed = json.loads(text) if text else []
        posts = [
            PostRecord(
                source_id=checked(normal(source_id), LONGEST_ID, OWN_POSTS),
                person_id=person.source_id,
                unit_id=checked(normal(unit), LONGEST_ID, OWN_POSTS),
                title=checked(normal(title), LONGEST_TITLE, OWN_POSTS),
                level=roles.LEVELS[level],
                starts_on=date.fromisoformat(starts) if starts else None,
                ends_on=date.fromisoformat(ends) if ends else None,
                is_primary=bool(primary),
                ended=bool(ended),
                ref=ref,
            )
            for source_id, unit, title, level, starts, ends, primary, ended in listed
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []
    return posts if _split(",".join(post.unit_id for post in posts)) == units else []


def _split(text: str) -> list[str]:
    """The different ids in a comma-separated cell."""
    return list(dict.fromkeys(part for part in (normal(part) for part in text.split(",")) if part))


def _read_roles(table: Table, collector: Collector, meter: Meter, known: _Known) -> None:
    user, org, role = (table.needed_column(title) for title in ("userSourcedId", "orgSourcedId", "role"))
    id_, own_id = table.column("sourcedId"), table.column(OWN_POST_ID)
    status, role_type, is_primary = (table.column(title) for title in ("status", "roleType", "isPrimary"))
    starts, ends = table.column("beginDate", "roleStartDate"), table.column("endDate", "roleEndDate")
    own_title, own_level = table.column(OWN_TITLE), table.column(OWN_LEVEL)

    def take(cells: list[str], ref: RowRef) -> None:
        person_id, word, unit_id = at(cells, user), at(cells, role), at(cells, org)
        if not person_id:
            raise RowRefused(RefusalCode.MISSING_PERSON)
        if not word:
            raise RowRefused(RefusalCode.MISSING_ROLE)
        ended = is_ended(at(cells, status))
        known.deleted_rows |= ended
        if left_out := roles.NOT_STAFF.get(key(word)):
            {LeftOut.PUPILS: known.pupils, LeftOut.GUARDIANS: known.guardians}.get(left_out, known.others).add(
                person_id
            )
            return
        known.staff.add(checked(person_id, LONGEST_ID, "userSourcedId"))
        if not unit_id:
            raise RowRefused(RefusalCode.MISSING_UNIT)
        level, title = staff_role(collector, word, ref)
        said_level: PostLevel = roles.LEVELS.get(key(at(cells, own_level)), level)
        starts_on, ends_on = checked_dates(at(cells, starts), at(cells, ends), ("beginDate", "endDate"))
        given_id = at(cells, id_) or at(cells, own_id)
        post = PostRecord(
            source_id=checked(given_id, LONGEST_ID, "sourcedId") or derived_id(person_id, unit_id, key(word)),
            person_id=collector.same(person_id),
            unit_id=collector.same(checked(unit_id, LONGEST_ID, "orgSourcedId")),
            title=collector.same(checked(at(cells, own_title), LONGEST_TITLE, "title") or title),
            level=said_level,
            starts_on=starts_on,
            ends_on=ends_on,
            is_primary=key(at(cells, role_type) or at(cells, is_primary) or "true") in {"primary", "true", "1", "yes"},
            ended=ended,
            ref=ref,
        )
        if not given_id and post.source_id in collector.posts:
            post = _both(collector.posts.pop(post.source_id), post)
        collector.add_post(post)

    take_rows(table, collector, meter, take)


def _both(first: PostRecord, second: PostRecord) -> PostRecord:
    """One post out of two rows that differ in their term alone, as SDS writes them."""
    starts = [post.starts_on for post in (first, second)]
    ends = [post.ends_on for post in (first, second)]
    return PostRecord(
        source_id=first.source_id,
        person_id=first.person_id,
        unit_id=first.unit_id,
        title=first.title,
        level=first.level,
        starts_on=None if None in starts else min(day for day in starts if day),
        ends_on=None if None in ends else max(day for day in ends if day),
        is_primary=first.is_primary or second.is_primary,
        ended=first.ended and second.ended,
        ref=first.ref,
    )


def _read_relationships(table: Table, collector: Collector, meter: Meter, known: _Known) -> None:
    contact = table.needed_column("relationshipUserSourcedId")

    def take(cells: list[str], _ref: RowRef) -> None:
        known.guardians.add(at(cells, contact))
        collector.leave_out(LeftOut.RELATIONSHIPS)

    take_rows(table, collector, meter, take)


def _read_users_without_role(table: Table, collector: Collector, meter: Meter, known: _Known) -> None:
    columns = _UserColumns(table)

    def take(cells: list[str], ref: RowRef) -> None:
        source_id = checked_id(at(cells, columns.id), "sourcedId")
        ended = is_ended(at(cells, columns.status))
        known.deleted_rows |= ended
        if source_id in known.staff or key(at(cells, columns.is_staff)) == "true":
            collector.add_person(columns.person(cells, ref, collector, ended=ended))
        elif left_out := _who(source_id, known):
            collector.leave_out(left_out)
        elif ended:
            collector.add_person(_id_alone(source_id, ref))
        else:
            collector.leave_out(LeftOut.PEOPLE_WITHOUT_ROLE)
            collector.note(NoteCode.NO_ROLE, ref)

    take_rows(table, collector, meter, take)


def _who(source_id: str, known: _Known) -> LeftOut | None:
    if source_id in known.pupils:
        return LeftOut.PUPILS
    if source_id in known.guardians:
        return LeftOut.GUARDIANS
    return LeftOut.OTHER_PEOPLE if source_id in known.others else None


def _listed(text: str) -> tuple[str, ...]:
    """The texts of a JSON list that our own export wrote; nothing when it is something else."""
    try:
        found = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return ()
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        return ()
    return tuple(item for item in (normal(item) for item in found) if item and len(item) <= LONGEST_ID)
