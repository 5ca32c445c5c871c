"""Writing the enquiries of the story down, as people would have: through the services, on the days of the story."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from collegium.base import time
from collegium.enquire.demo import story
from collegium.enquire.demo.terms import WEEK
from collegium.enquire.enums import Direction, Frequency, Numbers, Stage
from collegium.enquire.models import Enquiry, Measure, Point, Segment
from collegium.enquire.periods import ALL_YEAR, SchoolCalendar
from collegium.enquire.policies import Standing
from collegium.enquire.services import cycles, drivers, enquiries, evidence, measures, progress
from collegium.enquire.services.enquiries import Found, Said
from collegium.enquire.services.outcomes import keep_signal
from collegium.people.actors import Actor
from collegium.people.demo import story as people_story
from collegium.people.demo.book import instant
from collegium.people.demo.calendar import Calendar
from collegium.people.models import Community, Person, Post, Unit
from collegium.people.queries import actors, structure

OWNING = Standing(owns=True)
ENDED_BEFORE = 35  # days of term before the end of the story, where an enquiry has ended


@dataclass
class Teller:
    """Who tells: the community as it was built, the days of the story and of its schools, and the dice of the seed."""

    community: Community
    seed: int
    calendar: Calendar
    school: SchoolCalendar

    def tell(self, plan: story.Plan) -> Enquiry:
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
        with self.days_ago(plan.days):
            enquiry = enquiries.begin(actor=actor, unit=unit, said=said)
        for stage, days, text in plan.notes:
            with self.days_ago(days):
                enquiries.write_note(actor=actor, enquiry=enquiry, standing=OWNING, stage=stage, text=text)
        if plan.numbers:
            self._measure(plan, plan.numbers, enquiry, actor)
        for test in plan.tests:
            self._test(test, enquiry, actor)
        self._tell_more(plan, enquiry, actor)
        with self.days_ago(ENDED_BEFORE if plan.ending else 5):
            enquiries.move(actor=actor, enquiry=enquiry, standing=OWNING, stage=plan.stage)
            if plan.ending:
                found = Found(ending=plan.ending, finding=plan.finding, again=plan.again)
                enquiries.close(actor=actor, enquiry=enquiry, standing=OWNING, found=found)
        return enquiry

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
        with self.days_ago(plan.days):
            measure = measures.add_measure(actor=actor, enquiry=enquiry, standing=OWNING, defined=defined)
        for segment in Segment.objects.filter(measure=measure).order_by("position"):
            self._enter(plan, told, segment, actor)
        if told.baseline:
            self._freeze(plan, told, measure, enquiry, actor)
        keep_signal(enquiry)

    def _tell_more(self, plan: story.Plan, enquiry: Enquiry, actor: Actor) -> None:
        """Draw the driver diagram, keep what was seen, say how far it is and what would help."""
        by: dict[str, Any] = {"actor": actor, "enquiry": enquiry, "standing": OWNING}
        ids: list[str] = []
        with self.days_ago(plan.days - 4):
            for kind, under, text in plan.boxes:
                version = drivers.add(**by, parent=ids[under] if ids else "", kind=kind, text=text)
                ids.append(version.nodes[-1]["id"])
            if plan.file:
                seen: Any = SimpleUploadedFile("seen.txt", plan.file.encode())
                evidence.add_files(
                    **by, stage=Stage.CONTEXT, uploads=[seen], note="What two of us counted one Tuesday."
                )
        with self.days_ago(9):
            if plan.step:
                progress.set_progress(**by, half_steps=plan.step, why=plan.step_why)
            if plan.wanted:
                progress.ask_for_help(**by, wanted=plan.wanted)

    def _test(self, told: story.Tried, enquiry: Enquiry, actor: Actor) -> None:
        with self.days_ago(told.begun):
            cycle = cycles.begin(
                actor=actor, enquiry=enquiry, standing=OWNING, plan=told.plan, prediction=told.prediction
            )
        with self.days_ago(told.begun - 7):
            cycles.lock_prediction(enquiry)
        if told.found:
            studied = cycles.Studied(found=told.found, surprise=told.surprise, decision=told.decision)
            with self.days_ago(told.studied):
                cycles.study(actor=actor, enquiry=enquiry, standing=OWNING, cycle=cycle, studied=studied)

    def _enter(self, plan: story.Plan, told: story.Numbers, segment: Segment, actor: Actor) -> None:
        """Put the weeks down at once: an event for each of them would fill the trail of the school."""
        weeks = self.list_weeks(ENDED_BEFORE if plan.ending else 7, told.weeks)
        drawn = told.draw(self.dice(f"{plan.title}:{segment.title}"))
        Point.objects.bulk_create(
            Point(
                community=self.community,
                segment=segment,
                on=on,
                value=number[0] if number else None,
                denominator=number[1] if number else None,
                note="" if number else story.CLOSED,
                entered_at=instant(on + dt.timedelta(days=4), 15),
                entered_by_id=actor.recorded_id,
            )
            for on, number in zip(weeks, drawn, strict=True)
        )

    def _freeze(self, plan: story.Plan, told: story.Numbers, measure: Measure, enquiry: Enquiry, actor: Actor) -> None:
        with self.days_ago(plan.days - 7 * told.changes):
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
        today, begun = self.calendar.today, self.lately(plan.days)
        inside = structure.inside(unit.id, today)
        now, then = (Post.objects.on(day).filter(unit_id__in=inside).values("person_id") for day in (today, begun))
        there = Person.objects.filter(erased_at__isnull=True, id__in=now).filter(id__in=then)
        first, second = self.dice(plan.title).sample(list(there.order_by("family_name", "given_name", "id")), 2)
        return first, second if plan.is_owned_by_two else None

    def list_weeks(self, days: int, count: int) -> list[dt.date]:
        """Return the first days of so many weeks of term, the last of them so many days of term before the end."""
        return self.school.list_last(self.lately(days), Frequency.WEEK, count)

    def lately(self, days: int) -> dt.date:
        """Return a weekday so many days of term, or a few more, before the story ends; weeks of holiday pass by."""
        day = self.calendar.lately(days)
        week, this_week = (ALL_YEAR.first_day_of(each, Frequency.WEEK) for each in (day, self.calendar.today))
        weeks = self.school.list_last(this_week - WEEK, Frequency.WEEK, (this_week - week) // WEEK)
        return weeks[0] + (day - week) if weeks else day

    @contextmanager
    def days_ago(self, days: int) -> Iterator[None]:
        """Let what is told have happened so many days of term before the story ends."""
        with time.at(instant(self.lately(days), 15)):
            yield
