"""What is found out in the demo, in words and numbers; docs/reference/demo.md says what is true of it."""

from __future__ import annotations

import random
from dataclasses import dataclass

from collegium.enquire.enums import Decision, DriverKind, Ending, Role, Stage, Template
from collegium.people.demo.story import BRINDLE_STREET, CASTLEWICK, KESTREL_LANE, THORNMERE

CLOSED = "Closed: the heating was out"
BEGUN_TITLE = "Lessons begun two minutes after the bell"
BEGUN_DEFINITION = (
    "Of the lessons that one of us walked past in the week, those that had begun two minutes after the bell."
)
TOLD_BEFORE, TRIED_BEFORE = 60, 20  # days of term before the end: the idea is told, and the others say how they try it


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """A weekly share that is drawn by chance: `before`, and `after` from the week `changes` on, if there is one."""

    title: str
    definition: str
    before: float
    after: float
    weeks: int
    changes: int = 0
    closed: frozenset[int] = frozenset()
    fewest: int = 36
    most: int = 44
    groups: tuple[str, ...] = ()
    role: Role = Role.OUTCOME
    baseline: int = 0
    reason: str = ""

    def draw(self, dice: random.Random) -> list[tuple[int, int] | None]:
        """Return so many of so many, week by week of term; None where the school was closed."""
        drawn: list[tuple[int, int] | None] = []
        for week in range(self.weeks):
            of = dice.randint(self.fewest, self.most)
            share = self.after if self.changes and week >= self.changes else self.before
            value = sum(dice.random() < share for _each in range(of))
            drawn.append(None if week in self.closed else (value, of))
        return drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A cycle: what was tried and expected, since when; with `found`, what came of it and what followed."""

    plan: str
    prediction: str
    begun: int  # days of term before the story ends
    studied: int = 0
    found: str = ""
    surprise: str = ""
    decision: Decision = Decision.ADOPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An enquiry of the story: where, what, since when, how far, and what came of it. `owner` is one of the cast."""

    slug: str
    title: str
    question: str
    aim: str
    template: Template
    stage: Stage
    days: int  # of term before the story ends
    notes: tuple[tuple[Stage, int, str], ...] = ()  # stage, days of term before the end, words
    numbers: Numbers | None = None
    tests: tuple[Tried, ...] = ()  # the first first
    boxes: tuple[tuple[DriverKind, int, str], ...] = ()  # of the driver diagram: what, under which box, words
    step: int = 0  # of progress, in half steps
    step_why: str = ""
    wanted: str = ""  # what would help
    file: str = ""  # what was seen, kept as a file
    owner: str = ""
    is_owned_by_two: bool = True
    ending: Ending | None = None
    finding: str = ""
    again: str = ""


DOORS = Plan(
    slug=CASTLEWICK,
    title="A greeting at the door",
    question="If each of us greets every pupil at the door, do lessons begin sooner?",
    aim="Four of five lessons have begun two minutes after the bell.",
    template=Template.CLASSROOM,
    stage=Stage.EFFECT,
    days=190,
    notes=(
        (Stage.CONTEXT, 188, "In the third lesson of the day it is worst: pupils come from all over the site."),
        (Stage.PURPOSE, 185, "We want quiet beginnings, not stricter ones."),
        (Stage.ACTION, 98, "From this week on somebody stands at every door and says each name."),
        (Stage.EFFECT, 12, "It holds, also with supply teachers. What surprised us: pupils greet back by now."),
    ),
    numbers=Numbers(
        title=BEGUN_TITLE,
        definition=BEGUN_DEFINITION,
        before=0.55,
        after=0.8,
        weeks=26,
        changes=13,
        closed=frozenset({7}),
        baseline=13,
        reason="So many weeks we counted before anybody greeted at the door.",
    ),
    tests=(
        Tried(
            plan="One of us stands at one door for a week, and says each name.",
            prediction="In that room lessons begin two minutes sooner.",
            begun=112,
            studied=106,
            found="They did, on four of five days.",
            surprise="Late pupils came in more quietly.",
            decision=Decision.SCALE,
        ),
        Tried(
            plan="Four doors of the lower corridor, for a week.",
            prediction="Three of four lessons there begin within two minutes.",
            begun=105,
            studied=99,
            found="Two of three did. Where nobody could leave the room before, it did not work.",
            decision=Decision.ADAPT,
        ),
        Tried(
            plan="Somebody stands at every door in the first two minutes, and says each name.",
            prediction="Seven of ten lessons begin within two minutes, where it was five or six.",
            begun=98,
            studied=12,
            found="Eight of ten do, for a whole term.",
            surprise="Pupils greet back by now, and cover teachers have taken it up.",
        ),
    ),
    boxes=(
        (DriverKind.AIM, -1, "Four of five lessons have begun two minutes after the bell"),
        (DriverKind.PRIMARY, 0, "Pupils are there when the bell rings"),
        (DriverKind.PRIMARY, 0, "The room is ready for them"),
        (DriverKind.SECONDARY, 1, "Ways between lessons that do not cross"),
        (DriverKind.SECONDARY, 1, "A reason to come in: somebody waits for me"),
        (DriverKind.SECONDARY, 2, "Nobody has to fetch anything first"),
        (DriverKind.IDEA, 4, "Somebody stands at the door and says each name"),
        (DriverKind.IDEA, 5, "The first task is on the board already"),
        (DriverKind.MEASURE, 0, "Lessons begun two minutes after the bell"),
        (DriverKind.MEASURE, 6, "Doors with somebody at them"),
    ),
    step=8,
    step_why="It is in the handbook for new staff.",
    file="In the third lesson: 31 pupils in the upper corridor at the bell, 12 two minutes later.",
)
READING = Plan(
    slug=KESTREL_LANE,
    title="Partners who read aloud",
    question="Do pupils of eight who read aloud to a partner each day finish more of what they begin?",
    aim="Three of four books that are begun are finished.",
    template=Template.LESSON_STUDY,
    stage=Stage.ACTION,
    days=110,
    notes=(
        (Stage.CONTEXT, 108, "Many choose a book, and few bring it back read."),
        (Stage.ACTION, 40, "Both classes have begun: ten minutes after lunch, the same partner for a week."),
    ),
    numbers=Numbers(
        title="Books finished, of those begun",
        definition="Of the books that were due back in the week, those that were read to the end.",
        before=0.5,
        after=0.5,
        weeks=15,
        fewest=18,
        most=26,
        groups=("Class 4a", "Class 4b"),
    ),
    tests=(
        Tried(
            plan="Ten minutes after lunch, the same partner for a week, in both classes.",
            prediction="Within six weeks two of three books are finished.",
            begun=40,
        ),
    ),
    step=7,
    step_why="Parents tell us so.",
)
QUESTIONS = Plan(
    slug=THORNMERE,
    title="Whose questions?",
    question="What happens to the questions that pupils write on the wall?",
    aim="",
    template=Template.PDSA,
    stage=Stage.CONTEXT,
    days=18,
    notes=((Stage.CONTEXT, 16, "I read a week of them. Half were about things that we never teach."),),
    owner="teacher",
    is_owned_by_two=False,
)
LUNCH = Plan(
    slug=BRINDLE_STREET,
    title="A club for homework at lunch",
    question="If the library is open for homework at lunch, do more pupils hand it in?",
    aim="Four of five hand in on time.",
    template=Template.CLASSROOM,
    stage=Stage.EFFECT,
    days=200,
    notes=(
        (Stage.ACTION, 150, "Open on Tuesdays and Thursdays. About twenty come, and most of them handed in before."),
    ),
    numbers=Numbers(
        title="Homework handed in on time",
        definition="Of the pieces set in the week in year 5, those handed in by Friday.",
        before=0.6,
        after=0.6,
        weeks=20,
        fewest=50,
        most=58,
    ),
    ending=Ending.ABANDON,
    finding="Nothing changed in a term. Those who came were those who hand in anyway. What keeps the others from it is "
    "not the room.",
    again="Ask those who do not hand in first, before opening a room for them.",
)
HOMEWORK = Plan(
    slug=CASTLEWICK,
    title="Homework begun in the lesson",
    question="If the last five minutes of a lesson begin the homework, do more pupils hand it in?",
    aim="Four of five pieces are handed in on time.",
    template=Template.CLASSROOM,
    stage=Stage.EFFECT,
    days=217,
    notes=(
        (Stage.CONTEXT, 213, "We asked those who hand in nothing. Most said that they do not know how to begin."),
        (Stage.ACTION, 115, "From this week on the last five minutes begin the homework, with somebody to ask."),
    ),
    numbers=Numbers(
        title="Pieces handed in on time",
        definition="Of the pieces of homework set in the week in year 7, those handed in on their day.",
        before=0.55,
        after=0.8,
        weeks=25,
        changes=13,
        closed=frozenset({10}),  # the same week as at the doors
        fewest=60,
        most=70,
        baseline=13,
        reason="So many weeks we counted before lessons began the homework.",
    ),
    tests=(
        Tried(
            plan="Two of us begin the homework in the last five minutes, for a week.",
            prediction="In those classes two of three pieces come in on time.",
            begun=126,
            studied=119,
            found="Three of four did.",
            surprise="Fewer questions in the evening.",
            decision=Decision.SCALE,
        ),
        Tried(
            plan="Every lesson of year 7 that sets homework begins it in its last five minutes.",
            prediction="Seven of ten pieces come in on time, where it was five or six.",
            begun=115,
            studied=38,
            found="Eight of ten do, for a whole term.",
        ),
    ),
    ending=Ending.ADOPT,
    finding="Eight of ten pieces come in on time, where it was five or six. Year 7 keeps it.",
    again="Count from the first week on how long the beginning takes: in some lessons it was ten minutes.",
)
PLANS = (DOORS, READING, QUESTIONS, LUNCH, HOMEWORK)
