"""The second wall: on PostgreSQL the database itself holds communities apart, for raw SQL too.

SQLite has no such wall; there the first one, tried by walking every address as the wrong person, is all there is. These
tests say so by asking for the wall exactly where it should be.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from collegium.base import events, tenancy
from collegium.base.models import Job
from collegium.people.enums import ChangeAction, ChangeKind
from collegium.people.models import ColumnMapping, Community, RosterChange, RosterImport
from tests import factories
from tests.connect import rows as ties
from tests.decide import rows as decisions
from tests.enquire import rows as enquiries
from tests.guide import rows as guides
from tests.intend import promise_rows
from tests.intend import rows as lines
from tests.intend import value_rows as values
from tests.listen import rows
from tests.talk import worlds as talks

pytestmark = pytest.mark.django_db


@dataclass
class Two:
    """Two communities, each with a row in every table."""

    ours: Community
    theirs: Community


def fill(community: Community) -> Community:
    """Put a row of the community into every table that belongs to communities."""
    alliance = factories.make_unit(community, kind="alliance")
    school = factories.make_unit(community, within=alliance)
    person = factories.steward_of(school)
    factories.make_post(person, school)
    factories.make_strength(person)
    factories.make_token(person)
    factories.make_external_id(person)
    factories.make_membership(person, factories.make_group(school))
    events.record("test.happened", community_id=community.id, actor_id=None, object_kind="test", object_id=None)
    Job.objects.create(community_id=community.id, name="test", created_at=person.created_at)
    roster = RosterImport.objects.create(community=community, unit=school, source="test", file_name="staff.csv")
    RosterChange.objects.create(
        community=community, roster_import=roster, place=1, kind=ChangeKind.ROW, action=ChangeAction.LEFT
    )
    ColumnMapping.objects.create(community=community, unit=school, headers_key="test")
    rows.fill(school, person)
    ties.fill(school, person)
    talks.fill(school, person)
    decisions.fill(school, person)
    enquiries.fill(school, person)
    lines.fill(school, person)
    guides.fill(school, person)
    values.fill(school, person)
    promise_rows.fill(school, person, factories.make_group(school))
    for table, column in tables():
        if not count(f'SELECT count(*) FROM "{table}" WHERE "{column}" = %s', community.id):
            pytest.fail(f"Put a row of {table} into `fill`, so that the wall before it is tried.")
    return community


@pytest.fixture
def two() -> Two:
    return Two(fill(factories.make_community()), fill(factories.make_community()))


def tables() -> list[tuple[str, str]]:
    """Return every table that belongs to communities, with the column that says to which."""
    from django.apps import apps

    found = []
    for model in apps.get_models():
        if model is Community:
            found.append((model._meta.db_table, "id"))
        elif any(field.attname == "community_id" for field in model._meta.concrete_fields):
            found.append((model._meta.db_table, "community_id"))
    return found


def count(statement: str, *ids: uuid.UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, written(ids))
        return int(cursor.fetchone()[0])


def change(statement: str, *ids: uuid.UUID) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, written(ids))
        return int(cursor.rowcount)


def written(ids: tuple[uuid.UUID, ...]) -> list[object]:
    """SQLite keeps ids as text without dashes."""
    return [value if connection.vendor == "postgresql" else value.hex for value in ids]


@pytest.fixture
def walled() -> bool:
    """Whether this database has the wall; each test asks for it to be whole or, on SQLite, absent."""
    return connection.vendor == "postgresql"


@pytest.fixture(autouse=True)
def _role_sees_walls(walled: bool) -> None:
    """A superuser walks through the wall, and would prove nothing."""
    if walled:
        assert count("SELECT count(*) FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)") == 0


def test_there_are_tables_to_hold_apart() -> None:
    assert len(tables()) >= 12


def test_a_raw_query_sees_its_own_community_alone(two: Two, walled: bool) -> None:
    with tenancy.community_scope(two.ours.id):
        for table, column in tables():
            seen = count(f'SELECT count(*) FROM "{table}" WHERE "{column}" = %s', two.theirs.id)
            assert bool(seen) is not walled, table
            assert count(f'SELECT count(*) FROM "{table}" WHERE "{column}" = %s', two.ours.id), table


def test_outside_every_scope_nothing_is_visible(two: Two, walled: bool) -> None:
    with tenancy._entered(tenancy.NOWHERE):
        for table, _column in tables():
            assert bool(count(f'SELECT count(*) FROM "{table}"')) is not walled, table


def test_rows_of_another_community_cannot_be_changed_or_deleted(two: Two, walled: bool) -> None:
    with tenancy.community_scope(two.ours.id):
        for table, column in tables():
            statement = f'UPDATE "{table}" SET "{column}" = "{column}" WHERE "{column}" = %s'
            assert bool(change(statement, two.theirs.id)) is not walled, table
        assert bool(change('DELETE FROM "people_strength" WHERE community_id = %s', two.theirs.id)) is not walled


def test_rows_cannot_be_moved_into_another_community(two: Two, walled: bool) -> None:
    moves = [(table, column) for table, column in tables() if column == "community_id"]
    with tenancy.community_scope(two.ours.id):
        for table, column in moves:
            statement = f'UPDATE "{table}" SET "{column}" = %s WHERE "{column}" = %s'
            if walled:
                with pytest.raises(ProgrammingError, match="row-level security"):
                    change(statement, two.theirs.id, two.ours.id)


def test_rows_cannot_be_put_into_another_community(two: Two, walled: bool) -> None:
    with tenancy.community_scope(two.ours.id):
        if walled:
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                factories.make_person(two.theirs)
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                factories.make_community()
        else:
            factories.make_person(two.theirs)


def test_what_is_no_id_makes_the_wall_refuse_rather_than_open(two: Two, walled: bool) -> None:
    if walled:
        with tenancy.community_scope(two.ours.id), pytest.raises(DatabaseError, match="uuid"):
            ask_as("' OR true --")


def ask_as(community: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('collegium.community', %s, true)", [community])
        cursor.execute("SELECT count(*) FROM people_person")
