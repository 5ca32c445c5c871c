"""Which of these tests depend on the database of the run."""

from __future__ import annotations

from django.db import connection

# These run the command line as a process with files of its own, or without any database, so the run on PostgreSQL would
# only repeat them.
ONCE = [
    "test_analyse.py",
    "test_analyse_errors.py",
    "test_analyse_exports.py",
    "test_demo.py",
    "test_killed.py",
    "test_killed_while_answering.py",
    "test_network.py",
    "test_serve.py",
]
collect_ignore = ONCE if connection.vendor == "postgresql" else []
