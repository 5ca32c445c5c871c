"""Writing the enquiries of the story down, as people would have: through the services, on the days of the story."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from collegium.base import time
from collegium.enquire.demo import story
from collegium.enquire.enums import Direction, Frequency, Numbers
from collegium.enquire.models import Enquiry, Measure, Point, Segment
from collegium.enquire.periods import ALL_YEAR
from collegium.enquire.policies import Standing
from collegium.enquire.services import cycles, enquiries, measures
from collegium.enquire.services.enquiries import Found, Said
from collegium.people.actors import Actor
from collegium.people.demo import story as people_story
from collegium.people.demo.book import instant
from collegium.people.demo.calendar import Calendar
from collegium.people.models import Community, Person, Post, Unit
from collegium.people.queries import actors, structure

OWNING = Standing(owns=True)
ENDED_BEFORE = 35  # days before the end of the story, where an enquiry has ended


@dataclass
class Teller:
    """Who tells: the community as it was built, the calendar, and the dice of the seed."""

    community: Community
    seed: int
    calendar: Calendar

    def tell(self, plan: story.Plan) -> None:
        """Tell one enquiry from its beginning to where it stands."""
        unit = Unit.objects.get(community=self.community, slug=plan.slug)
        owner, second = self._find_owners(plan, unit)
        actor = actors.get_actor(owner, self.calendar.today)
        said = Said(
            title=plan.title,
            question=plan.question,
            aim=plan.aim,
            template=plan.template,
            owner=owner,
            second_owner=second,
        )
        with self._days_ago(plan.days):
            enquiry = enquiries.begin(actor=actor, unit=unit, said=said)
        for stage, days, text in plan.notes:
            with self._days_ago(days):
                enquiries.write_note(actor=actor, enquiry=enquiry, standing=OWNING, stage=stage, text=text)
        if plan.numbers:
            self._measure(plan, plan.numbers, enquiry, actor)
        if plan.test:
            self._test(plan.test, enquiry, actor)
        with self._days_ago(ENDED_BEFORE if plan.ending else 5):
            enquiries.move(actor=actor, enquiry=enquiry, standing=OWNING, stage=plan.stage)
            if plan.ending:
                found = Found(ending=plan.ending, finding=plan.finding, again=plan.again)
                enquiries.close(actor=actor, enquiry=enquiry, standing=OWNING, found=found)

    def _measure(self, plan: story.Plan, told: story.Numbers, enquiry: Enquiry, actor: Actor) -> None:
        defined = measures.Defined(
            title=told.title,
            definition=told.definition,
            numbers=Numbers.PROPORTION,
            role=told.role,
            direction=Direction.UP,
            frequency=Frequency.WEEK,
            segments=told.groups,
        )
        with self._days_ago(plan.days):
            measure = measures.add_measure(actor=actor, enquiry=enquiry, standing=OWNING, defined=defined)
        for segment in Segment.objects.filter(measure=measure).order_by("position"):
            self._enter(plan, told, segment, actor)
        if told.baseline:
            self._freeze(plan, told, measure, enquiry, actor)

    def _test(self, told: story.Tried, enquiry: Enquiry, actor: Actor) -> None:
        with self._days_ago(told.begun):
            cycle = cycles.begin(
                actor=actor, enquiry=enquiry, standing=OWNING, plan=told.plan, prediction=told.prediction
            )
        with self._days_ago(told.begun - 7):
            cycles.lock_prediction(enquiry)
        if told.found:
            studied = cycles.Studied(found=told.found, surprise=told.surprise, decision=told.decision)
            with self._days_ago(told.studied):
                cycles.study(actor=actor, enquiry=enquiry, standing=OWNING, cycle=cycle, studied=studied)

    def _enter(self, plan: story.Plan, told: story.Numbers, segment: Segment, actor: Actor) -> None:
        """Put the weeks down at once: an event for each of them would fill the trail of the school."""
        last = self.calendar.lately(ENDED_BEFORE if plan.ending else 7)
        monday = ALL_YEAR.first_day_of(last, Frequency.WEEK) - dt.timedelta(days=7 * (told.weeks - 1))
        drawn = told.draw(self.dice(f"{plan.title}:{segment.title}"))
        Point.objects.bulk_create(
            Point(
                community=self.community,
                segment=segment,
                on=(on := monday + dt.timedelta(days=7 * week)),
                value=number[0] if number else None,
                denominator=number[1] if number else None,
                note="" if number else story.HOLIDAY,
                entered_at=instant(on + dt.timedelta(days=4), 15),
                entered_by_id=actor.recorded_id,
            )
            for week, number in enumerate(drawn)
        )

    def _freeze(self, plan: story.Plan, told: story.Numbers, measure: Measure, enquiry: Enquiry, actor: Actor) -> None:
        with self._days_ago(plan.days - 7 * told.changes):
            measures.set_baseline(
                actor=actor,
                enquiry=enquiry,
                standing=OWNING,
                measure=measure,
                points=told.baseline,
                reason=told.reason,
            )

    def dice(self, of: str) -> random.Random:
        """Return the dice of a part of the story: what one part draws leaves the others as they are."""
        return random.Random(f"{self.seed}:enquire:{of}")  # noqa: S311 a story, not a secret

    def _find_owners(self, plan: story.Plan, unit: Unit) -> tuple[Person, Person | None]:
        """Return who owns an enquiry: people who were there when it began, and still are."""
        if plan.owner:
            name = next(part.name for part in people_story.CAST if part.key == plan.owner)
            return Person.objects.get(community=self.community, email=name.email), None
        today, begun = self.calendar.today, self.calendar.lately(plan.days)
        inside = structure.inside(unit.id, today)
        now, then = (Post.objects.on(day).filter(unit_id__in=inside).values("person_id") for day in (today, begun))
        there = Person.objects.filter(erased_at__isnull=True, id__in=now).filter(id__in=then)
        first, second = self.dice(plan.title).sample(list(there.order_by("family_name", "given_name", "id")), 2)
        return first, second if plan.is_owned_by_two else None

    @contextmanager
    def _days_ago(self, days: int) -> Iterator[None]:
        with time.at(instant(self.calendar.lately(days), 15)):
            yield
