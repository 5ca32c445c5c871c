"""Measures deciding together at size, and prints a table: `python -m bench.decide.run`.

A school of 1,000, all of whom have a vote in a matter with 10,000 comments and 300 ideas, 200 matters and 200 meetings
beside it, a draw by lot from all of them, and a closed secret vote of 100,000 ballots with 30 options. Server time is
the processor time of a request (median of several), in this process, on SQLite. Counting alone is measured, beside
others, by `bench.choices.run`; here it begins at the rows of the database.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from bench.pages import run as pages

PEOPLE, COMMENTS, MATTERS, IDEAS, MEETINGS = 1_000, 10_000, 200, 300, 200
BALLOTS, OPTIONS = 100_000, 30
MOST_MS, MOST_SECONDS = 150, 5.0


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
            urls |= _vote(district) | _meet(district)
        from django.db import connection
        from django.test import Client

        connection.cursor().execute("ANALYZE")
        client = Client(headers={"accept-encoding": "gzip"})
        client.force_login(district.account)
        print(f"{PEOPLE:,} people, {COMMENTS:,} comments and {IDEAS} ideas in one matter, {MATTERS} beside it")
        for name, url in urls.items():
            found = pages.measure_page(client, url)
            kept = "kept" if found["ms"] <= MOST_MS and found["status"] == 200 else "MISSED"
            print(f"    {name:<28} {found['ms']:7.1f} ms {found['statements']:>4} statements  {kept}", flush=True)


def _decide(district: Any) -> dict[str, str]:
    """Ask, talk and draw, as the account that looks; return the pages to measure."""
    from django.urls import reverse

    from collegium.base import time
    from collegium.decide.enums import DrawBy
    from collegium.decide.models import Idea
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
    Idea.objects.bulk_create(
        Idea(**owner, matter=matter, number=number, author=district.person, text=f"We could try the way {number}.")
        for number in range(1, IDEAS + 1)
    )
    return {
        "matter": reverse("decide:matter", args=[matter.id]),
        "matter, a later part": reverse("decide:matter", args=[matter.id]) + "?page=150",
        "what a school decides": reverse("decide:unit_decide", args=[district.school.slug]),
        "a proposal of its ideas": reverse("decide:propose_from_ideas", args=[matter.id]),
        "draw": reverse("decide:draw", args=[draw.id]),
        "list of a draw": reverse("decide:draw_list", args=[draw.id]),
    }


def _vote(district: Any) -> dict[str, str]:
    """Publish the ballots of a closed secret vote and count them from there; return its pages."""
    import datetime as dt
    from time import process_time

    import numpy as np
    from django.urls import reverse

    from collegium.base import time
    from collegium.decide import tallying
    from collegium.decide.enums import Method, PollState
    from collegium.decide.models import Matter, Option, Poll
    from collegium.decide.models.ballots import SecretBallot
    from collegium.decide.services import closing

    owner, now = {"community": district.community}, time.now()
    poll = Poll.objects.create(
        **owner,
        matter=Matter.objects.get(question="Which way?"),
        number=1,
        method=Method.RANKED,
        question="Which way first?",
        is_secret=True,
        state=PollState.CLOSED,
        opened_at=now - dt.timedelta(days=2),
        closes_at=now - dt.timedelta(days=1),
        closed_at=now - dt.timedelta(days=1),
        asked=BALLOTS,
    )
    Option.objects.bulk_create(
        Option(**owner, poll=poll, position=place, title=f"Way {place}") for place in range(1, OPTIONS + 1)
    )
    ranks = (np.argsort(np.random.default_rng(7).random((BALLOTS, OPTIONS)), axis=1) + 1).tolist()
    SecretBallot.objects.bulk_create(
        (SecretBallot(**owner, poll=poll, code=f"{place:08X}", marks=row) for place, row in enumerate(ranks)),
        batch_size=2_000,
    )
    began = process_time()
    marks = SecretBallot.objects.filter(poll=poll).values_list("marks", flat=True).iterator()
    poll.result = tallying.count(closing.rules_of(poll), marks)
    took = process_time() - began
    poll.save(update_fields=["result"])
    kept = "kept" if took <= MOST_SECONDS else "MISSED"
    print(f"    {'count ' + format(BALLOTS, ',') + ' ballots':<28} {took:7.2f} s, {OPTIONS} options by Schulze  {kept}")
    return {
        "a vote with its ballots": reverse("decide:poll", args=[poll.id]),
        "its ballots, a later part": reverse("decide:poll", args=[poll.id]) + "?page=900",
    }


def _meet(district: Any) -> dict[str, str]:
    """Call meetings, one of them with a long agenda and all of the school there; return their pages."""
    import datetime as dt

    from django.urls import reverse

    from collegium.base import time
    from collegium.decide.enums import Presence
    from collegium.decide.models import AgendaItem, Attendance, Matter, Meeting
    from collegium.people.models import Person

    owner, now = {"community": district.community}, time.now()
    rows = [
        Meeting(**owner, unit=district.school, title=f"Meeting {n}", starts_at=now + dt.timedelta(days=n - 150))
        for n in range(MEETINGS)
    ]
    Meeting.objects.bulk_create(rows)
    AgendaItem.objects.bulk_create(
        AgendaItem(**owner, meeting=rows[0], position=place, matter=matter, title=matter.question)
        for place, matter in enumerate(Matter.objects.filter(unit=district.school)[:40], start=1)
    )
    Attendance.objects.bulk_create(
        Attendance(**owner, meeting=rows[0], person=person, presence=Presence.THERE)
        for person in Person.objects.filter(community=district.community)[:PEOPLE]
    )
    return {
        "meetings": reverse("decide:meetings", args=[district.school.slug]),
        "a meeting": reverse("decide:meeting", args=[rows[0].id]),
        "my part": reverse("people:my_part"),
    }


if __name__ == "__main__":
    main()
