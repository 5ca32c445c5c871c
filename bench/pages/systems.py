"""Fills a district or an alliance with schools and everything that joins them, for the picture of the whole.

Seeded: the same number of schools always gives the same system. Tests draw it small, benchmarks and pictures large.
"""

from __future__ import annotations

import random
from typing import Any

from collegium.base import time
from collegium.connect.enums import WaveOrigin, WaveState
from collegium.connect.models import TieWave, WaveAnalysis
from collegium.connect.reporting.documents import write_report
from collegium.connect.reporting.figures import Report
from collegium.decide.models import Matter, Part
from collegium.enquire.models import Enquiry, EnquiryMember
from collegium.intend.enums import LinkKind, Standing
from collegium.intend.models import Intent, IntentLink, Text
from collegium.people.enums import Level, TieKind, UnitKind
from collegium.people.models import Person, Post, Unit, UnitTie

FIRST = ("Alder", "Birch", "Cedar", "Dene", "Elm", "Fern", "Gorse", "Hazel", "Iris", "Juniper", "Kestrel", "Linden")
SECOND = ("Bank", "Brook", "Court", "Field", "Gate", "Green", "Hill", "Lane", "Mere", "Park", "Road", "Wood")
KINDS = ("Primary", "School", "High School", "Academy")
TIES_EACH = 4


def fill_system(whole: Unit, *, schools: int, seed: int = 9) -> list[Unit]:
    """Put so many schools into a unit, each with one teacher; join them; return them by name."""
    rng = random.Random(f"{seed}:{schools}")
    owner = {"community_id": whole.community_id}
    units = _schools(whole, schools, rng)
    people = [Person(**owner, given_name="Ada", family_name=f"Example {each.slug}") for each in units]
    Person.objects.bulk_create(people)
    Post.objects.bulk_create(
        Post(**owner, person=person, unit=unit, title="Teacher", level=Level.CLASSROOM)
        for person, unit in zip(people, units, strict=True)
    )
    partners = {tuple(sorted(rng.sample(range(schools), 2))) for _pair in range(schools // 3)}
    UnitTie.objects.bulk_create(
        UnitTie(**owner, upper=units[one], lower=units[other], kind=TieKind.PARTNER) for one, other in sorted(partners)
    )
    _turn_to_each_other(whole, units, rng)
    _intend(whole, units, rng)
    _enquire(units, people, rng)
    _decide(whole, units, rng)
    return units


def _schools(whole: Unit, schools: int, rng: random.Random) -> list[Unit]:
    names = [f"{one} {other} {kind}" for kind in KINDS for one in FIRST for other in SECOND]
    chosen = sorted(rng.sample(names, schools))
    units = [
        Unit(
            community_id=whole.community_id,
            kind=UnitKind.SCHOOL,
            name=name,
            slug=f"{whole.slug}-{name.lower().replace(' ', '-')}"[:80],
        )
        for name in chosen
    ]
    Unit.objects.bulk_create(units)
    UnitTie.objects.bulk_create(
        UnitTie(community_id=whole.community_id, upper=whole, lower=each, kind=TieKind.CONTAINS) for each in units
    )
    return units


def _turn_to_each_other(whole: Unit, units: list[Unit], rng: random.Random) -> None:
    """Keep what a wave would say of schools of enough people: mostly to a neighbour, sometimes far."""
    n, lines = len(units), {}
    for one in range(n):
        lines[one, one] = rng.randrange(20, 90)
        for _tie in range(min(TIES_EACH, n - 1)):
            near = (one + rng.choice((-3, -2, -1, 1, 2, 3))) % n
            other = near if rng.random() < 0.7 else rng.randrange(n)
            if other != one:
                lines[one, other] = rng.randrange(1, 16)
    drawn = {
        "parts": [[each.name] for each in units],
        "sizes": [rng.randrange(20, 90) for _school in units],
        "x": [0] * n,
        "y": [0] * n,
        "lines": [{"key": "advice", "ends": [list(pair) for pair in lines], "counts": list(lines.values())}],
    }
    now = time.now()
    wave = TieWave.objects.create(
        community_id=whole.community_id, unit=whole, origin=WaveOrigin.IMPORTED, state=WaveState.CLOSED,
        title="Who turns to whom", opens_at=now, closes_at=now,
    )  # fmt: skip
    report = Report(k=5, people=n * 50, answered=n * 40, declined=0, is_whole=True, layers=())
    WaveAnalysis.objects.create(
        community_id=whole.community_id,
        wave=wave,
        unit=whole,
        data_hash="0" * 64,
        document={"report": write_report(report), "maps": ["groups"], "groups_are": "schools"},
        map={"groups": drawn, "schools": {each.name: [str(each.id), each.slug] for each in units}},
    )


def _intend(whole: Unit, units: list[Unit], rng: random.Random) -> None:
    for title, part in (("Everybody reads", 1.0), ("No pupil alone", 0.5), ("Time to plan together", 0.3)):
        upper = _intent(whole, title)
        for unit in rng.sample(units, round(part * len(units))):
            lower = _intent(unit, f"{title} here")
            IntentLink.objects.create(community_id=whole.community_id, lower=lower, upper=upper, kind=LinkKind.ADOPTS)


def _intent(unit: Unit, title: str) -> Intent:
    text = Text.objects.create(community_id=unit.community_id, parts={"direction": title})
    return Intent.objects.create(
        community_id=unit.community_id, unit=unit, title=title, text=text,
        standing=Standing.PUBLISHED, published_at=time.now(),
    )  # fmt: skip


def _enquire(units: list[Unit], people: list[Person], rng: random.Random) -> None:
    questions = ("Starting on time", "Reading aloud", "Fewer late marks", "Maths talk in pairs", "Calm corridors")
    for title in questions[: max(1, min(len(questions), len(units) // 2))]:
        team = rng.sample(range(len(units)), min(len(units), rng.randrange(2, 7)))
        owner: dict[str, Any] = {"community_id": units[0].community_id}
        enquiry = Enquiry.objects.create(
            **owner, unit=units[team[0]], owner=people[team[0]], template="classroom", title=title, question=title,
            critical_friend=people[rng.randrange(len(units))],
        )  # fmt: skip
        EnquiryMember.objects.bulk_create(
            EnquiryMember(**owner, enquiry=enquiry, person=people[one]) for one in team[1:]
        )


def _decide(whole: Unit, units: list[Unit], rng: random.Random) -> None:
    owner: dict[str, Any] = {"community_id": whole.community_id}
    everybody = Matter.objects.create(**owner, unit=whole, question="How do we share training days?")
    some = Matter.objects.create(**owner, unit=whole, question="Who hosts the summer school?")
    Part.objects.create(**owner, matter=everybody, unit=whole)
    chosen = rng.sample(units, min(3, len(units)))
    Part.objects.bulk_create(Part(**owner, matter=some, unit=each) for each in chosen)
