"""What people of the demo value, what one school has signed, and how the school where trust fell begins.

The truth: Kestrel Lane has a statement of values that more than half have signed, in its second wording. The group
"Reading across subjects" at Thornmere puts statements side by side and has worded nothing yet. Thornmere is on the path
"trust first", as the guidance suggests; the step after the next was to be seen to by somebody who has left since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from collegium.base import time
from collegium.intend.enums import Path, Side, StepKind
from collegium.intend.models import Circle, TrustStep
from collegium.intend.queries import circles
from collegium.intend.queries.circles import Gathering
from collegium.intend.services import mindscapes as mindscape_services
from collegium.intend.services import paths as path_services
from collegium.intend.services import values as values_services
from collegium.people.actors import Actor
from collegium.people.demo import story
from collegium.people.demo.book import instant
from collegium.people.demo.calendar import Calendar
from collegium.people.enums import Level
from collegium.people.models import Community, Group, Person, Post, Unit
from collegium.people.queries import actors, structure

SIGNED = story.KESTREL_LANE
SHARING = story.DUPLICATES[0]
TRUST_FIRST = story.LEADER_LEFT
SIGNERS, OF = 2, 3  # two of three sign
LEFT_DAYS = 12  # the teacher of Thornmere who left last
CHOSEN_DAYS, WORDED_DAYS, SHARED_DAYS = 75, 60, 90


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, the place of its writer among the people of the circle, and how many see it so too."""

    side: Side
    body: str
    writer: int
    named: bool = False
    echoes: int = 0


OF_SCHOOL: tuple[Said, ...] = (
    Said(Side.HEART, "Every child is known by name, and missed when away.", 0, named=True, echoes=14),
    Said(Side.HEART, "Every child is known by name and is missed when away", 3, echoes=6),
    Said(Side.HEART, "We are kind when nobody is looking.", 5, echoes=9),
    Said(Side.HEART, "New colleagues bring us something we lacked.", 8, named=True, echoes=11),
    Said(Side.HEART, "Play is serious work.", 11, echoes=4),
    Said(Side.HEAD, "Children learn most from what they can explain to another child.", 1, named=True, echoes=12),
    Said(Side.HEAD, "Children learn most from what they explain to another child", 6, echoes=5),
    Said(Side.HEAD, "A calm start decides the day.", 9, echoes=7),
    Said(Side.HEAD, "Two adults who plan together teach better than two who plan alone.", 2, echoes=10),
    Said(Side.HAND, "I greet each child at the door.", 4, named=True, echoes=13),
    Said(Side.HAND, "I greet every child at the door", 7, echoes=3),
    Said(Side.HAND, "I ask a colleague before I write a new plan.", 10, echoes=6),
    Said(Side.HAND, "I sit with whoever is new at lunch.", 12, echoes=8),
)
OF_GROUP: tuple[Said, ...] = (
    Said(Side.HEART, "Nobody should leave school unable to enjoy a book.", 0, named=True, echoes=3),
    Said(Side.HEAD, "Weak readers need more talk, not easier texts.", 1, named=True, echoes=2),
    Said(Side.HEAD, "Weak readers need more talk and not easier texts", 3, echoes=2),
    Said(Side.HEAD, "Every subject has a way of reading of its own.", 2, echoes=1),
    Said(Side.HAND, "I read the first paragraph aloud, always.", 4, echoes=2),
)
PRIVATE = Said(Side.HAND, "I mark on Sunday evenings, and wish I did not.", 0)
FIRST_WORDING = "Every child here is known by name.\n\nWe plan together, and we ask each other first."
SECOND_WORDING = (
    "Every child here is known by name, and missed when away.\n\n"
    "We plan together, and we ask each other before we ask a book.\n\n"
    "Whoever joins us, child or colleague, changes us for the better."
)
REWORDED_BECAUSE = "Those who joined this year did not find themselves in the first wording."


def build(community: Community, *, seed: int, today: dt.date) -> None:  # noqa: ARG001 nothing here is left to chance
    """Add what people value, and how Thornmere begins, to the people of the demo."""
    calendar = Calendar.ending(today)
    units = {unit.slug: unit for unit in Unit.objects.filter(community=community)}
    group = Group.objects.get(community=community, name=SHARING)
    _tell_school(units[SIGNED], calendar)
    _tell_group(group, calendar)
    _tell_path(units[TRUST_FIRST], calendar)


def _actors(row: Unit | Group, day: dt.date) -> list[Actor]:
    """Return the people of a school or group, in an order that follows from the seed; governors come last."""
    if isinstance(row, Group):
        people = [each.person for each in row.memberships.on(day).select_related("person").order_by("person_id")]
        cast = [story.NAMES[key].email for key in ("facilitator", "teacher")]  # the teacher comes first of all
        people.sort(key=lambda person: (-cast.index(person.email) if person.email in cast else 1, str(person.id)))
        return [actors.get_actor(person, day) for person in people]
    posts = Post.objects.on(day).filter(unit_id__in=structure.inside(row.id, day)).select_related("person")
    levels: dict[Person, bool] = {}
    for post in posts.order_by("person_id"):
        levels[post.person] = levels.get(post.person, True) and post.level == Level.GOVERNANCE
    return [actors.get_actor(person, day) for person in sorted(levels, key=lambda each: (levels[each], str(each.id)))]


def _share(row: Unit | Group, people: Sequence[Actor], told: Sequence[Said], day: dt.date) -> Gathering:
    key = f"{'group' if isinstance(row, Group) else 'unit'}:{row.id}"
    with time.at(instant(day)):
        for said in told:
            writer = people[said.writer % len(people)]
            written = mindscape_services.write(actor=writer, side=said.side, body=said.body)
            mindscape_services.share(actor=writer, mindscape=written, choice=key, is_named=said.named)
            gathering = _gather(row)
            others = [each for each in people if each.person_id != writer.person_id]
            for other in others[said.writer :][: said.echoes]:
                mindscape_services.echo(actor=other, gathering=gathering, mindscape=written, sees_so=True)
    return _gather(row)


def _gather(row: Unit | Group) -> Gathering:
    of = {"group": row} if isinstance(row, Group) else {"unit": row}
    return circles.gather(Circle.objects.select_related("unit", "group__unit").get(**of))


def _tell_school(school: Unit, calendar: Calendar) -> None:
    day = calendar.lately(WORDED_DAYS)
    people = _actors(school, day)
    gathering = _share(school, people, OF_SCHOOL, calendar.lately(SHARED_DAYS))
    with time.at(instant(day)):
        values_services.word(actor=people[0], gathering=gathering, body=FIRST_WORDING)
        for each in people[:9]:
            values_services.sign(actor=each, gathering=gathering, number=1)
    with time.at(instant(day + dt.timedelta(days=14))):
        values_services.word(
            actor=people[12], gathering=gathering, body=SECOND_WORDING, reason=REWORDED_BECAUSE, from_version=1
        )
        for each in people[1 : len(people) * SIGNERS // OF + 1]:
            values_services.sign(actor=each, gathering=gathering, number=2)


def _tell_group(group: Group, calendar: Calendar) -> None:
    people = _actors(group, calendar.today)
    _share(group, people, OF_GROUP, calendar.lately(30))
    with time.at(instant(calendar.lately(30))):
        mindscape_services.write(actor=people[0], side=PRIVATE.side, body=PRIVATE.body)


def _tell_path(school: Unit, calendar: Calendar) -> None:
    chosen_on = calendar.lately(CHOSEN_DAYS)
    principal = Person.objects.get(community=school.community, email=story.NAMES["principal"].email)
    facilitator = Person.objects.get(community=school.community, email=story.NAMES["facilitator"].email)
    teacher = Person.objects.get(community=school.community, email=story.NAMES["teacher"].email)
    left = _who_left(school, calendar)
    acting = actors.get_actor(principal, chosen_on)
    with time.at(instant(chosen_on)):
        path = path_services.choose_path(actor=acting, unit=school, path=Path.TRUST_FIRST)
        steps = {StepKind(step.kind): step for step in TrustStep.objects.filter(path=path).select_related("path__unit")}
        plans = (
            (StepKind.TRUST, principal, facilitator, 30),
            (StepKind.VISION, facilitator, teacher, 80),
            (StepKind.STRATEGY, left or teacher, principal, 150),
        )
        for kind, owner, second, days in plans:
            path_services.plan_step(
                actor=acting,
                step=steps[kind],
                owner_id=owner.id,
                second_id=second.id,
                due_on=calendar.today + dt.timedelta(days=days),
            )


def _who_left(school: Unit, calendar: Calendar) -> Person | None:
    """Return the teacher who left the school last, a few days before the story ends."""
    since = calendar.today - dt.timedelta(days=LEFT_DAYS + 4)
    posts = Post.objects.filter(
        unit_id__in=structure.inside(school.id, calendar.today), ends_on__gte=since, ends_on__lte=calendar.today
    )
    still_here = Post.objects.on(calendar.today).values("person_id")
    found = posts.exclude(person_id__in=still_here).select_related("person").order_by("-ends_on", "id").first()
    return found.person if found else None
