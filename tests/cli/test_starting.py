"""What a process of the house pays for when it starts: the settings and the tables; a server, the pages as well."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.running import environment

# Each takes long to load, and is loaded by whoever uses it: these for a few pages,
FOR_FEW = {"fpdf", "icalendar", "igraph", "openpyxl", "pyrage", "python_calamine", "scipy", "segno"}
# and these for many.
FOR_PAGES = {
    *("cattrs", "cryptography", "fido2", "markdown_it", "nh3", "ninja", "numpy", "PIL", "requests"),
    *("collegium.people.registrations", "collegium.site.urls"),
}
PROGRAM = """
import json, sys
import django
django.setup()
loaded = list(sys.modules)
from collegium.base import panels
keys = [panel.key for panel in panels.list_panels()]
from django.urls import get_resolver
get_resolver().url_patterns
print(json.dumps([loaded, keys, list(sys.modules)]))
"""


def test_a_process_loads_the_rooms_when_it_asks_what_they_have(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment(tmp_path, DJANGO_SETTINGS_MODULE="collegium.site.settings"),
        capture_output=True,
        text=True,
        check=True,
    )
    loaded, panels, loaded_for_pages = json.loads(done.stdout)
    assert "collegium.people.models" in loaded
    assert (FOR_FEW | FOR_PAGES) & set(loaded) == set()
    assert {key.partition(".")[0] for key in panels} >= {"people", "listen", "connect", "intend", "decide", "enquire"}
    assert FOR_PAGES - set(loaded_for_pages) == set(), "the list names what nobody loads any more"
    assert FOR_FEW & set(loaded_for_pages) == set()
