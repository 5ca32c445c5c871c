"""What the processes of one test run share: the database, and a folder that goes when the run ends."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import signal
import tempfile
from pathlib import Path

import django
import pytest
from django.conf import settings

from collegium.base import registries
from tests import postgres

DATABASE = "COLLEGIUM_TEST_DATABASE"
FOLDER = "COLLEGIUM_TEST_FOLDER"
# What may come in from the shell; any other setting of the reader's own site must not reach a test.
KEPT_FROM_OUTSIDE = ("COLLEGIUM_SHARED", "COLLEGIUM_TEST_")


def prepare_process() -> str:
    """Set the environment up for this process, load Django, and return which database the run is about."""
    database = os.environ.get(DATABASE, "sqlite")
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        _prepare_run(database)  # The worker processes inherit the environment that this leaves.
    data_dir = Path(os.environ[FOLDER]) / (worker or "main")
    data_dir.mkdir(parents=True)
    os.environ["COLLEGIUM_DATA_DIR"] = str(data_dir)
    os.environ["DJANGO_SETTINGS_MODULE"] = "collegium.site.settings"
    # Playwright's synchronous interface keeps an event loop on the thread that the tests use the database from.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    # What a test run loads it keeps, and looking through it for garbage again and again was a tenth of its time.
    gc.set_threshold(50_000, 20, 20)
    django.setup()
    # As a server does: a test that puts an empty registry in place of one must not have the rooms register there.
    registries.ask_rooms()
    # A worker that inherited the name would load the settings before it had a folder of its own.
    del os.environ["DJANGO_SETTINGS_MODULE"]
    return database


def _prepare_run(database: str) -> None:
    if database not in ("sqlite", "postgres"):
        raise pytest.UsageError(f"{DATABASE} is {database!r}, but must be sqlite or postgres.")
    if database != "sqlite" and settings.configured:
        raise pytest.UsageError(
            "The settings were read before this run could name its database: unset DJANGO_SETTINGS_MODULE."
        )
    # Asked to end, end as on Ctrl-C does: with the server stopped and the folder gone.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for name in list(os.environ):
        if name.startswith("COLLEGIUM_") and not name.startswith(KEPT_FROM_OUTSIDE):
            del os.environ[name]
    os.environ[FOLDER] = folder = tempfile.mkdtemp(prefix="collegium-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if database == "postgres":
        os.environ["COLLEGIUM_DATABASE_URL"], stop = postgres.start()
        atexit.register(stop)
