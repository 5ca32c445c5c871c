"""What every process of the house pays for when it starts: the settings and the tables, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.running import environment

# Each takes long to load, and is loaded by whoever uses it.
HEAVY = {
    *("cattrs", "cryptography", "fido2", "fpdf", "granian", "icalendar", "igraph", "markdown_it", "nh3", "ninja"),
    *("numpy", "openpyxl", "PIL", "pyrage", "python_calamine", "requests", "scipy", "segno"),
    *("collegium.people.registrations", "collegium.site.urls"),
}
PROGRAM = """
import json, sys
import django
django.setup()
loaded = sorted(sys.modules)
from collegium.base import panels
print(json.dumps([loaded, [panel.key for panel in panels.list_panels()]]))
"""


def test_a_process_loads_the_rooms_when_it_asks_what_they_have(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment(tmp_path, DJANGO_SETTINGS_MODULE="collegium.site.settings"),
        capture_output=True,
        text=True,
        check=True,
    )
    loaded, panels = json.loads(done.stdout)
    assert "collegium.people.models" in loaded
    assert HEAVY & set(loaded) == set()
    assert {key.partition(".")[0] for key in panels} >= {"people", "listen", "connect", "intend", "decide", "enquire"}
