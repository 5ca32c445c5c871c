"""The stage every test plays on: the database of the run, a folder of its own, no network, nothing left out.

The database is SQLite, or PostgreSQL with COLLEGIUM_TEST_DATABASE=postgres (see tests/run.py).
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests import postgres, schema
from tests.run import prepare_process

# At import, because the conftests of the rooms import models, and models need settings.
DATABASE = prepare_process()

# Two processes share the machine with a browser: an example that takes long is no mistake.
hypothesis.settings.register_profile("suite", deadline=None, print_blob=True)
hypothesis.settings.register_profile("quick", deadline=None, print_blob=True, max_examples=10)
hypothesis.settings.load_profile("suite")


# --- the run ----------------------------------------------------------------------------------------------------------
def pytest_report_header() -> str:
    """Say which database this run is about."""
    return f"database: {DATABASE}"


# --- nothing is left out ----------------------------------------------------------------------------------------------
def refuse_to_skip(report: Any) -> None:
    """Turn a skip or an expected failure into a failure that says so."""
    if report.skipped or hasattr(report, "wasxfail"):
        reason = getattr(report, "wasxfail", report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"Skipped or expected to fail, which this suite does not allow: {reason}"
        report.__dict__.pop("wasxfail", None)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Iterator[Any]:
    """Apply the rule to tests."""
    report = yield
    refuse_to_skip(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Iterator[Any]:
    """Apply the rule to whole modules."""
    report = yield
    refuse_to_skip(report)
    return report


# --- before the tests -------------------------------------------------------------------------------------------------
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Begin with what takes long, whatever order was drawn: at the end, one process would wait for the other."""
    add_the_cache(items)
    leave_to_the_other_run(config, items)
    yield
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def reads_database(item: pytest.Item) -> bool:
    """Say whether a test uses the database of the run."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(DATABASE_FIXTURES & fixtures)


def leave_to_the_other_run(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out of the run on PostgreSQL what reads no database, or has files of its own: it would only be repeated."""
    if DATABASE == "postgres":
        config.hook.pytest_deselected(items=[item for item in items if not reads_database(item)])
        items[:] = [item for item in items if reads_database(item)]


def pytest_collection_finish() -> None:
    """Leave the tests and all that they loaded out of every search for garbage from here on."""
    gc.freeze()


# --- the database -----------------------------------------------------------------------------------------------------
def add_the_cache(items: list[pytest.Item]) -> None:
    """Give every test that uses the database the one beside it (the cache's) as well."""
    for item in items:
        if reads_database(item):
            marker = item.get_closest_marker("django_db")
            options = {**(marker.kwargs if marker else {}), "databases": "__all__"}
            item.add_marker(pytest.mark.django_db(**options), append=False)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Name the test databases: SQLite in files, as in use, because a live server has threads of its own."""
    from django.conf import settings

    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    for alias, database in settings.DATABASES.items():
        if "sqlite" in database["ENGINE"]:
            # A test database is thrown away: there is nothing to keep through a power cut.
            options = database["OPTIONS"]
            options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
            name = str(Path(os.environ["COLLEGIUM_DATA_DIR"]) / f"test-{alias}.sqlite3")
        else:
            name = f"test_collegium_{worker}"
        database["TEST"] = {**database.get("TEST", {}), "NAME": name}
        if alias == "aside":
            # The router keeps every table of ours off it: the long way there would be walked for nothing.
            database["TEST"]["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Begin with the tables of an earlier run, where there are any of the same migrations."""
    from django.conf import settings

    return DATABASE == "sqlite" and schema.copy_to(Path(settings.DATABASES["default"]["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any) -> Iterator[None]:
    """Make the cache's table too; Django makes it only where the cache has a test database of its own."""
    from django.core.management import call_command
    from django.core.management.commands import flush
    from django.db import connection, connections

    with django_db_blocker.unblock():
        if DATABASE == "sqlite" and not django_db_keepdb:
            schema.keep(connection)
        call_command("createcachetable", database="aside", verbosity=0)
    # After every test that commits, the tables are emptied, and Django would write anew what nothing of ours reads.
    flush.emit_post_migrate_signal = lambda *_told, **_more: None
    if DATABASE == "postgres":
        postgres.empty_tables_row_by_row()
    yield
    # PostgreSQL removes no database that anybody is connected to: not the cache's connection, not a live server's.
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
    connections.close_all()


@pytest.fixture(autouse=True)
def _across_communities(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the body of a test see every community; requests of its client enter the scope of who is signed in."""
    if request.node.get_closest_marker("django_db") is None:
        yield
        return
    from collegium.base import tenancy

    request.getfixturevalue("_django_db_helper")
    with tenancy.across_communities():
        yield
    marker = request.node.get_closest_marker("django_db")
    if marker.kwargs.get("transaction") or "live_server" in request.fixturenames:
        from django.core.cache import cache

        cache.clear()  # its table is no model's, so nothing else empties it after a test that commits


# --- sign-in ----------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session", autouse=True)
def _passwords_hashed_quickly() -> None:
    """Hash as in use, with fewer rounds: what makes guessing slow would make the tests slow as well."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    PBKDF2PasswordHasher.iterations = 1_000


# --- requests ---------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session", autouse=True)
def _middleware_loaded_once() -> Iterator[None]:
    """Let all test clients share the middleware, which each would make anew, and look for all static files in it."""
    from django.conf import settings
    from django.core.handlers.base import BaseHandler
    from django.test.client import ClientHandler

    loaded: dict[str, Any] = {}
    loaded_for: Any = None

    def load_middleware(self: ClientHandler, is_async: bool = False) -> None:
        nonlocal loaded, loaded_for
        if loaded_for is not settings._wrapped:  # another object for each setting that a test changes
            BaseHandler.load_middleware(self, is_async)
            loaded = {name: value for name, value in vars(self).items() if name != "enforce_csrf_checks"}
            loaded_for = settings._wrapped
        vars(self).update(loaded)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientHandler, "load_middleware", load_middleware)
        yield


# --- assets -----------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session", autouse=True)
def _collected_assets() -> None:
    """Collect the static files once, so that pages name and serve them as an installed site does."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
