"""A school that is asked who turns to whom, for the tests of this room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collegium.base import time
from collegium.connect.models import TieLayer, TieWave, WaveMember
from collegium.connect.queries import waves
from collegium.connect.services import answering, closing, surveying
from collegium.people.models import Community, Person, Unit
from tests import factories as make
from tests.listen import worlds as schools
from tests.listen.worlds import School

OPENS = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
DURING = OPENS + dt.timedelta(hours=2)
CLOSES = OPENS + dt.timedelta(days=14)
AFTER = CLOSES + dt.timedelta(hours=1)
INSTRUMENT = "who_turns_to_whom"


@dataclass
class Asked:
    """A school with an open tie survey."""

    school: School
    wave: TieWave

    @property
    def staff(self) -> list[Person]:
        """Everybody who is asked, by team."""
        return self.school.staff


def open_wave(unit: Unit, steward: Person, *, at: dt.datetime = OPENS, **choices: object) -> TieWave:
    """Open a tie survey of two weeks."""
    choices = {"title": "Who turns to whom", "closes_at": at + dt.timedelta(days=14), **choices}
    with time.at(at):
        return surveying.open_survey(actor=make.actor_of(steward), unit=unit, instrument=INSTRUMENT, **choices)


def ask_school(
    community: Community | None = None, *, teams: Sequence[int] = (3, 3), accounts: bool = False, **choices: object
) -> Asked:
    """Make a school of such teams and open a tie survey in it."""
    school = schools.build_school(community, teams=teams, accounts=accounts)
    return Asked(school, open_wave(school.unit, school.steward, **choices))


def member_of(wave: TieWave, person: Person) -> WaveMember:
    """Return what somebody is in a wave."""
    return WaveMember.objects.select_related("wave__unit").get(wave=wave, person=person)


def layer_of(wave: TieWave, key: str = "advice") -> TieLayer:
    """Return one question of a wave."""
    return TieLayer.objects.get(wave=wave, key=key)


def choose(
    wave: TieWave, person: Person, named: Mapping[Person, int | None], *, key: str = "advice", at: dt.datetime = DURING
) -> None:
    """Let somebody choose whom they turn to, without handing it in."""
    with time.at(at):
        answering.keep_draft(
            actor=make.actor_of(person),
            member=waves.get_own_member(make.actor_of(person), wave.id),
            layer=layer_of(wave, key),
            named=[(other.id, weight) for other, weight in named.items()],
        )


def hand_in(wave: TieWave, person: Person, *, at: dt.datetime = DURING) -> None:
    """Let somebody hand in what they chose."""
    with time.at(at):
        actor = make.actor_of(person)
        answering.hand_in(actor=actor, member=waves.get_own_member(actor, wave.id))


def say(wave: TieWave, person: Person, named: Mapping[Person, int | None], *, key: str = "advice") -> None:
    """Let somebody choose and hand in."""
    choose(wave, person, named, key=key)
    hand_in(wave, person)


def close(wave: TieWave) -> TieWave:
    """Close a wave at its time, as the worker does."""
    with time.at(wave.closes_at):
        closing.close(report=lambda _done, _total, _step="": None, wave_id=str(wave.id))
    wave.refresh_from_db()
    return wave
