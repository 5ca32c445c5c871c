"""Microsoft's older School Data Sync format (School.csv, Teacher.csv ...) and its UK form with DfE numbers."""

from __future__ import annotations

from collegium.people.rosters import roles
from collegium.people.rosters.cells import derived_id, key
from collegium.people.rosters.collecting import (
    LONGEST_IDENTIFIER,
    LONGEST_UNIT_NAME,
    Collector,
    RowRefused,
    checked,
    checked_email,
    checked_id,
    is_ended,
    staff_role,
)
from collegium.people.rosters.dialects.rows import at, checked_names, count_rows, take_rows
from collegium.people.rosters.intake import Meter
from collegium.people.rosters.recognising import Recognised
from collegium.people.rosters.records import (
    LeftOut,
    PersonRecord,
    PostRecord,
    Refusal,
    RefusalCode,
    RowRef,
    UnitRecord,
)
from collegium.people.rosters.tables import Table

Principals = list[tuple[str, str, str, str, RowRef]]


def read(found: Recognised, collector: Collector, meter: Meter) -> bool:
    """Gather schools, teachers and principals. It is never a delta."""
    principals: Principals = []
    for table in found.of("school"):
        _read_schools(table, collector, meter, principals)
    for table in found.of("teacher"):
        _read_teachers(table, collector, meter)
    for table in found.of("student"):
        collector.leave_out(LeftOut.PUPILS, count_rows(table, meter))
    # After the teachers, because a principal may be one of them.
    for school_id, person_id, name, address, ref in principals:
        try:
            _add_principal(collector, school_id, person_id, name, address, ref)
        except RowRefused as refused:
            collector.refuse(Refusal(ref, refused.code, refused.data))
    return False


def _read_schools(table: Table, collector: Collector, meter: Meter, principals: Principals) -> None:
    id_, name = table.needed_column("SIS ID", "DfE Number"), table.needed_column("Name")
    number = table.column("School Number")
    principal_id, principal_name = table.column("Principal SIS ID"), table.column("Principal Name")
    principal_address = table.column("Principal Secondary Email")

    def take(cells: list[str], ref: RowRef) -> None:
        source_id = checked_id(at(cells, id_), table.headers[id_])
        title = checked(at(cells, name), LONGEST_UNIT_NAME, "Name")
        if not title:
            raise RowRefused(RefusalCode.MISSING_NAME)
        identifier = checked(at(cells, number), LONGEST_IDENTIFIER, "School Number")
        collector.add_unit(UnitRecord(source_id, title, "school", (), identifier, ended=False, ref=ref))
        if person_id := at(cells, principal_id):
            address = at(cells, principal_address)
            principals.append((source_id, person_id, at(cells, principal_name), address, ref))

    take_rows(table, collector, meter, take)


def _read_teachers(table: Table, collector: Collector, meter: Meter) -> None:
    id_ = table.needed_column("SIS ID", "ID")
    school = table.needed_column("School SIS ID", "School DfE Number")
    given, family, username = (table.column(title) for title in ("First Name", "Last Name", "Username"))
    status, title_ = table.column("Status"), table.column("Title")
    address = table.column("Secondary Email")

    def take(cells: list[str], ref: RowRef) -> None:
        user = at(cells, username)
        names = checked_names(collector, ref, at(cells, given), at(cells, family), user)
        school_id = at(cells, school)
        if not school_id:
            raise RowRefused(RefusalCode.MISSING_UNIT)
        said = at(cells, title_)
        level, title = staff_role(collector, "teacher" if not said or roles.is_honorific(said) else said, ref)
        ended = is_ended(at(cells, status))
        person = PersonRecord(
            source_id=checked_id(at(cells, id_), table.headers[id_]),
            given_name=names[0],
            family_name=names[1],
            email=checked_email(collector, user if "@" in user else at(cells, address), ref),
            ended=ended,
            ref=ref,
        )
        is_first = person.source_id not in collector.persons
        post = PostRecord(
            derived_id(person.source_id, school_id, key(title)), person.source_id, collector.same(school_id), title,
            level, None, None, is_primary=is_first, ended=ended, ref=ref,
        )  # fmt: skip
        if post.source_id in collector.posts:
            first = collector.posts[post.source_id].ref.row
            raise RowRefused(RefusalCode.DUPLICATE_ID, id=person.source_id, first_row=str(first))
        collector.add_or_meet_person(person)
        collector.add_post(post)

    take_rows(table, collector, meter, take)


def _add_principal(collector: Collector, school_id: str, person_id: str, name: str, address: str, ref: RowRef) -> None:
    """School.csv names the principal, who may stand in Teacher.csv too; when the two disagree we take neither side."""
    person_id = checked_id(person_id, "Principal SIS ID")
    *given, family = name.split() or [""]
    taken = collector.persons.get(person_id)
    if taken and key(name) and key(name) != key(taken.given_name + taken.family_name):
        teacher = f"{taken.given_name} {taken.family_name}".strip()
        raise RowRefused(RefusalCode.PRINCIPAL_MISMATCH, principal=name, id=person_id, teacher=teacher)
    if not taken:
        names = checked_names(collector, ref, " ".join(given), family, "")
        email = checked_email(collector, address, ref)
        collector.add_person(PersonRecord(person_id, names[0], names[1], email, ended=False, ref=ref))
    level, title = staff_role(collector, "principal", ref)
    post_id = derived_id(person_id, school_id, "principal")
    collector.add_post(
        PostRecord(post_id, person_id, school_id, title, level, None, None, is_primary=not taken, ended=False, ref=ref)
    )
