"""Measures every page of the site on a district of a given size: server time, statements, bytes.

    .venv/bin/python -m bench.pages.run                  # 260 staff in 6 schools, then 50,000 in 500
    .venv/bin/python -m bench.pages.run --json

Server time is the processor time of a request (median of several), in this process, on SQLite, without the network: it
says the same on a machine that is busy with other things. Ratios of the two sizes come from one run.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path
from time import process_time
from typing import Any

SIZES = ((260, 6), (50_000, 500))
REQUESTS = 9


def main() -> int:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="collegium-bench-") as folder:
        results = {staff: _measure_size(Path(folder), staff, schools) for staff, schools in SIZES}
    print(json.dumps(results, indent=1) if given.json else _table(results))
    return 0


def _measure_size(folder: Path, staff: int, schools: int) -> dict[str, dict[str, float]]:
    prepare(folder / str(staff))
    from collegium.base import tenancy

    with tenancy.across_communities():
        from bench.pages.populate import populate
        from bench.pages.promises import promise

        district = populate(staff=staff, schools=schools)
        promise(district)
        pulses = _listen(district)
    from django.db import connection
    from django.test import Client

    connection.cursor().execute("ANALYZE")
    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(district.account)
    return {name: measure_page(client, url) for name, url in _pages(district, pulses).items()}


def _listen(district: Any) -> dict[str, Any]:
    """Hold two pulses of the alliance and begin a third: the pages of results are those of the second."""
    from django.utils import timezone

    from bench.listen import closing

    days = timezone.timedelta(days=1)
    pulses = {}
    for name, ago in (("earlier", 120), ("closed", 20), ("open", 1)):
        pulse = closing.open_pulse(district, "heartbeat", timezone.now() - ago * days)
        closing.fill(pulse, seed=ago)
        if name != "open":
            closing.close(pulse, profile=False)
        pulses[name] = pulse
    return pulses


def prepare(folder: Path) -> None:
    """Point this process at an empty database of its own."""
    import django

    first = "DJANGO_SETTINGS_MODULE" not in os.environ
    os.environ["DJANGO_SETTINGS_MODULE"] = "collegium.site.settings"
    os.environ.setdefault("COLLEGIUM_DATA_DIR", str(folder.parent))
    os.environ["COLLEGIUM_LOG_LEVEL"] = "ERROR"
    if first:
        django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = str(folder) + f"-{alias}.sqlite3"
    if first:
        # Not Django's test environment: it copies the context of every template that is rendered.
        settings.ALLOWED_HOSTS = ["testserver"]
        call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", database="aside", verbosity=0)


def _pages(district: Any, pulses: dict[str, Any]) -> dict[str, str]:
    """Return the pages that take a unit, a person, a group, a pulse or a questionnaire, for each kind of unit."""
    from django.urls import get_resolver, reverse

    found: dict[str, str] = {}
    for name, namespaced in sorted(_names(get_resolver())):
        for label, unit in (("school", district.school), ("alliance", district.alliance), ("team", district.team)):
            under_way = name.startswith(("listen:answer", "listen:pulse_"))
            known = {
                "slug": unit.slug,
                "person_id": district.person.id,
                "group_id": district.group.id,
                "pulse_id": pulses["open" if under_way else "closed"].id,
                "key": "heartbeat",
            }
            wanted = {key: known[key] for key in namespaced if key in known}
            if set(namespaced) - set(known):
                continue
            found[f"{name} ({label})" if "slug" in namespaced else name] = reverse(name, kwargs=wanted)
    # Letters beyond ASCII are compared by a function of ours on SQLite: it must not be felt.
    for text in ("an", "än"):
        found[f"people:unit_list, for {text}"] = reverse("people:unit_list") + f"?q={text}"
        for name in ("people:unit_people", "people:post_add"):
            for label, unit in (("school", district.school), ("alliance", district.alliance)):
                url = reverse(name, kwargs={"slug": unit.slug})
                found[f"{name} ({label}), for {text}"] = f"{url}?show=itself&q={text}"
    return found


def _names(resolver: Any, prefix: str = "", taken: tuple[str, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    names = []
    for pattern in resolver.url_patterns:
        arguments = (*taken, *pattern.pattern.converters)
        if hasattr(pattern, "url_patterns"):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            names += _names(pattern, inner, arguments)
        elif pattern.name and (prefix or pattern.name == "gallery"):
            names.append((prefix + pattern.name, arguments))
    return names


def measure_page(client: Any, url: str) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    answer = client.get(url)
    with CaptureQueriesContext(connection) as statements:
        client.get(url)
        asked = len(statements)  # now: the log is emptied with the next request
    times = []
    for _number in range(REQUESTS):
        began = process_time()
        client.get(url)
        times.append((process_time() - began) * 1000)
    return {
        "status": answer.status_code,
        "ms": round(statistics.median(times), 1),
        "statements": asked,
        "kB": round(len(answer.content) / 1000, 1) if not answer.streaming else 0,
    }


def _table(results: dict[int, dict[str, dict[str, float]]]) -> str:
    small, large = (results[staff] for staff, _schools in SIZES)
    lines = [f"{'page':44}{'status':>7}{'ms':>8}{'ms':>8}{'ratio':>7}{'SQL':>5}{'SQL':>5}{'kB':>7}{'kB':>7}"]
    for name, one in small.items():
        other = large[name]
        ratio = other["ms"] / one["ms"]
        lines.append(
            f"{name:44}{one['status']:>7}{one['ms']:>8}{other['ms']:>8}{ratio:>7.1f}"
            f"{one['statements']:>5}{other['statements']:>5}{one['kB']:>7}{other['kB']:>7}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
