"""Where the units of the demo are going, with gaps that are meant to be found.

The truth: Kestrel Lane has a whole line, from its vision to what people do. At Castlewick no pathway leads to the
intent. At Thornmere nobody says why they believe in theirs, and a teacher sees it otherwise. Oakhollow's challenge
rests on one person, nobody has promised anything for it, and nothing leads there: a wish. Brindle Street has a vision
and no challenge. The alliance has a challenge that nobody has promised anything for. Little Orrin has written nothing.
What promises add to this stands in `promises`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from collegium.base import time
from collegium.intend.models import Challenge, Intent, Vision
from collegium.intend.queries import evidence
from collegium.intend.services import challenges, conversing, points
from collegium.intend.services import line as services
from collegium.intend.services.line import Wording
from collegium.people.actors import Actor
from collegium.people.demo import story
from collegium.people.demo.book import instant
from collegium.people.demo.calendar import Calendar
from collegium.people.enums import Level, Role
from collegium.people.models import Community, Person, Post, Unit, UnitRole
from collegium.people.queries import actors, places

YES = {"not_isolated": "yes", "fits_priorities": "yes", "clear_why": "yes", "clear_what": "yes", "believed": "yes"}
# Titles, word for word: tests and later chapters find them again by these.
DISTRICT_INTENT, ALLIANCE_INTENT = "Reading opens every door", "What one school learns, all six know"
ALLIANCE_CHALLENGE = "Every school has taken up something from another"
KESTREL_INTENT, KESTREL_CHALLENGE = "Nobody begins alone", "Whoever joins us in September wants to stay in July"
CASTLEWICK_INTENT = "Every pupil can say what they understand, and what not yet"
CASTLEWICK_CHALLENGE = "No family and no pupil waits for an answer"
THORNMERE_INTENT, THORNMERE_CHALLENGE = (
    "Everybody of thirteen reads to learn",
    "Weak readers understand a text in any subject",
)
OAKHOLLOW_INTENT, OAKHOLLOW_CHALLENGE = "The garden is a classroom", "Every class learns outdoors once a week"
PARTNER_GOAL = "Every newcomer has a partner by October"
BRINDLE_VISION = "A school where everybody writes every day"


@dataclass
class Teller:
    """Who tells: the community as it was built, and the calendar."""

    community: Community
    calendar: Calendar

    def unit(self, slug: str) -> Unit:
        """Return a unit by its slug."""
        return Unit.objects.get(community=self.community, slug=slug)

    def cast(self, key: str) -> Person:
        """Return somebody whom the story names."""
        return Person.objects.get(community=self.community, email=story.NAMES[key].email)

    def lead(self, slug: str) -> Person:
        """Return who leads a unit on the last day."""
        roles = UnitRole.objects.on(self.calendar.today).filter(unit__slug=slug, community=self.community)
        found: Person = roles.filter(role=Role.LEAD).select_related("person").order_by("starts_on", "id")[0].person
        return found

    def colleague(self, slug: str, but: Person) -> Person:
        """Return a senior colleague of a unit, or else anybody else there."""
        posts = Post.objects.on(self.calendar.today).filter(unit__slug=slug, community=self.community)
        rows: list[Post] = list(posts.exclude(person=but).exclude(level=Level.GOVERNANCE).select_related("person"))
        return min(rows, key=lambda post: (post.level != Level.SENIOR, str(post.person_id))).person

    def actor(self, person: Person) -> Actor:
        """Return a person as an actor on the last day."""
        return actors.get_actor(person, self.calendar.today)


@dataclass
class Chapter:
    """What one unit writes, by the hand of whoever leads it."""

    teller: Teller
    slug: str

    def __post_init__(self) -> None:
        self.unit = self.teller.unit(self.slug)
        self.lead = self.teller.lead(self.slug)
        self.actor = self.teller.actor(self.lead)

    def vision(self, title: str, body: str, *, ago: int) -> Vision:
        """Publish a vision, so many days ago."""
        with time.at(instant(self.teller.calendar.lately(ago))):
            written = services.write_vision(actor=self.actor, unit=self.unit, parts={"title": title, "body": body})
            return services.publish(actor=self.actor, thing=written)

    def intent(self, vision: Vision, title: str, direction: str, *, ago: int, **parts: str) -> Intent:
        """Publish an intent that looks three years ahead."""
        horizon = self.teller.calendar.year(self.teller.calendar.years + 3) - dt.timedelta(days=32)
        said = {"title": title, "direction": direction, "discovery": "", "destiny": "", "belief": "", **parts}
        with time.at(instant(self.teller.calendar.lately(ago))):
            written = services.write_intent(
                actor=self.actor, unit=self.unit, parts=said, vision=vision, horizon_on=horizon
            )
            return services.publish(actor=self.actor, thing=written)

    def challenge(
        self, intent: Intent, title: str, what: str, *, ago: int, due: int, second: Person | None, **said: object
    ) -> Challenge:
        """Publish a challenge that began so many days ago."""
        today = self.teller.calendar.today
        begins_on = self.teller.calendar.lately(ago)
        parts = {"title": title, "what": what, "how_known": "", "why": "", "why_now": ""}
        parts |= {key: str(said.pop(key)) for key in list(said) if key in parts}
        with time.at(instant(begins_on)):
            written = challenges.write_challenge(
                actor=self.actor,
                unit=self.unit,
                parts=parts,
                intent=intent,
                starts_on=begins_on,
                by_on=today + dt.timedelta(days=due),
                second_owner=second,
                **said,  # type: ignore[arg-type]
            )
            return services.publish(actor=self.actor, thing=written)

    def start(self, challenge: Challenge, *, ago: int, **answers: str) -> None:
        """Go through the change check and start."""
        with time.at(instant(self.teller.calendar.lately(ago))):
            challenges.keep_check(actor=self.actor, challenge=challenge, **{**YES, **answers})
            challenges.start(actor=self.actor, challenge=challenge)

    def cite(self, challenge: Challenge, key: str, note: str, *, ago: int) -> None:
        """Cite a number as it was so many days ago, when there was one to cite."""
        day = self.teller.calendar.lately(ago)
        with time.at(instant(day)):
            if evidence.list_known_for(self.actor, places.locate(self.unit, day), [key]):
                challenges.cite(actor=self.actor, challenge=challenge, code=key, note=note)

    def serve(self, lower: Intent, upper: Intent, kind: str, note: str) -> None:
        """Let an intent adopt or serve one above."""
        with time.at(instant(self.teller.calendar.lately(60))):
            conversing.link_intent(actor=self.actor, lower=lower, upper=upper, kind=kind, note=note)

    def talk(self, intent: Intent | None, where: str, who: str, outcome: str, *, ago: int) -> None:
        """Record a conversation."""
        day = self.teller.calendar.lately(ago)
        with time.at(instant(day)):
            conversing.record_conversation(
                actor=self.actor, unit=self.unit, held_on=day, who=who, format=where, outcome=outcome, intent=intent
            )


def build(community: Community, *, seed: int, today: dt.date) -> None:  # noqa: ARG001 nothing here is left to chance
    """Add where the units of the demo are going."""
    teller = Teller(community, Calendar.ending(today))
    district = _tell_district(Chapter(teller, story.DISTRICT))
    alliance = _tell_alliance(Chapter(teller, story.ALLIANCE))
    _tell_kestrel_lane(Chapter(teller, story.KESTREL_LANE), alliance)
    _tell_castlewick(Chapter(teller, story.CASTLEWICK), district)
    _tell_thornmere(Chapter(teller, story.THORNMERE), district)
    _tell_oakhollow(Chapter(teller, story.OAKHOLLOW), alliance)
    Chapter(teller, story.BRINDLE_STREET).vision(
        BRINDLE_VISION,
        "Every child and every adult here writes something of their own each day, and somebody reads it.",
        ago=100,
    )


def _tell_district(here: Chapter) -> Intent:
    vision = here.vision(
        "Every child known, every adult growing",
        "Wherever a child goes to school here, somebody **knows them**, and wants to get better at teaching.",
        ago=300,
    )
    return here.intent(
        vision,
        DISTRICT_INTENT,
        "By fourteen everybody reads well enough to learn whatever they want to.",
        ago=280,
        discovery="What helps those who read weakly at eleven? Each school finds out something else.",
        destiny="Nobody should have to say later that it was too late for them.",
        belief="Two of our schools have halved the number of weak readers in three years.",
    )


def _tell_alliance(here: Chapter) -> Intent:
    vision = here.vision("Six schools, one craft", "We look over each other's shoulders, and say what we see.", ago=250)
    intent = here.intent(
        vision,
        ALLIANCE_INTENT,
        "No school solves alone what another has solved.",
        ago=240,
        belief="The mathematics group has shown that it can be done.",
    )
    challenge = here.challenge(
        intent,
        ALLIANCE_CHALLENGE,
        "Each of the six schools can name one thing it does differently because it saw it elsewhere.",
        ago=70,
        due=120,
        second=here.teller.colleague(here.slug, here.lead),
        how_known="The heads tell each other at the round table, with an example.",
        agenda=["people"],
        gateways=["workforce"],
    )
    here.cite(challenge, "connect.inside", "So many turn to no one outside their own team.", ago=60)
    here.talk(
        intent, "partners", "Heads of the six schools", "Visits beat papers.\nOne visit a term is possible.", ago=65
    )
    return intent


def _tell_kestrel_lane(here: Chapter, alliance: Intent) -> None:
    vision = here.vision("A school that people want to join", "Children run in at the gate. Adults stay.", ago=200)
    intent = here.intent(
        vision,
        KESTREL_INTENT,
        "Whoever comes to us, small or grown, has somebody from the first day.",
        ago=190,
        discovery="What do newcomers need that we no longer see?",
        belief="Nearly all who came last year have stayed.",
    )
    here.serve(intent, alliance, "serves", "What we learn about beginning, the others can have.")
    parts = {**intent.text.parts, "destiny": "A school that grows so fast either knows its people, or loses them."}
    with time.at(instant(here.teller.calendar.lately(110))):
        why = "At the open day parents asked us what it is for."
        services.reword(actor=here.actor, thing=intent, wording=Wording(parts=parts, reason=why, from_version=1))
    second = here.teller.colleague(here.slug, here.lead)
    challenge = here.challenge(
        intent,
        KESTREL_CHALLENGE,
        "Everybody who begins in September says in July that they want to stay, and can say why.",
        ago=130,
        due=150,
        second=second,
        how_known="We ask each of them in July. Nobody has to be persuaded.",
        why_now="Six people join every half year.",
        gateways=["mentoring", "workforce"],
        agenda=["people"],
    )
    here.cite(challenge, "listen.collaboration", "People here work together more than a year ago.", ago=125)
    here.start(
        challenge, ago=122, design_work="The group that welcomes newcomers, with four of them.", pilot="Lower school"
    )
    with time.at(instant(here.teller.calendar.lately(115))):
        added: dict[str, Any] = {"actor": here.actor, "unit": here.unit, "owner": here.lead, "second_owner": second}
        goal = points.add_point(kind="goal", title=PARTNER_GOAL, serves=[challenge], **added)
        pathway = "Ask, pair, meet weekly, ask again at Christmas"
        points.add_point(kind="pathway", title=pathway, serves=[goal], **added)
        points.add_point(kind="standard", title="An hour a week that nothing else may take", serves=[goal], **added)
        challenges.sign_on(actor=here.teller.actor(second), challenge=challenge)
    here.talk(
        intent,
        "team",
        "Lower school and two newcomers",
        "Nobody knew where the paper is.\nA partner would do.",
        ago=140,
    )
    here.talk(
        intent, "parents", "Open day, about thirty parents", "They want to know who their child can go to.", ago=112
    )


def _tell_castlewick(here: Chapter, district: Intent) -> None:
    vision = here.vision(
        "A large school that feels small", "Nobody here is a number, and nobody waits in the dark.", ago=180
    )
    intent = here.intent(
        vision,
        CASTLEWICK_INTENT,
        "Understanding is talked about in every lesson, by pupils more than by teachers.",
        ago=170,
        belief="Where we tried it, pupils asked for more.",
    )
    here.serve(intent, district, "serves", "Who understands can read to learn.")
    second = here.teller.colleague(here.slug, here.lead)
    what = "Whoever asks us something, at home or in class, knows within two days where they stand."
    challenge = here.challenge(intent, CASTLEWICK_CHALLENGE, what, ago=90, due=110, second=second, gateways=["voice"])
    here.cite(challenge, "listen.voice", "Voice is the weakest of the four.", ago=88)
    here.start(challenge, ago=85, fits_priorities="partly")
    what = "Homework means the same in every subject."
    over = here.challenge(intent, "Homework means the same everywhere", what, ago=160, due=5, second=second)
    here.start(over, ago=155)
    with time.at(instant(here.teller.calendar.lately(95))):
        learned = "Subjects need different things at home. What pupils missed was to know why."
        challenges.close(actor=here.actor, challenge=over, outcome="not_met", learned=learned)


def _tell_thornmere(here: Chapter, district: Intent) -> None:
    vision = here.vision(
        "A school that keeps its word", "What is said here is done here, by whoever is still here.", ago=150
    )
    direction = "Reading is taught in every subject until nobody is shut out of a lesson by a text."
    intent = here.intent(vision, THORNMERE_INTENT, direction, ago=145)
    here.serve(intent, district, "adopts", "It is ours as well.")
    facilitator, teacher = here.teller.cast("facilitator"), here.teller.cast("teacher")
    challenge = here.challenge(
        intent,
        THORNMERE_CHALLENGE,
        "Pupils of eleven to thirteen who read weakly can say what a page of science or history is about.",
        ago=60,
        due=130,
        second=facilitator,
        how_known="They tell a partner from another class, and the partner gets it.",
        curriculum="reading",
        gateways=["learning_to_learn", "assessment"],
    )
    here.cite(challenge, "listen.trust", "Trust fell; this has to be done together or not at all.", ago=55)
    open_answers = {"fits_priorities": "no", "believed": "partly"}
    here.start(
        challenge, ago=45, **open_answers, note="The workload group has ended. What stops, so that this can begin?"
    )
    with time.at(instant(here.teller.calendar.lately(40))):
        points.add_point(
            actor=here.actor,
            unit=here.unit,
            kind="pathway",
            title="One subject a half term, and tell each other",
            serves=[challenge],
            owner=facilitator,
        )
        body = "We have begun a third thing before two others ended. I would first ask what we stop."
        said = conversing.say_dissent(actor=here.teller.actor(teacher), intent=intent, body=body)
    with time.at(instant(here.teller.calendar.lately(33))):
        answer = "You are right that nothing was stopped. The timetable draft will name two things that end in July."
        conversing.answer_dissent(actor=here.actor, dissent=said, answer=answer)


def _tell_oakhollow(here: Chapter, alliance: Intent) -> None:
    vision = here.vision("A school with earth under its nails", "Children know where things come from.", ago=120)
    direction = "What can be learned outdoors is learned outdoors."
    belief = "Everybody here has seen a loud class grow quiet over a seed."
    intent = here.intent(vision, OAKHOLLOW_INTENT, direction, ago=115, belief=belief)
    here.serve(intent, alliance, "serves", "Others may come and look.")
    what = "Every class has learned something outdoors in every week of the year, and can show it."
    here.challenge(intent, OAKHOLLOW_CHALLENGE, what, ago=80, due=140, second=None, curriculum="science")
