"""Measures entering a number and seeing its chart: `python -m bench.improvement.entry`.

A weekly share of 120 points, with limits, rules and notes, once as one group and once as twelve. The form is sent, and
the page that it leads to is opened; processor time of both together (median), in this process, on SQLite, without the
network. Every time the number is another one, so that no drawing is remembered.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import sys
import tempfile
from pathlib import Path
from time import process_time
from typing import Any

from bench.pages.run import prepare

POINTS, TIMES, MOST_MS = 120, 9, 100


def main() -> int:
    """Measure and tell; 1 when it takes longer than it may."""
    with tempfile.TemporaryDirectory(prefix="collegium-bench-") as folder:
        prepare(Path(folder) / "entry")
        from collegium.base import tenancy

        with tenancy.across_communities():
            enter = _prepare_enquiry()
        one, twelve = enter(1), enter(12)
    kept = "kept" if one <= MOST_MS else "MISSED"
    print(f"a number entered and its chart of {POINTS} points seen: {one:.1f} ms; at most {MOST_MS}: {kept}")
    print(f"the same with a chart for each of twelve groups: {twelve:.1f} ms")
    return int(one > MOST_MS)


def _prepare_enquiry() -> Any:
    from django.test import Client

    from bench.pages.populate import populate
    from collegium.enquire.models import Enquiry

    district = populate(staff=30, schools=1)
    said = {"template": "classroom", "title": "Doors", "question": "Does it help?", "owner": district.person}
    enquiry = Enquiry.objects.create(community=district.community, unit=district.school, **said)
    client = Client()
    client.force_login(district.account)
    return lambda groups: _enter(client, enquiry, groups)


def _enter(client: Any, enquiry: Any, groups: int) -> float:
    from django.urls import reverse

    measure, segment, last = _fill(enquiry, groups)
    url = reverse("enquire:point_add", args=[enquiry.id, measure.id])
    times = []
    for number in range(TIMES + 1):
        sent = {"segment": str(segment.id), "on": last.isoformat(), "value": str(15 + number), "denominator": "40"}
        began = process_time()
        answer = client.post(url, sent, follow=True)
        times.append((process_time() - began) * 1000)
        if answer.status_code != 200 or f"{(15 + number) / 40:.0%}" not in answer.content.decode():
            raise SystemExit("the number is not on the page")
    return statistics.median(times[1:])  # at first templates are read


def _fill(enquiry: Any, groups: int) -> Any:
    from collegium.enquire.models import Measure, Point, Segment

    owner = {"community": enquiry.community}
    said = {"title": "On time", "definition": "At the door", "numbers": "proportion", "direction": "up"}
    measure = Measure.objects.create(**owner, enquiry=enquiry, frequency="week", target=0.6, **said)
    dice, today = random.Random(8), dt.datetime.now(tz=dt.UTC).date()
    last = today - dt.timedelta(days=today.weekday() + 7)
    segments = [
        Segment.objects.create(**owner, measure=measure, title=f"{place}" if groups > 1 else "", position=place)
        for place in range(groups)
    ]
    Point.objects.bulk_create(
        Point(
            **owner,
            segment=segment,
            on=last - dt.timedelta(days=7 * week),
            value=sum(dice.random() < 0.5 for _each in range(40)),
            denominator=40,
            note="Something new" if week % 30 == 0 else "",
        )
        for segment in segments
        for week in range(POINTS)
    )
    return measure, segments[0], last


if __name__ == "__main__":
    sys.exit(main())
