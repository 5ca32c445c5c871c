"""A school whose tie survey has closed and been worked out, put into the database in bulk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from collegium.connect.models import Tie, TieLayer, TieWave, WaveMember
from collegium.connect.services import analysing
from collegium.people.models import Community, Person, Unit
from tests.connect import worlds
from tests.listen import worlds as schools
from tests.listen.worlds import School

LINK = 0  # the first of each school's staff joins the first team to the others


@dataclass
class Told:
    """A school, its wave, and its staff by the number they have in it."""

    school: School
    wave: TieWave

    @property
    def link(self) -> Person:
        """On whom it rests that others are joined to another team."""
        return self.school.staff[LINK]

    @property
    def unit(self) -> Unit:
        """The school itself."""
        return self.school.unit


def tell_school(
    community: Community | None = None,
    *,
    teams: Sequence[int] = (9, 9, 6),
    within: Unit | None = None,
    at: dt.datetime = worlds.OPENS,
    school: School | None = None,
    silent: int = 0,
    hidden: Sequence[int] = (),
) -> Told:
    """Make a school in which all of the other teams turn to one person of the first, and to colleagues of their own."""
    school = school or schools.build_school(community, teams=teams, within=within, accounts=True)
    wave = worlds.open_wave(school.unit, school.steward, at=at)
    members = {row.person_id: row for row in WaveMember.objects.filter(wave=wave)}
    rows = [members[person.id] for person in school.staff]
    WaveMember.objects.filter(id__in=[row.id for row in rows[: len(rows) - silent]]).update(answered=True)
    WaveMember.objects.filter(id__in=[rows[place].id for place in hidden]).update(shown=False)
    told = len(rows) - silent
    for layer in TieLayer.objects.filter(wave=wave):
        Tie.objects.bulk_create(
            Tie(community_id=wave.community_id, layer=layer, source=rows[one], target=rows[other], weight=1)
            for one, other in sorted(_ties(teams))
            if one < told
        )
    worlds.close(wave)
    work_out(wave)
    return Told(school, wave)


def _ties(teams: Sequence[int]) -> set[tuple[int, int]]:
    """Rings in each team with some more of chance, and one person whom all other teams turn to."""
    dice, found, start = np.random.default_rng(3), set(), 0
    for size in teams:
        people = range(start, start + size)
        for place, one in enumerate(people):
            found.add((one, people[(place + 1) % size]))
            found |= {(one, other) for other in people if other != one and dice.random() < 0.2}
            if start:
                found.add((one, LINK))
        start += size
    return {(one, other) for one, other in found if one != other}


def work_out(wave: TieWave) -> None:
    """Have it worked out what a wave says, without waiting for the worker."""
    analysing.analyse(report=lambda _done, _total, _step="": None, wave_id=str(wave.id), draws=2)


def after(wave: TieWave) -> dt.datetime:
    """Return an hour after a wave has closed."""
    return wave.closes_at + dt.timedelta(hours=1)
