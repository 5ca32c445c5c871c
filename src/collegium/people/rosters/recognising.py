"""Tells the formats apart, and which table of a format is which, by column titles first and file names second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from collegium.people.rosters.cells import word_set
from collegium.people.rosters.records import Dialect, LeftOut
from collegium.people.rosters.tables import Table

_ONEROSTER, _LEGACY, _EDFI = "oneroster", "legacy", "edfi"


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of table: its usual names, and the column titles by which it is known under any name.

    Titles are sets of which one must be there as a whole. A kind without titles is known by its name alone. Core
    tables tell that a roster is of their family.
    """

    name: str
    names: frozenset[str]
    titles: tuple[frozenset[str], ...] = ()
    counted_as: LeftOut | None = None


def _kind(name: str, names: str = "", titles: tuple[str, ...] = (), counted_as: LeftOut | None = None) -> _Kind:
    return _Kind(name, frozenset((names or name).split()), tuple(frozenset(t.split()) for t in titles), counted_as)


_FAMILIES: Mapping[str, tuple[_Kind, ...]] = {
    _ONEROSTER: (
        _kind("manifest", titles=("propertyname value",)),
        _kind("orgs", "orgs organizations", ("sourcedid name type",)),
        _kind("users", "users", ("sourcedid givenname familyname", "sourcedid username orgsourcedids")),
        _kind("roles", "roles", ("usersourcedid orgsourcedid role",)),
        _kind("relationships", titles=("usersourcedid relationshipusersourcedid",)),
        _kind("classes", counted_as=LeftOut.CLASSES),
        _kind("courses", counted_as=LeftOut.COURSES),
        _kind("enrollments", titles=("classsourcedid usersourcedid role",), counted_as=LeftOut.ENROLMENTS),
        _kind("academicsessions", titles=("sourcedid title type startdate enddate",), counted_as=LeftOut.SESSIONS),
        _kind("demographics", counted_as=LeftOut.DEMOGRAPHICS),
        _kind(
            "others",
            "userprofiles userresources userflags resources classresources courseresources lineitems categories results"
            " scorescales lineitemscorescales lineitemlearningobjectiveids resultscorescales"
            " resultlearningobjectiveids",
            counted_as=LeftOut.OTHER_RECORDS,
        ),
    ),
    _LEGACY: (
        _kind("school", titles=("sisid name schoolnumber", "dfenumber name")),
        _kind("teacher", titles=("sisid schoolsisid teachernumber", "id schooldfenumber teachernumber")),
        _kind("student", titles=("sisid schoolsisid studentnumber", "id schooldfenumber studentnumber")),
        _kind("section", counted_as=LeftOut.CLASSES),
        _kind("studentenrollment", counted_as=LeftOut.ENROLMENTS),
        _kind("teacherroster", counted_as=LeftOut.ENROLMENTS),
        _kind("user", counted_as=LeftOut.GUARDIANS),
        _kind("guardianrelationship", counted_as=LeftOut.RELATIONSHIPS),
    ),
    _EDFI: (
        _kind("staff", "staff staffs", ("staffuniqueid firstname lastsurname",)),
        _kind("schools", "school schools", ("schoolid nameofinstitution",)),
        _kind("districts", "localeducationagency localeducationagencies",
              ("localeducationagencyid nameofinstitution",)),
        _kind("states", "stateeducationagency stateeducationagencies", ("stateeducationagencyid nameofinstitution",)),
        _kind("departments", "organizationdepartment organizationdepartments",
              ("organizationdepartmentid nameofinstitution",)),
        _kind("assignments", "staffeducationorganizationassignmentassociation"
              " staffeducationorganizationassignmentassociations",
              ("staffuniqueid educationorganizationid staffclassification",)),
        _kind("otherorgs", "educationservicecenter communityorganization communityprovider postsecondaryinstitution"
              " educationorganizationnetwork", counted_as=LeftOut.OTHER_ORGANISATIONS),
        _kind("classes", "section sections", counted_as=LeftOut.CLASSES),
        _kind("courses", "course courses courseoffering courseofferings", counted_as=LeftOut.COURSES),
        _kind("sessions", "session sessions gradingperiod gradingperiods", counted_as=LeftOut.SESSIONS),
        _kind("enrolments", "staffsectionassociation studentsectionassociation studentschoolassociation",
              counted_as=LeftOut.ENROLMENTS),
        _kind("students", "student students", counted_as=LeftOut.PUPILS),
        _kind("guardians", "parent parents contact contacts", counted_as=LeftOut.GUARDIANS),
    ),
}  # fmt: skip

# What shows that a table with a usual name is of the family, even when columns are missing from it.
_MARKS: Mapping[str, frozenset[str]] = {
    _ONEROSTER: word_set("sourcedid usersourcedid orgsourcedid propertyname classsourcedid"),
    _LEGACY: word_set("sisid schoolsisid sectionsisid dfenumber schooldfenumber sectionid"),
    _EDFI: word_set("staffuniqueid nameofinstitution educationorganizationid studentuniqueid"),
}
_CORE = {
    _ONEROSTER: {"orgs", "users", "roles", "manifest"},
    _LEGACY: {"school", "teacher", "student"},
    _EDFI: {"staff", "schools", "districts", "assignments"},
}


@dataclass(slots=True)
class Recognised:
    """A dialect, its tables by kind, and the tables that are only counted."""

    dialect: Dialect
    tables: dict[str, list[Table]] = field(default_factory=dict)
    counted: list[tuple[LeftOut, Table]] = field(default_factory=list)

    def of(self, kind: str) -> list[Table]:
        """The tables of one kind, usually one or none."""
        return self.tables.get(kind, [])


def recognise(tables: list[Table]) -> Recognised | None:
    """What the tables are, or None when they are of no format we know."""
    best = max(_FAMILIES, key=lambda family: sum(_kind_of(family, table) in _CORE[family] for table in tables))
    if not any(_kind_of(best, table) in _CORE[best] for table in tables):
        return None
    found = Recognised(Dialect.COLUMNS)
    for table in tables:
        # A usual name without the usual titles belongs to the family now that the family is certain.
        by_name = next((k.name for k in _FAMILIES[best] if table.stem in k.names), None)
        kind = _kind_of(best, table) or by_name
        counted_as = next((k.counted_as for k in _FAMILIES[best] if k.name == kind), None)
        if kind is None or counted_as:
            found.counted.append((counted_as or LeftOut.OTHER_RECORDS, table))
        else:
            found.tables.setdefault(kind, []).append(table)
    found.dialect = _dialect(best, found)
    return found


def _kind_of(family: str, table: Table) -> str | None:
    keys = table.keys
    by_name = next((k for k in _FAMILIES[family] if table.stem in k.names), None)
    if by_name:
        return by_name.name if keys & _MARKS[family] else None
    return next((k.name for k in _FAMILIES[family] if any(titles <= keys for titles in k.titles)), None)


def _dialect(family: str, found: Recognised) -> Dialect:
    if family == _EDFI:
        return Dialect.EDFI
    if family == _LEGACY:
        keys = frozenset().union(*(table.keys for tables in found.tables.values() for table in tables))
        return Dialect.SDS_UK if keys & {"dfenumber", "schooldfenumber"} else Dialect.SDS_LEGACY
    return _oneroster_dialect(found)


def _oneroster_dialect(found: Recognised) -> Dialect:
    users = frozenset().union(*(table.keys for table in found.of("users")))
    roles = frozenset().union(*(table.keys for table in found.of("roles")))
    orgs = frozenset().union(*(table.keys for table in found.of("orgs")))
    if found.of("manifest"):
        return Dialect.ONEROSTER_1_2 if roles or (users and "role" not in users) else Dialect.ONEROSTER_1_1
    if roles:
        return Dialect.ONEROSTER_1_2 if roles & {"roletype", "sourcedid"} else Dialect.SDS_2_1
    if "role" in users:
        return Dialect.ONEROSTER_1_1 if users & {"enableduser", "status", "userids"} else Dialect.SDS_2
    if users:
        return Dialect.SDS_2_1 if "activedirectorymatchid" in users else Dialect.ONEROSTER_1_2
    return Dialect.ONEROSTER_1_1 if orgs & {"status", "identifier"} else Dialect.SDS_2_1
