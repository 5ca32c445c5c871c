"""Writing the tie surveys of the story down, in bulk: who was asked, who answered, whom they named."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from collegium.base import time
from collegium.connect.demo import story
from collegium.connect.demo.story import WavePlan
from collegium.connect.enums import WaveOrigin, WaveState
from collegium.connect.models import MapRefusal, Tie, TieLayer, TieWave, WaveMember
from collegium.connect.queries import asking
from collegium.connect.services import analysing, members, opening
from collegium.listen.queries import versions
from collegium.listen.services.versions import keep_shipped
from collegium.people.actors import operator_of
from collegium.people.demo import story as people_story
from collegium.people.demo.book import instant
from collegium.people.demo.calendar import Calendar
from collegium.people.enums import LEADERSHIP, Level
from collegium.people.models import Community, GroupMembership, Person, Unit
from collegium.people.services.writing import record
from collegium.science.results import BoolArray, FloatArray, IntArray

MORNING, AFTERNOON = 8, 16
BATCH = 2000
DRAWS = 20  # of chance: enough for a story


@dataclass
class Teller:
    """Who tells: the community as it was built, the calendar, and the dice of the seed."""

    community: Community
    seed: int
    calendar: Calendar

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The units by slug."""
        return {unit.slug: unit for unit in Unit.objects.filter(community=self.community)}

    @cached_property
    def everybody(self) -> Mapping[uuid.UUID, int]:
        """Everybody of the story in an order that stays, so that what lasts between two people does."""
        ids = Person.objects.filter(community=self.community).order_by("id").values_list("id", flat=True)
        return {person_id: place for place, person_id in enumerate(ids)}

    @cached_property
    def cast(self) -> Mapping[str, uuid.UUID]:
        """The people whom the story names."""
        addresses = {part.name.email: part.key for part in people_story.CAST}
        rows = Person.objects.filter(community=self.community, email__in=addresses).values_list("email", "id")
        return {addresses[email]: person_id for email, person_id in rows}

    def dice(self, of: str) -> random.Random:
        """Return the dice of a part of the story: what one part draws leaves the others as they are."""
        return random.Random(f"{self.seed}:connect:{of}")  # noqa: S311 a story, not a secret

    def draws(self, of: str) -> np.random.Generator:
        """Return the same for many numbers at once."""
        return np.random.default_rng(self.dice(of).getrandbits(64))

    def new_id(self, of: str) -> uuid.UUID:
        """Return an id that follows from the seed, so that an address found once is there after a reset."""
        return uuid.UUID(int=self.dice(f"id:{of}").getrandbits(128), version=4)


def tell_refusals(teller: Teller) -> None:
    """Let some ask not to be drawn, before the first survey; nobody of the cast does."""
    dice = teller.dice("declining")
    declining = [person_id for person_id in teller.everybody if dice.random() < story.DECLINING]
    cast = set(teller.cast.values())
    MapRefusal.objects.bulk_create(
        MapRefusal(community=teller.community, person_id=person_id, declined_at=instant(teller.calendar.first_day))
        for person_id in declining
        if person_id not in cast
    )


def tell_wave(teller: Teller, plan: WavePlan, earlier: TieWave | None) -> TieWave:
    """Write down a tie survey that has closed, and work out what it says."""
    operator = operator_of(teller.community.id)
    version = keep_shipped(operator, story.INSTRUMENT)
    instrument = versions.read(version)
    with time.at(instant(plan.opens_on, MORNING)):
        wave = TieWave.objects.create(
            id=teller.new_id(f"wave:{plan.year}"),
            community=teller.community,
            unit=teller.units[story.UNIT],
            origin=WaveOrigin.ASKED,
            instrument=version,
            title=plan.title,
            why=story.WHY,
            language=instrument.default_language,
            state=WaveState.CLOSED,
            opens_at=instant(plan.opens_on, MORNING),
            closes_at=instant(plan.closes_on, AFTERNOON),
            closed_at=instant(plan.closes_on, AFTERNOON),
            invited_at=instant(plan.opens_on, MORNING),  # nobody of the demo gets mail
            earlier=earlier,
        )
        layers = opening.write_layers(wave, instrument)
        standings = asking.list_asked(wave.unit_id, asking.USUAL_LEVELS, plan.opens_on)
        rows = list(members.write_members(wave, standings).values())
        record(operator, "wave.opened", wave, unit_id=wave.unit_id, title=wave.title, asked=len(rows))
    _answer(teller, plan, rows)
    draw = _Drawing(teller, plan, rows)
    for layer in layers:
        _write_ties(layer, rows, draw.name_people(layer.key))
    with time.at(instant(plan.closes_on, AFTERNOON)):
        record(operator, "wave.closed", wave, unit_id=wave.unit_id, title=wave.title)
        analysing.analyse(report=_nobody_waits, wave_id=str(wave.id), draws=DRAWS)
    return wave


def _nobody_waits(_done: int, _total: int, _step: str = "") -> None:
    """Report progress to nobody."""


def _answer(teller: Teller, plan: WavePlan, rows: Sequence[WaveMember]) -> None:
    """Draw who answers in each school; all of the cast do."""
    dice = teller.dice(f"answering:{plan.year}")
    small = teller.units[people_story.VERY_SMALL].id
    cast = set(teller.cast.values())
    by_school: dict[uuid.UUID | None, list[WaveMember]] = {}
    for row in sorted(rows, key=lambda row: str(row.person_id)):
        by_school.setdefault(row.school_id, []).append(row)
    for school_id, people in sorted(by_school.items(), key=lambda each: str(each[0])):
        rate = story.VERY_SMALL_RATE if school_id == small else dice.uniform(*story.RESPONSE_RATES)
        for row in dice.sample(people, round(rate * len(people))):
            row.answered = True
        for row in people:
            row.answered |= row.person_id in cast
    WaveMember.objects.bulk_update(rows, ["answered"], batch_size=BATCH)


def _write_ties(layer: TieLayer, rows: Sequence[WaveMember], ties: IntArray) -> None:
    Tie.objects.bulk_create(
        (
            Tie(
                community_id=layer.community_id,
                layer=layer,
                source=rows[source],
                target=rows[target],
                weight=weight if layer.labels else 1,
            )
            for source, target, weight in ties.tolist()
        ),
        batch_size=BATCH,
    )


class _Drawing:
    """Who is drawn to whom in a wave: weights from the story, and what lasts between two people."""

    def __init__(self, teller: Teller, plan: WavePlan, rows: Sequence[WaveMember]) -> None:
        self.teller, self.plan, self.rows = teller, plan, rows
        self.places = np.array([teller.everybody[row.person_id] for row in rows if row.person_id], dtype=np.int64)
        self.weights = self._weigh()

    def name_people(self, layer: str) -> IntArray:
        """Return rows of who names whom how often, for one kind of tie."""
        lasting = self.teller.draws(f"lasting:{layer}").gumbel(size=(len(self.teller.everybody),) * 2)
        fresh = self.teller.draws(f"fresh:{self.plan.year}:{layer}")
        liking = story.LASTING * lasting[np.ix_(self.places, self.places)]
        score = np.log(self.weights) + liking + story.FRESH * fresh.gumbel(size=self.weights.shape)
        np.fill_diagonal(score, -np.inf)
        order = np.argsort(-score, axis=1)
        counts = np.clip(fresh.poisson(story.NAMED[layer], size=len(self.rows)), 0, 15)
        often = fresh.choice([1, 2, 3], p=[0.35, 0.45, 0.2], size=self.weights.shape)
        ties = [
            (source, int(target), int(often[source, target]))
            for source, row in enumerate(self.rows)
            if row.answered
            for target in order[source, : counts[source]]
        ]
        return np.array(ties, dtype=np.int64).reshape(-1, 3)

    def _weigh(self) -> FloatArray:
        same_school = self._same([row.school_id for row in self.rows])
        same_team = self._same([row.team_id for row in self.rows])
        levels = np.array([row.level for row in self.rows])
        in_group = self._in_groups()
        weights = np.where(same_school, 1.0, story.OTHER_SCHOOL)
        weights = np.where(same_team, story.SAME_TEAM, weights)
        weights = np.where(in_group & same_school, weights + story.SAME_GROUP, weights)
        weights = np.where(in_group & ~same_school, story.OTHER_SCHOOL_GROUP, weights)
        leads_team = same_team & np.isin(levels, LEADERSHIP)[None, :]
        weights *= np.where(leads_team, story.LEADS_TEAM, 1.0)
        weights *= np.where(same_school & (levels == Level.EXECUTIVE)[None, :], story.LEADS_SCHOOL, 1.0)
        support = levels == Level.SUPPORT
        weights *= np.where(support[:, None] != support[None, :], story.FROM_SUPPORT, 1.0)
        for pull in story.PULLS:
            weights *= self._pull(pull, same_school, same_team)
        return np.maximum(weights, 1e-9)

    def _pull(self, pull: story.Pull, same_school: BoolArray, same_team: BoolArray) -> FloatArray:
        found = np.ones_like(same_school, dtype=np.float64)
        person_id = self.teller.cast[pull.person]
        for place, row in enumerate(self.rows):
            if row.person_id == person_id:
                inside = np.where(same_team[:, place], pull.inside, pull.inside * pull.from_other_teams)
                found[:, place] = np.where(same_school[:, place], inside, pull.across)
                # Who is turned to from everywhere turns everywhere.
                found[place, :] = np.where(same_school[place, :], 1.0, pull.across)
        return found

    def _same(self, ids: Sequence[uuid.UUID | None]) -> BoolArray:
        codes = {each: code for code, each in enumerate(sorted({each for each in ids if each}))}
        of = np.array([codes.get(each, -1 - place) if each else -1 - place for place, each in enumerate(ids)])
        found: BoolArray = of[:, None] == of[None, :]
        return found

    def _in_groups(self) -> BoolArray:
        place = {row.person_id: number for number, row in enumerate(self.rows)}
        found = np.zeros((len(self.rows),) * 2, dtype=np.bool_)
        memberships = GroupMembership.objects.on(self.plan.opens_on).filter(community=self.teller.community)
        groups: dict[uuid.UUID, list[int]] = {}
        for group_id, person_id in memberships.order_by("id").values_list("group_id", "person_id"):
            if person_id in place:
                groups.setdefault(group_id, []).append(place[person_id])
        for people in groups.values():
            found[np.ix_(people, people)] = True
        return found
