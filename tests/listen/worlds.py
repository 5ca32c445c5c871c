"""A school with teams, and pulses in it, for the tests of this room."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from collegium.base import time
from collegium.listen import instruments
from collegium.listen.instruments import Instrument
from collegium.listen.models import InstrumentVersion, Invitation, Pulse
from collegium.listen.queries import invitations, versions
from collegium.listen.services import answering, closing, opening, preparing
from collegium.listen.services.answering import Filled
from collegium.listen.services.preparing import Draft
from collegium.people.enums import Level, UnitKind
from collegium.people.models import Community, Person, Unit
from tests import factories as make

START = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)

SMALL = """
key = "small"
version = 1
title = "Small"
purpose = "To try things out."
languages = ["en"]

[scales.agreement]
labels = ["Not at all", "Hardly", "Partly", "Mostly", "Fully"]

[[facets]]
key = "openness"
construct = "A6"
title = "Openness"
explanation = "Whether people speak their mind here."
source = "Our own"
rationale = "Without it nothing else is heard."
how_to_read = "High means that people say what they think."
how_not_to_read = "It is no judgement on anybody."

[[items]]
key = "speak"
kind = "likert"
facet = "openness"
scale = "agreement"
text = "People here say what they think."

[[items]]
key = "hold"
kind = "likert"
facet = "openness"
scale = "agreement"
reversed = true
text = "People here hold back their doubts."

[[items]]
key = "wish"
kind = "text"
text = "What should we change?"
"""


@dataclass
class School:
    """A school of teams with its steward."""

    community: Community
    unit: Unit
    teams: list[Unit]
    staff: list[Person]
    steward: Person
    extra: dict[str, Any] = field(default_factory=dict)


def build_school(
    community: Community | None = None,
    *,
    teams: Sequence[int] = (14, 14, 12),
    support: int = 0,
    within: Unit | None = None,
    name: str = "",
    accounts: bool = False,
) -> School:
    """Make a school with teams of so many teachers, and so many support staff in the school itself."""
    community = community or make.make_community()
    school = make.make_unit(community, name, within=within)
    made, staff = [], []
    for size in teams:
        team = make.make_unit(community, kind=UnitKind.TEAM, within=school)
        made.append(team)
        for _number in range(size):
            person = make.make_person(community, account=accounts)
            make.make_post(person, team, level=Level.CLASSROOM)
            staff.append(person)
    for _number in range(support):
        person = make.make_person(community, account=accounts)
        make.make_post(person, school, "Assistant", level=Level.SUPPORT)
        staff.append(person)
    return School(community, school, made, staff, make.steward_of(school))


def keep_instrument(community: Community, text: str = SMALL) -> InstrumentVersion:
    """Keep an instrument as a version of the community."""
    instrument = instruments.read(text)
    return InstrumentVersion.objects.create(
        community=community,
        key=instrument.key,
        version=instrument.version,
        title=instrument.say(instrument.title),
        definition=text,
    )


def prepare(
    unit: Unit, steward: Person, version: InstrumentVersion | None = None, *, at: dt.datetime = START, **choices: Any
) -> Pulse:
    """Prepare a pulse that is open for a week from `at`, with results a day later."""
    kept = InstrumentVersion.objects.filter(community_id=unit.community_id, key="small").first()
    draft = Draft(
        title=choices.pop("title", "How are we doing?"),
        instrument=version or kept or keep_instrument(unit.community),
        opens_at=at,
        closes_at=choices.pop("closes_at", at + dt.timedelta(days=7)),
        results_at=choices.pop("results_at", at + dt.timedelta(days=8)),
        **choices,
    )
    with time.at(at):
        return preparing.prepare_pulse(actor=make.actor_of(steward), unit=unit, draft=draft)


def open_at_start(pulse: Pulse, steward: Person, *, by_slip: Sequence[uuid.UUID] = ()) -> Pulse:
    """Open a prepared pulse at its opening time."""
    slips = opening.Slips(people=frozenset(by_slip))
    with time.at(pulse.opens_at):
        return opening.open_pulse(actor=make.actor_of(steward), pulse=pulse, slips=slips)


def answer(
    invitation: Invitation,
    answers: Mapping[str, int],
    *,
    at: dt.datetime | None = None,
    started_at: dt.datetime | None = None,
    remarks: Mapping[str, str] | None = None,
) -> None:
    """Hand in somebody's sheet."""
    at = at or invitation.pulse.opens_at + dt.timedelta(hours=1)
    with time.at(at):
        answering.hand_in(
            pulse=invitation.pulse,
            invitation_id=invitation.id,
            filled=Filled(answers=answers, started_at=started_at or at, remarks=remarks or {}),
        )


def invitation_of(pulse: Pulse, person: Person) -> Invitation:
    """Return the invitation of a person."""
    return invitations.get_invitation_for(make.actor_of(person), pulse.id)


def random_answers(instrument: Instrument, dice: random.Random) -> dict[str, int]:
    """Return answers to every column, by chance."""
    return {column.key: dice.randint(column.lowest, column.highest) for column in instrument.columns}


def answer_all(pulse: Pulse, people: Iterable[Person], seed: int = 1) -> None:
    """Let people answer by chance, one after the other."""
    dice = random.Random(seed)
    instrument = versions.read(pulse.instrument)
    for person in people:
        answer(invitation_of(pulse, person), random_answers(instrument, dice))


def close(pulse: Pulse) -> Pulse:
    """Close a pulse at its last moment, as the worker does."""
    with time.at(answering.last_moment(pulse)):
        closing.close(report=lambda _done, _total, _step="": None, pulse_id=str(pulse.id))
    pulse.refresh_from_db()
    return pulse
