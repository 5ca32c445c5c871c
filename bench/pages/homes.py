"""Measures the homes of a state of 500 schools and 50,000 staff: read afresh, and from what is stored.

    .venv/bin/python -m bench.pages.homes
    .venv/bin/python -m bench.pages.homes --staff 2600 --schools 60

Processor time of a request on SQLite, as in bench.pages.run, and of reading a unit anew in the background. It fails
when the home of the state or the alliance takes more than the 300 ms that it may. A school, here one with 2,000
promises, is read afresh each time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from time import process_time

from bench.pages.run import measure_page, prepare

MOST_MS = 300
UNITS = ("state", "alliance", "school")
STORED = UNITS[:2]


def main() -> int:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--staff", type=int, default=50_000)
    options.add_argument("--schools", type=int, default=500)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="collegium-bench-") as folder:
        prepare(Path(folder) / "homes")
        return _measure(given.staff, given.schools)


def _measure(staff: int, schools: int) -> int:
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from bench.pages.populate import District, populate
    from bench.pages.promises import promise
    from collegium.base import readings, tenancy, time
    from collegium.people.enums import Role, UnitKind
    from collegium.people.models import Unit, UnitRole, UnitTie

    def add_state(district: District) -> Unit:
        owner = {"community": district.community}
        state = Unit.objects.create(**owner, kind=UnitKind.STATE, name="Bench state", slug="bench-state")
        UnitTie.objects.create(**owner, upper=state, lower=district.alliance, kind="contains")
        UnitRole.objects.create(**owner, unit=state, person=district.person, role=Role.STEWARD)
        return state

    with tenancy.across_communities():
        district = populate(staff=staff, schools=schools)
        promise(district)
        units = dict(zip(UNITS, (add_state(district), district.alliance, district.school), strict=True))
    connection.cursor().execute("ANALYZE")
    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(district.account)
    print(f"{'home':12}{'afresh ms':>12}{'read ms':>12}{'stored ms':>12}{'statements':>12}")
    slow = []
    for name, unit in units.items():
        url = reverse("people:unit_home", args=[unit.slug])
        afresh = measure_page(client, url)
        with tenancy.community_scope(district.community.id):
            began = process_time()
            readings.refresh(district.community.id, unit.id, time.today())
            read_ms = (process_time() - began) * 1000
        stored = measure_page(client, url)
        print(f"{name:12}{afresh['ms']:>12}{read_ms:>12.0f}{stored['ms']:>12}{stored['statements']:>12}")
        slow += [name] if name in STORED and stored["ms"] > MOST_MS else []
    if slow:
        print(f"Slower than {MOST_MS} ms: {', '.join(slow)}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
