"""The scope itself; that PostgreSQL enforces it is shown in tests/security."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from collegium.base import tenancy

pytestmark = pytest.mark.django_db


def settings_of_session():
    """What the database session holds, as (community, reach)."""
    if connection.vendor != "postgresql":
        scope = tenancy.current()
        return str(scope.community_id or ""), "all" if scope.reaches_all else ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('collegium.community', true), current_setting('collegium.reach', true)")
        return cursor.fetchone()


def test_scopes_nest_and_are_left_again():
    one, other = uuid.uuid4(), uuid.uuid4()
    before = tenancy.current()
    with tenancy.community_scope(one):
        assert settings_of_session() == (str(one), "")
        with tenancy.across_communities():
            assert settings_of_session() == ("", "all")
        with tenancy.community_scope(other):
            assert settings_of_session() == (str(other), "")
        assert settings_of_session() == (str(one), "")
    assert tenancy.current() == before


def test_an_error_inside_leaves_the_scope_as_it_was():
    one, inner = uuid.uuid4(), uuid.uuid4()
    with tenancy.community_scope(one):
        with pytest.raises(ZeroDivisionError), transaction.atomic(), tenancy.community_scope(inner):
            1 / 0  # noqa: B018
        assert settings_of_session() == (str(one), "")


def test_a_statement_the_database_refuses_leaves_the_scope_as_it_was():
    one, inner = uuid.uuid4(), uuid.uuid4()
    with tenancy.community_scope(one):
        with pytest.raises(DatabaseError, match="no_such_table"), transaction.atomic(), tenancy.community_scope(inner):
            connection.cursor().execute("SELECT * FROM no_such_table")
        assert settings_of_session() == (str(one), "")
