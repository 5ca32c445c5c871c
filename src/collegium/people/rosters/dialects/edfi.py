"""A CSV extract of Ed-Fi: Staff.csv, the education organisations, and the assignments of staff to them."""

from __future__ import annotations

from collegium.people.rosters.cells import derived_id, key
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
    staff_role,
)
from collegium.people.rosters.dialects.rows import at, checked_names, take_rows
from collegium.people.rosters.intake import Meter
from collegium.people.rosters.recognising import Recognised
from collegium.people.rosters.records import (
    NoteCode,
    PersonRecord,
    PostRecord,
    RefusalCode,
    RowRef,
    UnitKind,
    UnitRecord,
)
from collegium.people.rosters.tables import Table

# Kind of table; our kind of unit; the column of its id; the column that names its parent.
_ORGANISATIONS: tuple[tuple[str, UnitKind, str, str], ...] = (
    ("states", "state", "StateEducationAgencyId", ""),
    ("districts", "district", "LocalEducationAgencyId", "StateEducationAgencyReference"),
    ("schools", "school", "SchoolId", "LocalEducationAgencyReference"),
    ("departments", "team", "OrganizationDepartmentId", "EducationOrganizationId"),
)


def read(found: Recognised, collector: Collector, meter: Meter) -> bool:
    """Gather organisations, staff and assignments. It is never a delta."""
    for kind, unit_kind, id_column, parent_column in _ORGANISATIONS:
        for table in found.of(kind):
            _read_organisations(table, collector, meter, (unit_kind, id_column, parent_column))
    for table in found.of("staff"):
        _read_staff(table, collector, meter)
    for table in found.of("assignments"):
        _read_assignments(table, collector, meter)
    return False


def _read_organisations(table: Table, collector: Collector, meter: Meter, shape: tuple[UnitKind, str, str]) -> None:
    kind, id_column, parent_column = shape
    id_, name = table.needed_column(id_column), table.needed_column("NameOfInstitution")
    parent = table.column(parent_column, parent_column.replace("Reference", "Id")) if parent_column else -1
    code = table.column("IdentificationCode")

    def take(cells: list[str], ref: RowRef) -> None:
        source_id = checked_id(at(cells, id_), id_column)
        title = checked(at(cells, name), LONGEST_UNIT_NAME, "NameOfInstitution")
        if not title:
            raise RowRefused(RefusalCode.MISSING_NAME)
        above = _parent(collector, at(cells, parent), kind, ref)
        identifier = checked(at(cells, code).split("|")[0], LONGEST_IDENTIFIER, "IdentificationCode")
        collector.add_unit(UnitRecord(source_id, title, kind, above, identifier, ended=False, ref=ref))

    take_rows(table, collector, meter, take)


def _parent(collector: Collector, named: str, kind: UnitKind, ref: RowRef) -> tuple[str, ...]:
    if named:
        return (checked(named, LONGEST_ID, "parent"),)
    districts = [unit for unit in collector.units.values() if unit.kind == "district"]
    if kind == "school" and len(districts) == 1:
        # Extracts flattened from XML lose the reference; with one district there is no doubt.
        collector.note(NoteCode.PARENT_ASSUMED, ref, parent=districts[0].name)
        return (districts[0].source_id,)
    return ()


def _read_staff(table: Table, collector: Collector, meter: Meter) -> None:
    id_, given, family = (table.needed_column(t) for t in ("StaffUniqueId", "FirstName", "LastSurname"))
    preferred_given = table.column("PreferredFirstName")
    preferred_family = table.column("PreferredLastSurname")
    address = table.column("ElectronicMailAddress")

    def take(cells: list[str], ref: RowRef) -> None:
        names = checked_names(
            collector,
            ref,
            at(cells, preferred_given) or at(cells, given),
            at(cells, preferred_family) or at(cells, family),
            "",
        )
        # Several addresses are flattened into one cell; the first is the one the source puts first.
        email = checked_email(collector, at(cells, address).split("|")[0].strip(), ref)
        source_id = checked_id(at(cells, id_), "StaffUniqueId")
        collector.add_person(PersonRecord(source_id, names[0], names[1], email, ended=False, ref=ref))

    take_rows(table, collector, meter, take)


def _read_assignments(table: Table, collector: Collector, meter: Meter) -> None:
    staff, unit = table.needed_column("StaffUniqueId"), table.needed_column("EducationOrganizationId")
    role, title_ = table.needed_column("StaffClassification"), table.column("PositionTitle")
    starts, ends = table.column("BeginDate"), table.column("EndDate")
    placed: set[str] = set()

    def take(cells: list[str], ref: RowRef) -> None:
        person_id, unit_id = at(cells, staff), at(cells, unit)
        word = at(cells, role).rsplit("#", 1)[-1]  # a descriptor may come with its namespace
        if not person_id:
            raise RowRefused(RefusalCode.MISSING_PERSON)
        if not unit_id:
            raise RowRefused(RefusalCode.MISSING_UNIT)
        said = checked(at(cells, title_), LONGEST_TITLE, "PositionTitle")
        # "Other" says nothing; the title of the position then has to.
        level, title = staff_role(collector, "" if key(word) == "other" else word, ref, said)
        starts_on, ends_on = checked_dates(at(cells, starts), at(cells, ends), ("BeginDate", "EndDate"))
        collector.add_post(
            PostRecord(
                # What Ed-Fi itself identifies an assignment by.
                source_id=derived_id(person_id, unit_id, key(word), starts_on.isoformat() if starts_on else ""),
                person_id=checked(person_id, LONGEST_ID, "StaffUniqueId"),
                unit_id=collector.same(checked(unit_id, LONGEST_ID, "EducationOrganizationId")),
                title=title,
                level=level,
                starts_on=starts_on,
                ends_on=ends_on,
                is_primary=person_id not in placed,
                ended=False,
                ref=ref,
            )
        )
        placed.add(person_id)

    take_rows(table, collector, meter, take)
