"""Writing the pulses of the story down, in bulk: a closed one gets its result from the sheets, and never had a tray."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from django.utils.timezone import localdate

from collegium.base import time
from collegium.listen.answers.packing import Remark
from collegium.listen.answers.reading import Gathered
from collegium.listen.cells import ReportingPlan
from collegium.listen.demo import answering, rounds, story, words
from collegium.listen.demo.answering import Minds, Respondent
from collegium.listen.demo.rounds import Round
from collegium.listen.enums import PulseState, ReportingLevel
from collegium.listen.instruments.model import Instrument
from collegium.listen.models import InstrumentVersion, Invitation, Pulse, PulseSeries
from collegium.listen.queries import asking, versions
from collegium.listen.services import closing, opening
from collegium.listen.services.answering import last_moment
from collegium.listen.services.versions import keep_shipped
from collegium.people.actors import Actor, operator_of
from collegium.people.demo import story as people_story
from collegium.people.demo.book import instant
from collegium.people.demo.calendar import Calendar
from collegium.people.demo.structure import team_slug
from collegium.people.enums import Role
from collegium.people.models import Community, Person, Unit, UnitRole
from collegium.people.queries import actors, staff
from collegium.people.services.writing import record
from collegium.science.results import IntArray

MORNING, AFTERNOON = 8, 16


@dataclass
class Teller:
    """Who tells: the community as it was built, the calendar, and the dice of the seed."""

    community: Community
    seed: int
    calendar: Calendar
    pulses: list[Pulse] = field(default_factory=list)  # the closed ones told so far, the first first

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The units by slug."""
        return {unit.slug: unit for unit in Unit.objects.filter(community=self.community)}

    @cached_property
    def school_of(self) -> Mapping[uuid.UUID, str]:
        """The slug of the school that a unit is, or is a team of."""
        found = {}
        for plan in people_story.SCHOOLS:
            for slug in (plan.slug, *(team_slug(plan.slug, team.name) for team in plan.teams)):
                found[self.units[slug].id] = plan.slug
        return found

    @cached_property
    def minds(self) -> Minds:
        """What lasts about each person."""
        return Minds(self.seed)

    def dice(self, of: str) -> random.Random:
        """Return the dice of a part of the story: what one part draws leaves the others as they are."""
        return random.Random(f"{self.seed}:listen:{of}")  # noqa: S311 a story, not a secret

    def new_id(self, of: str) -> uuid.UUID:
        """Return an id that follows from the seed, so that an address found once is there after a reset."""
        return uuid.UUID(int=self.dice(f"id:{of}").getrandbits(128), version=4)

    def version(self, key: str) -> InstrumentVersion:
        """Return the community's copy of a shipped instrument."""
        return keep_shipped(operator_of(self.community.id), key)

    def leader_of(self, unit: Unit, day: dt.date) -> Person:
        """Return who leads a unit on a day."""
        leading = UnitRole.objects.on(day).filter(unit=unit, role=Role.LEAD).select_related("person")
        person: Person = leading.order_by("person_id")[0].person
        return person

    def first_heartbeat_of(self, year: int) -> Pulse:
        """Return the first heartbeat of the alliance in a school year."""
        return next(
            pulse
            for pulse in self.pulses
            if pulse.instrument.key == story.HEARTBEAT
            and rounds.school_year(self.calendar, localdate(pulse.opens_at)) == year
        )

    def actor(self, person: Person, day: dt.date) -> Actor:
        """Return a person as they act on a day."""
        return actors.get_actor(person, day)


def tell_round(teller: Teller, plan: Round, series: PulseSeries | None = None) -> Pulse:
    """Write down a pulse that has closed, who was asked in it, and its result."""
    unit, opened_at = teller.units[plan.unit], instant(plan.opens_on, MORNING)
    with time.at(opened_at):
        person = teller.leader_of(unit, plan.opens_on)
        actor = teller.actor(person, plan.opens_on)
        pulse = Pulse.objects.create(
            id=teller.new_id(f"{plan.unit}:{plan.title}:{plan.opens_on}"),
            community=teller.community,
            unit=unit,
            series=series,
            part=plan.part,
            title=plan.title,
            why=plan.why,
            instrument=teller.version(plan.instrument),
            referent=plan.referent,
            language="en",
            levels=list(plan.levels),
            opens_at=opened_at,
            closes_at=instant(plan.closes_on, AFTERNOON),
            results_at=instant(plan.results_on, MORNING),
            created_by=person,
            opened_at=opened_at,
            invited_at=opened_at,
        )
        reporting = asking.plan(pulse)
        opening.write_down(pulse, reporting)
        record(actor, "pulse.opened", pulse, unit_id=unit.id, title=pulse.title, asked=reporting.asked)
    _close(teller, pulse, reporting)
    return pulse


def _close(teller: Teller, pulse: Pulse, reporting: ReportingPlan) -> None:
    sheets = draw_sheets(teller, pulse, reporting)
    Invitation.objects.filter(pulse=pulse, person_id__in=sheets.people).update(answered=True)
    pulse.state, pulse.closed_at = PulseState.CLOSED, last_moment(pulse)
    with time.at(pulse.closed_at):
        views = closing.publish(pulse, sheets.gathered(), _nobody_waits)
        pulse.save(update_fields=["state", "closed_at"])
        operator = operator_of(teller.community.id)
        record(operator, "pulse.closed", pulse, unit_id=pulse.unit_id, title=pulse.title, views=views)


def _nobody_waits(_done: int, _total: int, _step: str = "") -> None:
    """Report progress to nobody."""


# --- what people answer -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Sheets:
    """Who answered in which cell, and what; `remarks` by the place of the person."""

    people: tuple[uuid.UUID, ...]
    cells: tuple[int, ...]
    answers: IntArray
    item: str
    remarks: Mapping[int, str]

    def gathered(self) -> Gathered:
        """Return the sheets as they come out of the trays: in the order of what they say."""
        order = sorted(range(len(self.cells)), key=lambda place: (self.cells[place], self.answers[place].tolist()))
        said = [Remark(item=self.item, text=text, cell=self.cells[place]) for place, text in self.remarks.items()]
        return Gathered(tuple(self.cells[place] for place in order), self.answers[order], tuple(sorted(said)))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where somebody who is asked works."""

    person_id: uuid.UUID
    cell: int
    school: str
    level: str


def draw_sheets(
    teller: Teller,
    pulse: Pulse,
    reporting: ReportingPlan,
    *,
    share: float | None = None,
    without: frozenset[uuid.UUID] = frozenset(),
) -> Sheets:
    """Draw who answers and what, under the truth of the story."""
    dice, instrument = teller.dice(f"sheets:{pulse.id}"), versions.read(pulse.instrument)
    day = localdate(pulse.opens_at)
    year = rounds.school_year(teller.calendar, day)
    answering_now: list[_Place] = []
    for school, places in sorted(_by_school(teller, pulse, reporting, day).items()):
        rate = dice.uniform(*story.RATES_OF.get(school, story.RESPONSE_RATES)) if share is None else share
        free = [place for place in places if place.person_id not in without]
        there = dice.sample(free, round(rate * len(free)))
        answering_now += sorted(there, key=lambda place: place.person_id)
    respondents = [Respondent(place.person_id, _middle(instrument, place, year)) for place in answering_now]
    answers = answering.answer(instrument, respondents, teller.minds, np.random.default_rng(dice.getrandbits(64)))
    return Sheets(
        people=tuple(place.person_id for place in answering_now),
        cells=tuple(place.cell for place in answering_now),
        answers=answers,
        item=instrument.text_items[0].key if instrument.text_items else "",
        remarks=dict(_remarks(dice, answering_now, year)) if instrument.text_items else {},
    )


def _by_school(teller: Teller, pulse: Pulse, reporting: ReportingPlan, day: dt.date) -> Mapping[str, Sequence[_Place]]:
    posts = {post.person_id: post for post in staff.list_main_posts(pulse.unit_id, day)}
    found: dict[str, list[_Place]] = defaultdict(list)
    for cell in reporting.cells:
        for person_id in cell.people:
            post = posts[person_id]
            school = teller.school_of.get(post.unit_id, "")
            found[school].append(_Place(person_id, cell.number, school, ReportingLevel.of(post.level)))
    return found


def _middle(instrument: Instrument, place: _Place, year: int) -> Mapping[str, float]:
    return {
        facet.key: story.points_of(instrument.key, facet.key, unit=place.school, level=place.level, year=year)
        for facet in instrument.facets
    }


def _remarks(dice: random.Random, people: Sequence[_Place], year: int) -> Iterator[tuple[int, str]]:
    """Let some write something, nobody twice the same in one school."""
    left: dict[str, list[str]] = {}
    for place, person in enumerate(people):
        if not person.school or dice.random() >= story.COMMENTING:
            continue
        known = left.setdefault(person.school, list(words.comments_for(person.school, year)))
        if known:
            yield place, known.pop(dice.randrange(len(known)))
