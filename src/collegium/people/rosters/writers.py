"""Writes records in the formats schools exchange, so that reading them back gives the same records.

What a format cannot say (the title of a post, a second parent of a unit) goes into `metadata.collegium.*` columns, the
way OneRoster extends itself. Every cell is guarded against being run as a formula; the reader takes the guard away.
SDS and plain lists have no word for "ended", so what has ended is not in them; a plain list holds who has a post.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import IO

from collegium.people.rosters.cells import guard, normal
from collegium.people.rosters.dialects import oneroster as own
from collegium.people.rosters.mapping import ColumnMapping
from collegium.people.rosters.records import PersonRecord, PostLevel, PostRecord, Roster, UnitKind, UnitRecord


class Format(StrEnum):
    """What can be written. The first three are zips."""

    ONEROSTER_1_1 = "oneroster-1.1"
    ONEROSTER_1_2 = "oneroster-1.2"
    SDS_2_1 = "sds-2.1"
    CSV = "csv"
    XLSX = "xlsx"

    @property
    def extension(self) -> str:
        """The ending of a file in this format."""
        return self.value if self in {Format.CSV, Format.XLSX} else "zip"


Rows = Iterable[tuple[str, ...]]
UNKNOWN_KIND = "unknown"

_ORG_TYPES: Mapping[UnitKind | None, str] = {
    "team": "department",
    "school": "school",
    "district": "district",
    "trust": "district",
    "alliance": "local",
    "state": "state",
    None: "local",
}
_SDS_TYPES: Mapping[UnitKind | None, str] = {**_ORG_TYPES, "trust": "academicTrust"}

# The nearest word of each vocabulary. Governors become aides, because an administrator may be given rights elsewhere.
_ROLES_1_1: Mapping[PostLevel, str] = {
    "classroom": "teacher",
    "middle": "teacher",
    "senior": "administrator",
    "executive": "administrator",
    "support": "aide",
    "governance": "aide",
}
_ROLES_1_2: Mapping[PostLevel, str] = {
    **_ROLES_1_1,
    "senior": "siteAdministrator",
    "executive": "districtAdministrator",
}
_ROLES_SDS: Mapping[PostLevel, str] = {**_ROLES_1_1, "support": "staff", "governance": "staff"}

_MANIFEST_1_1 = (
    "academicSessions categories classes classResources courses courseResources demographics enrollments lineItems orgs"
    " resources results users"
)
_MANIFEST_1_2 = (
    "academicSessions categories classes classResources courses courseResources demographics enrollments"
    " lineItemLearningObjectiveIds lineItems lineItemScoreScales orgs resources resultLearningObjectiveIds results"
    " resultScoreScales roles scoreScales userProfiles userResources users"
)

# The columns of a plain list, and the mapping with which it is read again.
PLAIN_COLUMNS = {
    "person_id": "Staff id",
    "given_name": "Given name",
    "family_name": "Family name",
    "email": "Email",
    "unit_id": "Unit id",
    "unit_name": "Unit",
    "unit_type": "Unit type",
    "title": "Title",
    "level": "Level",
    "starts_on": "Start",
    "ends_on": "End",
    "is_primary": "Primary",
    "post_id": "Post id",
}
PLAIN_MAPPING = ColumnMapping(**PLAIN_COLUMNS)  # type: ignore[arg-type]


def write(out: IO[bytes], roster: Roster, form: Format) -> None:
    """Write units, persons and posts of `roster` to `out`, which stays open."""
    if form is Format.CSV:
        _write_csv(out, _plain_rows(roster), encoding="utf-8-sig")  # without the mark a spreadsheet garbles accents
        return
    if form is Format.XLSX:
        _write_xlsx(out, _plain_rows(roster))
        return
    files = {
        Format.ONEROSTER_1_1: _oneroster_1_1,
        Format.ONEROSTER_1_2: _oneroster_1_2,
        Format.SDS_2_1: _sds_2_1,
    }[form](roster)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in files.items():
            # A fixed date: the same records make the same file.
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as member:
                _write_csv(member, rows)


def _write_csv(out: IO[bytes], rows: Rows, encoding: str = "utf-8") -> None:
    text = io.TextIOWrapper(out, encoding=encoding, newline="", write_through=False)
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([guard(normal(cell)) for cell in row])
    text.flush()
    text.detach()


def _write_xlsx(out: IO[bytes], rows: Rows) -> None:
    from openpyxl import Workbook  # type: ignore[import-untyped]  # slow to load, and only needed here

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Staff")
    for row in rows:
        sheet.append([guard(normal(cell)) for cell in row])
    book.save(out)


def _day(day: object) -> str:
    return str(day) if day else ""


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _listed(values: tuple[str, ...]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _status(ended: bool) -> str:
    return "tobedeleted" if ended else ""


def _manifest(version: str, files: str, written: set[str]) -> Rows:
    yield ("propertyName", "value")
    yield ("manifest.version", "1.0")
    yield ("oneroster.version", version)
    for file in files.split():
        yield (f"file.{file}", "bulk" if file in written else "absent")
    yield ("source.systemName", "Collegium")
    yield ("source.systemCode", "collegium")


def _own_of_unit(unit: UnitRecord) -> tuple[str, str]:
    """Our kind, and the parents when there is more than one."""
    return unit.kind or UNKNOWN_KIND, _listed(unit.parent_ids) if len(unit.parent_ids) > 1 else ""


def _first(values: tuple[str, ...]) -> str:
    return values[0] if values else ""


def _orgs(roster: Roster) -> Rows:
    yield (
        "sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId", own.OWN_KIND,
        own.OWN_PARENTS,
    )  # fmt: skip
    for unit in roster.units:
        yield (
            unit.source_id, _status(unit.ended), "", unit.name, _ORG_TYPES[unit.kind], unit.identifier,
            _first(unit.parent_ids), *_own_of_unit(unit),
        )  # fmt: skip


def _username(person: PersonRecord) -> str:
    # Without an address the user name must not look like one, or it would be read as one.
    return person.email or person.source_id.replace("@", "_")


def _posts_by_person(posts: Iterable[PostRecord]) -> dict[str, list[PostRecord]]:
    found: dict[str, list[PostRecord]] = {}
    for post in posts:
        found.setdefault(post.person_id, []).append(post)
    return found


def _is_id_alone(person: PersonRecord) -> bool:
    return person.ended and not (person.given_name or person.family_name)


def _oneroster_1_1(roster: Roster) -> dict[str, Rows]:
    return {
        "manifest.csv": _manifest("1.1", _MANIFEST_1_1, {"orgs", "users"}),
        "orgs.csv": _orgs(roster),
        "users.csv": _users_1_1(roster),
    }


def _users_1_1(roster: Roster) -> Rows:
    yield (
        "sourcedId", "status", "dateLastModified", "enabledUser", "orgSourcedIds", "role", "username", "userIds",
        "givenName", "familyName", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades",
        "password", own.OWN_ALIASES, own.OWN_POSTS,
    )  # fmt: skip
    posts_of = _posts_by_person(roster.posts)
    for person in roster.persons:
        posts = posts_of.get(person.source_id, [])
        leading = next((post for post in posts if post.is_primary), posts[0] if posts else None)
        role = "" if _is_id_alone(person) else _ROLES_1_1[leading.level if leading else "support"]
        units = ",".join(dict.fromkeys(post.unit_id for post in posts))
        said = [
            [p.source_id, p.unit_id, p.title, p.level, _day(p.starts_on), _day(p.ends_on), p.is_primary, p.ended]
            for p in posts
        ]
        yield (
            person.source_id, _status(person.ended), "", "true", units, role, _username(person), "",
            person.given_name, person.family_name, "", "", person.email, "", "", "", "",
            "", _listed(person.aliases) if person.aliases else "", json.dumps(said, ensure_ascii=False) if said else "",
        )  # fmt: skip


def _oneroster_1_2(roster: Roster) -> dict[str, Rows]:
    return {
        "manifest.csv": _manifest("1.2", _MANIFEST_1_2, {"orgs", "users", "roles"}),
        "orgs.csv": _orgs(roster),
        "users.csv": _users_1_2(roster),
        "roles.csv": _roles_1_2(roster),
    }


def _users_1_2(roster: Roster) -> Rows:
    yield (
        "sourcedId", "status", "dateLastModified", "enabledUser", "username", "userIds", "givenName", "familyName",
        "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades", "password",
        "userMasterIdentifier", "preferredGivenName", "preferredMiddleName", "preferredFamilyName",
        "primaryOrgSourcedId", "pronouns", own.OWN_ALIASES, own.OWN_IS_STAFF,
    )  # fmt: skip
    main = {post.person_id: post.unit_id for post in roster.posts if post.is_primary}
    for person in roster.persons:
        yield (
            person.source_id, _status(person.ended), "", "true", _username(person), "", person.given_name,
            person.family_name, "", "", person.email, "", "", "", "", "", _first(person.aliases), "", "", "",
            main.get(person.source_id, ""), "", _listed(person.aliases) if len(person.aliases) > 1 else "",
            _truth(not _is_id_alone(person)),
        )  # fmt: skip


def _roles_1_2(roster: Roster) -> Rows:
    yield (
        "sourcedId", "status", "dateLastModified", "userSourcedId", "roleType", "role", "beginDate", "endDate",
        "orgSourcedId", "userProfileSourcedId", own.OWN_TITLE, own.OWN_LEVEL,
    )  # fmt: skip
    for post in roster.posts:
        yield (
            post.source_id, _status(post.ended), "", post.person_id, "primary" if post.is_primary else "secondary",
            _ROLES_1_2[post.level], _day(post.starts_on), _day(post.ends_on), post.unit_id, "", post.title, post.level,
        )  # fmt: skip


def _sds_2_1(roster: Roster) -> dict[str, Rows]:
    return {
        "orgs.csv": _sds_orgs(roster),
        "users.csv": _sds_users(roster),
        "roles.csv": _sds_roles(roster),
    }


def _sds_orgs(roster: Roster) -> Rows:
    yield ("sourcedId", "name", "type", "parentSourcedId", own.OWN_IDENTIFIER, own.OWN_KIND, own.OWN_PARENTS)
    for unit in roster.units:
        if not unit.ended:
            yield (
                unit.source_id, unit.name, _SDS_TYPES[unit.kind], _first(unit.parent_ids), unit.identifier,
                *_own_of_unit(unit),
            )  # fmt: skip


def _sds_users(roster: Roster) -> Rows:
    yield (
        "sourcedId", "username", "givenName", "familyName", "password", "activeDirectoryMatchId", "email", "phone",
        "sms", own.OWN_ALIASES, own.OWN_IS_STAFF,
    )  # fmt: skip
    for person in roster.persons:
        if not person.ended:
            yield (
                person.source_id, _username(person), person.given_name, person.family_name, "", person.email,
                person.email, "", "", _listed(person.aliases) if person.aliases else "", "true",
            )  # fmt: skip


def _sds_roles(roster: Roster) -> Rows:
    yield (
        "userSourcedId", "orgSourcedId", "role", "sessionSourcedId", "grade", "isPrimary", "roleStartDate",
        "roleEndDate", own.OWN_POST_ID, own.OWN_TITLE, own.OWN_LEVEL,
    )  # fmt: skip
    ended = {person.source_id for person in roster.persons if person.ended}
    for post in roster.posts:
        if not post.ended and post.person_id not in ended:
            yield (
                post.person_id, post.unit_id, _ROLES_SDS[post.level], "", "", _truth(post.is_primary),
                _day(post.starts_on), _day(post.ends_on), post.source_id, post.title, post.level,
            )  # fmt: skip


def _plain_rows(roster: Roster) -> Iterator[tuple[str, ...]]:
    yield tuple(PLAIN_COLUMNS.values())
    units = {unit.source_id: unit for unit in roster.units}
    persons = {person.source_id: person for person in roster.persons}
    for post in roster.posts:
        person, unit = persons.get(post.person_id), units.get(post.unit_id)
        if person and not post.ended and not person.ended:
            yield (
                person.source_id, person.given_name, person.family_name, person.email, post.unit_id,
                unit.name if unit else "", (unit.kind or UNKNOWN_KIND) if unit else "", post.title, post.level,
                _day(post.starts_on), _day(post.ends_on), _truth(post.is_primary), post.source_id,
            )  # fmt: skip
