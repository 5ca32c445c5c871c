import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def test_health_needs_no_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_says_ready(client):
    assert client.get("/readyz").json() == {"ready": True, "database": "ok"}


@pytest.mark.django_db
def test_ready_says_when_a_migration_waits(client):
    MigrationRecorder(connection).record_unapplied(*MigrationLoader(connection).graph.leaf_nodes("base")[0])
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "database": "migrations waiting", "migrations": 1}
