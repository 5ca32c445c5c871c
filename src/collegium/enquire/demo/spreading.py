"""The idea of the demo that four other schools try: what each of them is told to be true of, and telling it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from collegium.enquire.demo import story
from collegium.enquire.demo.story import DOORS, Numbers, Plan
from collegium.enquire.demo.telling import OWNING, Teller
from collegium.enquire.enums import Fidelity, Setting, Stage, Template
from collegium.enquire.models import Enquiry, Idea
from collegium.enquire.queries import ideas as queries
from collegium.enquire.services import ideas
from collegium.enquire.services.ideas import Told, Tried
from collegium.people.actors import Actor
from collegium.people.demo.story import BRINDLE_STREET, KESTREL_LANE, OAKHOLLOW, THORNMERE
from collegium.people.models import Person
from collegium.people.queries import actors

IDEA = Told(
    title="A greeting at the door",
    how="In the first two minutes of a lesson somebody stands at the door and says each name. Nothing is handed out "
    "and nobody is told off there: what has to be said waits until the lesson has begun.",
    why="Pupils come from all over the site, and a lesson that begins with a name begins sooner. Leave out the rest, "
    "but not the name.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replica:
    """Another school that tries the idea: its enquiry, where it is, and what it did otherwise."""

    plan: Plan
    setting: Setting
    fidelity: Fidelity
    context: str
    adaptation: str = ""


def _plan(slug: str, title: str, before: float, effect: float, wanted: str = "") -> Plan:
    numbers = Numbers(
        title=story.BEGUN_TITLE,
        definition=story.BEGUN_DEFINITION,
        before=before,
        after=round(before + effect, 2),
        weeks=20,
        changes=10,
        baseline=10,
        reason="So many weeks we counted before anybody greeted at the door.",
    )
    return Plan(
        slug=slug,
        title=title,
        question="Does a greeting at the door help here too?",
        aim="",
        template=Template.CLASSROOM,
        stage=Stage.EVIDENCE,
        days=145,
        numbers=numbers,
        wanted=wanted,
    )


REPLICAS = (
    Replica(
        plan=_plan(
            THORNMERE,
            "Greeting in the long corridor",
            0.5,
            0.16,
            wanted="For every lesson we are too few. How do others fill the doors when somebody is away?",
        ),
        setting=Setting.SECONDARY,
        fidelity=Fidelity.PARTLY,
        context="Lessons change floors three times a day, and many of us were new that term.",
        adaptation="Only after the two breaks: for every lesson there were too few of us.",
    ),
    Replica(
        plan=_plan(KESTREL_LANE, "Good morning, by name", 0.6, 0.2),
        setting=Setting.PRIMARY,
        fidelity=Fidelity.AS_TOLD,
        context="One class stays in one room, so the door counts after breaks and after lunch.",
    ),
    Replica(
        plan=_plan(OAKHOLLOW, "Each by name", 0.55, 0.22),
        setting=Setting.PRIMARY,
        fidelity=Fidelity.MOSTLY,
        context="A small school: everybody knows every name anyway.",
        adaptation="Pupils take turns at the door together with the teacher.",
    ),
    Replica(
        plan=_plan(BRINDLE_STREET, "The door before the lesson", 0.52, 0.17),
        setting=Setting.PRIMARY,
        fidelity=Fidelity.AS_TOLD,
        context="Upper school only, in a building with narrow stairs.",
    ),
)
EFFECTS = (0.25, 0.16, 0.2, 0.22, 0.17)  # of Castlewick, and of the four in their order
TRUE_EFFECT = sum(EFFECTS) / len(EFFECTS)


def spread(teller: Teller, origin: Enquiry) -> None:
    """Tell the idea that Castlewick tried, and how the others try it."""
    owner = _owner(teller, origin)
    with teller.days_ago(story.TOLD_BEFORE):
        idea = ideas.tell_idea(
            actor=owner, enquiry=origin, standing=OWNING, told=IDEA, outcomes=queries.list_measures(origin)
        )
        first = Replica(
            plan=DOORS,
            setting=Setting.SECONDARY,
            fidelity=Fidelity.AS_TOLD,
            context="All of the lower years, in the third lesson of the day above all.",
        )
        _try(teller, idea, origin, first)
    for replica in REPLICAS:
        enquiry = teller.tell(replica.plan)
        with teller.days_ago(story.TRIED_BEFORE):
            _try(teller, idea, enquiry, replica)


def _try(teller: Teller, idea: Idea, enquiry: Enquiry, replica: Replica) -> None:
    (outcome,) = queries.list_outcomes(idea)
    (measure,) = queries.list_measures(enquiry)
    tried = Tried(
        since=_begun(teller, replica.plan),
        setting=replica.setting,
        fidelity=replica.fidelity,
        context=replica.context,
        adaptation=replica.adaptation,
        measures={outcome.id: measure},
    )
    actor = _owner(teller, enquiry)
    ideas.keep_trial(actor=actor, enquiry=enquiry, standing=OWNING, idea=idea, tried=tried)


def _owner(teller: Teller, enquiry: Enquiry) -> Actor:
    return actors.get_actor(Person.objects.get(id=str(enquiry.owner_id)), teller.calendar.today)


def _begun(teller: Teller, plan: Plan) -> dt.date:
    """Return the first day of the week in which somebody first stood at the door."""
    after = plan.numbers.weeks - plan.numbers.changes if plan.numbers else 1
    return teller.list_weeks(7, after)[0]
