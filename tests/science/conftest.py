"""What is counted by other processes needs no database, and so runs once: beside SQLite."""

from __future__ import annotations

import os

from tests.run import DATABASE

ONCE = ["test_engines_cluster.py", "test_engines_memory.py"]
collect_ignore = [] if os.environ.get(DATABASE, "sqlite") == "sqlite" else ONCE
