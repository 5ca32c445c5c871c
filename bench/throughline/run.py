"""Measures one throughline of 5,000 nodes, and prints a table: `python -m bench.throughline.run`.

A school of 260 people with one vision, 20 intents, 300 challenges and 1,170 promises for them, each with its strategy,
its pathway and its standard. Server time is the processor time of a request (median of several), in this process, on
SQLite. It ends with 1 when a page takes longer than two seconds, or answers anything but 200.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.pages import run as pages

NODES, INTENTS, CHALLENGES, PROMISES = 5_000, 20, 300, 1_170
MOST_MS = 2_000
BATCH = 2_000


def main() -> int:
    """Fill, measure and tell."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory(prefix="collegium-bench-") as folder:
        pages.prepare(Path(folder) / "throughline")
        from collegium.base import tenancy

        with tenancy.across_communities():
            from bench.pages.populate import populate

            district = populate(staff=260, schools=1)
            urls, nodes = _intend(district)
        from django.db import connection
        from django.test import Client

        connection.cursor().execute("ANALYZE")
        client = Client(headers={"accept-encoding": "gzip"})
        client.force_login(district.account)
        print(f"{nodes:,} nodes on one line")
        return max([_tell(name, pages.measure_page(client, url)) for name, url in urls.items()] + [nodes < NODES])


def _tell(name: str, found: dict[str, float]) -> int:
    is_kept = found["ms"] <= MOST_MS and found["status"] == 200
    numbers = f"{found['ms']:8.1f} ms {found['statements']:>4} statements {found['kB']:7.1f} kB"
    print(f"    {name:<24} {numbers}  {'kept' if is_kept else 'MISSED'}", flush=True)
    return 0 if is_kept else 1


def _intend(district: Any) -> tuple[dict[str, str], int]:
    """Write the line of the school; return the pages to measure and how many nodes there are."""
    from django.urls import reverse

    from collegium.base import time
    from collegium.intend.queries.throughline import read_line_for
    from collegium.intend.services import challenges, line
    from collegium.people.queries import places
    from collegium.people.queries.actors import get_actor

    today, school = time.today(), district.school
    actor = get_actor(district.person, today)
    vision = line.write_vision(actor=actor, unit=school, parts={"title": "A school of readers", "body": "All read."})
    line.publish(actor=actor, thing=vision)
    empty = {"discovery": "", "destiny": ""}
    intents, written = [], []
    for number in range(INTENTS):
        parts = {"title": f"Intent {number}", "direction": "We read.", "belief": "We can.", **empty}
        intents.append(line.write_intent(actor=actor, unit=school, parts=parts, vision=vision))
        line.publish(actor=actor, thing=intents[-1])
    days = {"starts_on": today, "by_on": today + dt.timedelta(days=200)}
    for number in range(CHALLENGES):
        parts = {"title": f"Challenge {number}", "what": "Pupils read.", "how_known": "", "why": "", "why_now": ""}
        intent = intents[number % INTENTS]
        written.append(challenges.write_challenge(actor=actor, unit=school, parts=parts, intent=intent, **days))
        line.publish(actor=actor, thing=written[-1])
    _promise(district, written, today)
    slug = [school.slug]
    urls = {
        "picture, folded": reverse("intend:throughline", args=slug),
        "picture, all of it": reverse("intend:throughline", args=slug) + "?all=1",
        "table": reverse("intend:throughline_table", args=slug),
        "table, its last part": reverse("intend:throughline_table", args=slug) + "?page=last",
        "an intent": reverse("intend:intent", args=[*slug, intents[0].id]),
        "a challenge": reverse("intend:challenge", args=[*slug, written[0].id]),
    }
    return urls, len(read_line_for(actor, places.locate(school, today)).graph.nodes)


def _promise(district: Any, written: list[Any], today: dt.date) -> None:
    from collegium.intend.models import Commitment
    from collegium.intend.promise_enums import Audience, PromiseState
    from collegium.people.models import Person

    staff = list(Person.objects.order_by("id"))
    Commitment.objects.bulk_create(
        (
            Commitment(
                community=district.community,
                unit=district.school,
                by_person=staff[number % len(staff)],
                second=staff[(number + 1) % len(staff)] if number % 3 else None,
                audience=Audience.COLLEAGUES,
                to_unit=district.school,
                challenge=written[number % len(written)],
                what=f"We read aloud in lesson {number}.",
                strategy=f"A book of the month, {number}",
                pathway=f"One class first, then all, {number}",
                standard=f"Every pupil, {number}",
                due_on=today + dt.timedelta(days=number % 300),
                state=PromiseState.MADE,
                made_on=today,
            )
            for number in range(PROMISES)
        ),
        batch_size=BATCH,
    )


if __name__ == "__main__":
    sys.exit(main())
