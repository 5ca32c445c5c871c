"""Measures the enquiries of a district, 500 of them, and prints a table: `python -m bench.portfolio.run`.

Server time is the processor time of a request (median of several), in this process, on SQLite. It ends with 1 when one
of them takes longer than 150 ms or answers anything but 200: the list, in any way of narrowing it, and the report that
prints all 500 at once.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.pages import run as pages

ENQUIRIES = 500
MOST_MS = 150


def main() -> int:
    """Fill, measure and tell."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory(prefix="collegium-bench-") as folder:
        pages.prepare(Path(folder) / "portfolio")
        from collegium.base import tenancy

        with tenancy.across_communities():
            from bench.pages.populate import populate

            district = populate(staff=260, schools=1)
            _enquire(district)
        from django.db import connection
        from django.test import Client
        from django.urls import reverse

        connection.cursor().execute("ANALYZE")
        client = Client(headers={"accept-encoding": "gzip"})
        client.force_login(district.account)
        url, report = (
            reverse(f"enquire:{name}", args=[district.school.slug]) for name in ("unit_enquire", "unit_report")
        )
        asked = {
            "all of them": url,
            "their last part": f"{url}?page=last",
            "by signal and stage": f"{url}?signal=better&stage=action",
            "those not touched": f"{url}?show=running&freshness=silent",
            "report to print": report,
        }
        return max([_tell(name, pages.measure_page(client, page)) for name, page in asked.items()])


def _tell(name: str, found: dict[str, float]) -> int:
    is_kept = found["ms"] <= MOST_MS and found["status"] == 200
    numbers = f"{found['ms']:8.1f} ms {found['statements']:>4} statements {found['kB']:7.1f} kB"
    print(f"    {name:<24} {numbers}  {'kept' if is_kept else 'MISSED'}", flush=True)
    return 0 if is_kept else 1


def _enquire(district: Any) -> None:
    """Write the enquiries, at all stages, some of them ended or stuck."""
    from collegium.base import time
    from collegium.enquire.enums import Ending, Signal, Stage, Template
    from collegium.enquire.models import Enquiry
    from collegium.people.models import Person

    staff, now = list(Person.objects.order_by("id")), time.now()
    stages, signals = list(Stage.values), ["", *Signal.values]
    Enquiry.objects.bulk_create(
        Enquiry(
            community=district.community,
            unit=district.school,
            template=Template.values[number % len(Template.values)],
            title=f"Question {number} about how lessons begin",
            question="Does it help?",
            stage=stages[number % len(stages)],
            signal=signals[number % len(signals)],
            progress=number % 11,
            owner=staff[number % len(staff)],
            second_owner=staff[(number + 1) % len(staff)] if number % 3 else None,
            touched_at=now - dt.timedelta(days=number % 130),
            help_at=now if number % 40 == 1 else None,
            help_wanted="Who has counted this?" if number % 40 == 1 else "",
            ending=Ending.ADOPT if number % 7 == 3 else "",
            closed_at=now if number % 7 == 3 else None,
            finding="It helps, where somebody stands there every day." if number % 7 == 3 else "",
        )
        for number in range(ENQUIRIES)
    )


if __name__ == "__main__":
    sys.exit(main())
