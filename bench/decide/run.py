"""Measures deciding together at size, and prints a table: `python -m bench.decide.run`.

A school of 1,000, all of whom have a vote in a matter with 10,000 comments, 200 matters beside it, and a draw by lot
from all of them. Server time is the processor time of a request (median of several), in this process, on SQLite.
Tallies of 100,000 ballots are measured by `bench.choices.run`.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from bench.pages import run as pages

PEOPLE, COMMENTS, MATTERS = 1_000, 10_000, 200
MOST_MS = 150


def main() -> None:
    """Fill, measure and tell."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory(prefix="collegium-bench-") as folder:
        pages.prepare(Path(folder) / "decide")
        from collegium.base import tenancy

        with tenancy.across_communities():
            from bench.pages.populate import populate

            district = populate(staff=PEOPLE, schools=1)
            urls = _decide(district)
        from django.db import connection
        from django.test import Client

        connection.cursor().execute("ANALYZE")
        client = Client(headers={"accept-encoding": "gzip"})
        client.force_login(district.account)
        print(f"{PEOPLE:,} people, {COMMENTS:,} comments in one matter, {MATTERS} matters beside it")
        for name, url in urls.items():
            found = pages.measure_page(client, url)
            kept = "kept" if found["ms"] <= MOST_MS and found["status"] == 200 else "MISSED"
            print(f"    {name:<28} {found['ms']:7.1f} ms {found['statements']:>4} statements  {kept}", flush=True)


def _decide(district: Any) -> dict[str, str]:
    """Ask, talk and draw, as the account that looks; return the pages to measure."""
    from django.urls import reverse

    from collegium.base import time
    from collegium.decide.enums import DrawBy
    from collegium.decide.queries import matters as queries
    from collegium.decide.services import draws, matters
    from collegium.decide.services.draws import Announced
    from collegium.decide.services.matters import Asked, Whom
    from collegium.people.queries.actors import get_actor
    from collegium.talk.models import Comment, Thread

    actor = get_actor(district.person, time.today())
    whom = [Whom(unit=district.school)]
    matter = matters.ask(actor=actor, unit=district.school, asked=Asked(question="Which way?"), whom=whom)
    for number in range(MATTERS):
        matters.ask(actor=actor, unit=district.school, asked=Asked(question=f"Question {number}?"), whom=whom)
    owner = {"community": district.community}
    thread = Thread.objects.create(**owner, subject_kind="matter", subject_id=matter.id)
    Comment.objects.bulk_create(
        (
            Comment(**owner, thread=thread, number=number, author=district.person, text=f"I see it **so**: {number}.")
            for number in range(1, COMMENTS + 1)
        ),
        batch_size=2_000,
    )
    standing = queries.get_matter_for(actor, matter.id).standing
    announced = Announced(purpose="Working group", places=12, by=DrawBy.TEAM, seed_from="The lottery")
    draw = draws.announce(actor=actor, matter=matter, standing=standing, announced=announced)
    draws.do(actor=actor, draw=draw, standing=standing, seed="17 4 33 8 21 6")
    return {
        "matter": reverse("decide:matter", args=[matter.id]),
        "matter, a later part": reverse("decide:matter", args=[matter.id]) + "?page=150",
        "what a school decides": reverse("decide:unit_decide", args=[district.school.slug]),
        "draw": reverse("decide:draw", args=[draw.id]),
        "list of a draw": reverse("decide:draw_list", args=[draw.id]),
    }


if __name__ == "__main__":
    main()
