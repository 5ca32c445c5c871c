"""Writes a OneRoster zip of any size, the same for the same seed: `python -m bench.roster.generate OUT.zip`.

Nobody in it exists: names are put together from syllables. Every school belongs to one of the districts' areas; some
people work in two schools, as in life.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ORG = ("sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId")
USER_1_1 = (
    "sourcedId", "status", "dateLastModified", "enabledUser", "orgSourcedIds", "role", "username", "userIds",
    "givenName", "familyName", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades",
    "password",
)  # fmt: skip
USER_1_2 = (
    "sourcedId", "status", "dateLastModified", "enabledUser", "username", "userIds", "givenName", "familyName",
    "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades", "password",
    "userMasterIdentifier", "resourceSourcedIds", "preferredGivenName", "preferredMiddleName",
    "preferredFamilyName", "primaryOrgSourcedId", "pronouns",
)  # fmt: skip
ROLE = (
    "sourcedId", "status", "dateLastModified", "userSourcedId", "roleType", "role", "beginDate", "endDate",
    "orgSourcedId", "userProfileSourcedId",
)  # fmt: skip
FILES_1_1 = (
    "academicSessions categories classes classResources courses courseResources demographics enrollments lineItems orgs"
    " resources results users"
)
FILES_1_2 = (
    "academicSessions categories classes classResources courses courseResources demographics enrollments"
    " lineItemLearningObjectiveIds lineItems lineItemScoreScales orgs resources resultLearningObjectiveIds results"
    " resultScoreScales roles scoreScales userProfiles userResources users"
)
SYLLABLES = "ba be bi bo da de do fa fe ga ka ke ki la le li lo ma me mi mo na ne ni no ra re ri ro sa se ta te va ve"
ROLES_1_1 = ("teacher",) * 14 + ("aide",) * 4 + ("administrator",) * 2
IN_TWO_SCHOOLS = 0.02


@dataclass(frozen=True)
class Size:
    """How much to write."""

    people: int = 100_000
    schools: int = 2_000
    districts: int = 20
    version: str = "1.1"
    seed: int = 1


@dataclass(frozen=True)
class Member:
    """One person with the schools they work in."""

    number: int
    given: str
    family: str
    role: str
    schools: tuple[int, ...]


def name(chance: random.Random, syllables: int) -> str:
    """Put a name together."""
    return "".join(chance.choices(SYLLABLES.split(), k=syllables)).capitalize()


def members(size: Size) -> Iterator[Member]:
    """Everybody, spread evenly over the schools."""
    chance = random.Random(size.seed)
    for number in range(size.people):
        schools = [number % size.schools]
        if chance.random() < IN_TWO_SCHOOLS and size.schools > 1:
            schools.append((schools[0] + 1) % size.schools)
        yield Member(number, name(chance, 3), name(chance, 4), chance.choice(ROLES_1_1), tuple(schools))


def orgs(size: Size) -> Iterator[Sequence[str]]:
    """The state, its districts and their schools."""
    yield ("state", "", "", "The State", "state", "", "")
    for district in range(size.districts):
        yield (f"d{district}", "", "", f"District {district + 1}", "district", f"D{district:04}", "state")
    for school in range(size.schools):
        parent = f"d{school % size.districts}"
        yield (f"s{school}", "", "", f"School {school + 1}", "school", f"S{school:05}", parent)


def email(member: Member) -> str:
    """An address of nobody."""
    return f"{member.given}.{member.family}.{member.number}@schools.example".lower()


def users_1_1(size: Size) -> Iterator[Sequence[str]]:
    """Users with their role and schools in one row."""
    for member in members(size):
        at = ",".join(f"s{school}" for school in member.schools)
        mail = email(member)
        names = (member.given, member.family, "", str(member.number), mail)
        yield (f"u{member.number}", "", "", "true", at, member.role, mail, "", *names, "", "", "", "", "")


def users_1_2(size: Size) -> Iterator[Sequence[str]]:
    """Users without a role."""
    for member in members(size):
        mail, at = email(member), f"s{member.schools[0]}"
        names = (member.given, member.family, "", str(member.number), mail)
        yield (f"u{member.number}", "", "", "true", mail, "", *names, *[""] * 10, at, "")


def roles_1_2(size: Size) -> Iterator[Sequence[str]]:
    """A row for each post."""
    for member in members(size):
        role = "siteAdministrator" if member.role == "administrator" else member.role
        for place, school in enumerate(member.schools):
            kind = "secondary" if place else "primary"
            yield (f"r{member.number}-{place}", "", "", f"u{member.number}", kind, role, "", "", f"s{school}", "")


def write(path: Path, size: Size) -> None:
    """Write the zip, one row at a time."""
    is_1_1 = size.version == "1.1"
    tables = [
        ("orgs", ORG, orgs(size)),
        ("users", USER_1_1 if is_1_1 else USER_1_2, (users_1_1 if is_1_1 else users_1_2)(size)),
    ]
    if not is_1_1:
        tables.append(("roles", ROLE, roles_1_2(size)))
    here = {table for table, _, _ in tables}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        _write_table(archive, "manifest", ("propertyName", "value"), manifest(size.version, here))
        for table, header, rows in tables:
            _write_table(archive, table, header, rows)


def manifest(version: str, here: set[str]) -> Iterator[Sequence[str]]:
    """Say which files there are, and that each is complete."""
    yield ("manifest.version", "1.0")
    yield ("oneroster.version", version)
    for file in (FILES_1_1 if version == "1.1" else FILES_1_2).split():
        yield (f"file.{file}", "bulk" if file in here else "absent")
    yield ("source.systemName", "generator")


def _write_table(archive: zipfile.ZipFile, table: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with archive.open(f"{table}.csv", "w") as raw, io.TextIOWrapper(raw, "utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--people", type=int, default=Size.people)
    parser.add_argument("--schools", type=int, default=Size.schools)
    parser.add_argument("--districts", type=int, default=Size.districts)
    parser.add_argument("--version", choices=("1.1", "1.2"), default=Size.version)
    parser.add_argument("--seed", type=int, default=Size.seed)
    given = parser.parse_args()
    write(given.out, Size(given.people, given.schools, given.districts, given.version, given.seed))


if __name__ == "__main__":
    main()
