"""The truth of the demo: who is who and what happened, as plain facts (docs/reference/demo.md tells it in words).

Everything else about the demo is drawn by chance from a seed. What stands here is meant to be found again by whoever
walks through the demo, and by the tests of later rooms, which tell their part of the same story.
"""

from __future__ import annotations

from dataclasses import dataclass

from collegium.people.demo.names import Name
from collegium.people.enums import Governance, GroupKind, UnitKind

VERSION = 7  # Raise it when the story changes: an older demo is then built anew.
COMMUNITY = "Wendrill"

DISTRICT = "wendrill-district"
ALLIANCE = "wendrill-alliance"
THORNMERE = "thornmere-academy"
CASTLEWICK = "castlewick-high-school"
KESTREL_LANE = "kestrel-lane-primary"
BRINDLE_STREET = "brindle-street-primary"
OAKHOLLOW = "oakhollow-school"
LITTLE_ORRIN = "little-orrin-school"

# What is true of the schools; later rooms measure it.
LEADER_LEFT = THORNMERE  # Trust falls here after the leader leaves.
GROWING = KESTREL_LANE  # Staff are added every term.
VERY_SMALL = LITTLE_ORRIN  # So few that most numbers of it may never be shown.
ONE_STEWARD = OAKHOLLOW  # All of it rests on one person.
JOINED_LATE = BRINDLE_STREET  # Contained in the alliance from year 2 only.
DUPLICATES = ("Reading across subjects", "Reading for meaning")  # Two groups, two schools, one piece of work.


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPlan:
    """A team of a school: teachers with a leader, or support staff with one."""

    name: str
    teachers: int = 0
    support: int = 0
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPlan:
    """A school as it is at the start of the story."""

    slug: str
    name: str
    identifier: str
    head: str  # the title of who leads it
    seniors: tuple[str, ...]
    teams: tuple[TeamPlan, ...]
    governors: int
    leavers: tuple[float, ...]  # the share of teachers who leave at the end of each year
    own_teachers: int = 0  # posts that stand in the school itself, where there are no teams
    own_support: int = 0


def _secondary(*sizes: int) -> tuple[TeamPlan, ...]:
    subjects = ("English", "Mathematics", "Science", "Humanities", "Languages", "Arts and sport")
    teams = tuple(
        TeamPlan(name=name, teachers=size, subject=name) for name, size in zip(subjects, sizes[:6], strict=True)
    )
    return (
        *teams,
        TeamPlan(name="Student support", teachers=2, support=sizes[6] - 2, subject="Inclusion"),
        TeamPlan(name="Office and site", support=sizes[7]),
    )


SCHOOLS: tuple[SchoolPlan, ...] = (
    SchoolPlan(
        slug=THORNMERE,
        name="Thornmere Academy",
        identifier="WD-1001",
        head="Principal",
        seniors=("Deputy principal", "Deputy principal, curriculum", "Assistant principal", "Assistant principal"),
        teams=_secondary(8, 8, 9, 8, 5, 7, 9, 7),
        governors=6,
        leavers=(0.09, 0.18),
    ),
    SchoolPlan(
        slug=CASTLEWICK,
        name="Castlewick High School",
        identifier="WD-1002",
        head="Headteacher",
        seniors=("Deputy headteacher", "Assistant headteacher", "Assistant headteacher"),
        teams=_secondary(8, 7, 8, 7, 4, 6, 9, 7),
        governors=6,
        leavers=(0.07, 0.06),
    ),
    SchoolPlan(
        slug=KESTREL_LANE,
        name="Kestrel Lane Primary",
        identifier="WD-2001",
        head="Headteacher",
        seniors=("Deputy headteacher",),
        teams=(
            TeamPlan(name="Early years", teachers=3, support=3, subject="Early years"),
            TeamPlan(name="Lower school", teachers=4, support=2, subject="Primary"),
            TeamPlan(name="Upper school", teachers=4, support=2, subject="Primary"),
            TeamPlan(name="Inclusion", teachers=1, support=3, subject="Inclusion"),
            TeamPlan(name="Office and site", support=3),
        ),
        governors=5,
        leavers=(0.05, 0.05),
    ),
    SchoolPlan(
        slug=BRINDLE_STREET,
        name="Brindle Street Primary",
        identifier="WD-2002",
        head="Headteacher",
        seniors=("Deputy headteacher", "Assistant headteacher"),
        teams=(
            TeamPlan(name="Early years", teachers=4, support=4, subject="Early years"),
            TeamPlan(name="Lower school", teachers=5, support=3, subject="Primary"),
            TeamPlan(name="Upper school", teachers=6, support=3, subject="Primary"),
            TeamPlan(name="Inclusion", teachers=2, support=4, subject="Inclusion"),
            TeamPlan(name="Office and site", support=6),
        ),
        governors=5,
        leavers=(0.08, 0.07),
    ),
    SchoolPlan(
        slug=OAKHOLLOW,
        name="Oakhollow School",
        identifier="WD-2003",
        head="Headteacher",
        seniors=("Deputy headteacher",),
        teams=(
            TeamPlan(name="Early years", teachers=3, support=3, subject="Early years"),
            TeamPlan(name="Lower school", teachers=4, support=3, subject="Primary"),
            TeamPlan(name="Upper school", teachers=4, support=3, subject="Primary"),
            TeamPlan(name="Inclusion", teachers=2, support=3, subject="Inclusion"),
            TeamPlan(name="Office and site", support=4),
        ),
        governors=5,
        leavers=(0.06, 0.06),
    ),
    SchoolPlan(
        slug=LITTLE_ORRIN,
        name="Little Orrin School",
        identifier="WD-2004",
        head="Teaching headteacher",
        seniors=(),
        teams=(),
        governors=3,
        leavers=(0.0, 0.0),
        own_teachers=3,
        own_support=3,
    ),
)

# Who is added to the growing school: so many teachers and supporters in each half year from the start of the story.
GROWTH_TEAMS = ("Early years", "Lower school", "Upper school", "Inclusion")
GROWTH_STEPS = 3
GROWTH_TEACHERS, GROWTH_SUPPORT = 4, 2

DISTRICT_POSTS: tuple[tuple[str, str], ...] = (
    ("Director of schools", "executive"),
    ("Deputy director of schools", "senior"),
    ("Adviser, learning and leadership", "senior"),
    ("Adviser, inclusion", "senior"),
    ("Adviser, early years", "middle"),
    ("Data officer", "support"),
    ("Finance officer", "support"),
    ("Office manager", "support"),
)
ALLIANCE_POSTS: tuple[tuple[str, str], ...] = (
    ("Director of the alliance", "executive"),
    ("Coordinator, enquiry and practice", "middle"),
    ("Coordinator, leadership development", "middle"),
    ("Administrator", "support"),
)

# How binding each school's tie to the alliance is, at first and (from year 2) now.
GOVERNANCE: dict[str, tuple[Governance | None, Governance]] = {
    THORNMERE: (Governance.JOINT_BODY, Governance.AGREEMENT),
    CASTLEWICK: (Governance.JOINT_BODY, Governance.JOINT_BODY),
    KESTREL_LANE: (Governance.AGREEMENT, Governance.JOINT_BODY),
    BRINDLE_STREET: (None, Governance.UNDERSTANDING),
    OAKHOLLOW: (Governance.AGREEMENT, Governance.AGREEMENT),
    LITTLE_ORRIN: (Governance.UNDERSTANDING, Governance.UNDERSTANDING),
}
PARTNERS = ((KESTREL_LANE, LITTLE_ORRIN, Governance.CONVERSATION), (CASTLEWICK, THORNMERE, Governance.CONVERSATION))


@dataclass(frozen=True, slots=True)
class Part:
    """A person whom the story names, and how the one-click links of the demo call them."""

    key: str
    name: Name
    label: str = ""


CAST: tuple[Part, ...] = (
    Part("teacher", Name("Gifty", "Lamptey"), "Teacher"),
    Part("facilitator", Name("Rohit", "Sanghera"), "Team facilitator"),
    Part("principal", Name("Imogen", "Lofthouse"), "Principal"),
    Part("alliance_leader", Name("Marisol", "Echeverri"), "Alliance leader"),
    Part("governor", Name("Danuta", "Mazurek"), "Governor"),
    Part("left_head", Name("Owain", "Fothergill")),  # led Thornmere until the end of year 1
    Part("only_steward", Name("Usha", "Virdee")),  # head of Oakhollow, on whom all rests
    Part("small_head", Name("Morag", "Netherwood")),  # head of Little Orrin, who also teaches
    Part("growing_head", Name("Folake", "Ibekwe")),  # head of Kestrel Lane
)
NAMES = {part.key: part.name for part in CAST}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPlan:
    """A group: where it lives, who is in it, since when. Members are drawn from teams, or from schools by title."""

    unit: str
    kind: GroupKind
    name: str
    purpose: str
    year: int  # 0: `days` counts back from today
    days: int
    members: tuple[tuple[str, str, int], ...]  # unit slug, team name or "" for its leaders, how many
    facilitator: str = ""  # a key of the cast; else the first member
    named: tuple[str, ...] = ()  # keys of the cast who are members
    later: tuple[str, ...] = ()  # keys of the cast who join in year 2
    lasts_days: int = 0  # 0: it still meets


GROUPS: tuple[GroupPlan, ...] = (
    GroupPlan(
        unit=THORNMERE,
        kind=GroupKind.ENQUIRY,
        name=DUPLICATES[0],
        purpose="Find out what helps weak readers of eleven to thirteen understand a text, and try it everywhere.",
        year=1,
        days=40,
        members=((THORNMERE, "English", 2), (THORNMERE, "Humanities", 2), (THORNMERE, "Science", 2)),
        facilitator="facilitator",
        named=("teacher",),
    ),
    GroupPlan(
        unit=CASTLEWICK,
        kind=GroupKind.ENQUIRY,
        name=DUPLICATES[1],
        purpose="Try ways to help pupils of eleven to thirteen who read weakly to understand texts in all subjects.",
        year=1,
        days=130,
        members=((CASTLEWICK, "English", 3), (CASTLEWICK, "Science", 2), (CASTLEWICK, "Student support", 1)),
    ),
    GroupPlan(
        unit=ALLIANCE,
        kind=GroupKind.COMMITTEE,
        name="Heads’ round table",
        purpose="Agree what the six schools do together this year, and hear how it is going.",
        year=1,
        days=12,
        members=tuple((school.slug, "", 1) for school in SCHOOLS if school.slug != LEADER_LEFT),
        facilitator="alliance_leader",
        named=("left_head",),
        later=("principal",),
    ),
    GroupPlan(
        unit=ALLIANCE,
        kind=GroupKind.PLC,
        name="Mathematics from five to sixteen",
        purpose="See each other teach fractions, and settle on pictures and words that carry from school to school.",
        year=1,
        days=60,
        members=(
            (CASTLEWICK, "Mathematics", 2),
            (THORNMERE, "Mathematics", 2),
            (KESTREL_LANE, "Upper school", 2),
            (OAKHOLLOW, "Upper school", 1),
            (LITTLE_ORRIN, "", 1),
        ),
    ),
    GroupPlan(
        unit=ALLIANCE,
        kind=GroupKind.PLC,
        name="First words",
        purpose="Find out what in the first year of school makes children talk more, and with whom.",
        year=2,
        days=30,
        members=(
            (KESTREL_LANE, "Early years", 2),
            (BRINDLE_STREET, "Early years", 2),
            (OAKHOLLOW, "Early years", 2),
        ),
    ),
    GroupPlan(
        unit=KESTREL_LANE,
        kind=GroupKind.TEAM,
        name="Welcoming new colleagues",
        purpose="See that everybody who joins knows whom to ask, and is asked what they can do.",
        year=1,
        days=110,
        members=((KESTREL_LANE, "Lower school", 1), (KESTREL_LANE, "Upper school", 1), (KESTREL_LANE, "Inclusion", 1)),
        named=("growing_head",),
    ),
    GroupPlan(
        unit=THORNMERE,
        kind=GroupKind.COMMITTEE,
        name="Workload group",
        purpose="Find an hour a week for every teacher by stopping what nobody needs.",
        year=1,
        days=75,
        members=((THORNMERE, "Mathematics", 1), (THORNMERE, "Languages", 1), (THORNMERE, "Office and site", 1)),
        facilitator="left_head",
        lasts_days=285,
    ),
    GroupPlan(
        unit=CASTLEWICK,
        kind=GroupKind.PLC,
        name="Questions that make pupils think",
        purpose="Plan, watch and talk over one lesson a fortnight.",
        year=1,
        days=20,
        members=((CASTLEWICK, "Humanities", 3), (CASTLEWICK, "Languages", 2), (CASTLEWICK, "Arts and sport", 1)),
    ),
    GroupPlan(
        unit=BRINDLE_STREET,
        kind=GroupKind.PLC,
        name="Writing every day",
        purpose="Find ways for every child to write something of their own each day.",
        year=1,
        days=150,
        members=((BRINDLE_STREET, "Lower school", 2), (BRINDLE_STREET, "Upper school", 3)),
    ),
    GroupPlan(
        unit=OAKHOLLOW,
        kind=GroupKind.COMMITTEE,
        name="School garden",
        purpose="Keep the garden, and let every class work in it once a week.",
        year=2,
        days=20,
        members=((OAKHOLLOW, "Lower school", 2), (OAKHOLLOW, "Office and site", 1), (OAKHOLLOW, "Inclusion", 1)),
    ),
    GroupPlan(
        unit=CASTLEWICK,
        kind=GroupKind.TEAM,
        name="Open evening",
        purpose="Show families of ten-year-olds what a day here is like.",
        year=0,
        days=9,
        members=((CASTLEWICK, "Arts and sport", 2), (CASTLEWICK, "Science", 1), (CASTLEWICK, "Office and site", 1)),
    ),
    GroupPlan(
        unit=DISTRICT,
        kind=GroupKind.COMMITTEE,
        name="Inclusion panel",
        purpose="Share out specialist help between the schools, and say openly how it was decided.",
        year=1,
        days=30,
        members=(
            (DISTRICT, "", 2),
            (THORNMERE, "Student support", 1),
            (CASTLEWICK, "Student support", 1),
            (BRINDLE_STREET, "Inclusion", 1),
        ),
    ),
)

STRENGTHS: dict[str, tuple[str, ...]] = {
    "": (
        "Listening to parents who are upset",
        "Making a timetable work",
        "Running a meeting that ends on time",
        "Writing plainly",
        "Settling newcomers in",
        "Calming a corridor",
        "Spreadsheets",
        "Speaking Polish, Panjabi or Portuguese with families",
        "First aid",
        "Leading trips",
    ),
    "English": ("Teaching reluctant readers", "Debating", "Marking less and saying more"),
    "Mathematics": ("Explaining fractions", "Number talks", "Games that teach algebra"),
    "Science": ("Practical work with little kit", "Safe experiments", "Teaching climate science"),
    "Humanities": ("Teaching difficult history", "Local history", "Maps and fieldwork"),
    "Languages": ("Getting shy pupils to speak", "Songs in four languages", "Exchange visits"),
    "Arts and sport": ("Putting on a show", "Inclusive games", "Drawing with people who say they cannot"),
    "Inclusion": ("Autism in an ordinary classroom", "Working with speech therapists", "Plans that pupils own"),
    "Early years": ("Learning outdoors", "Talking with two-year-olds", "Phonics that is fun"),
    "Primary": ("Reading aloud", "Mixed-age classes", "Teaching through stories"),
}

UPPER_UNITS = (
    (DISTRICT, "Wendrill District", UnitKind.DISTRICT, DISTRICT_POSTS),
    (ALLIANCE, "Wendrill Alliance", UnitKind.ALLIANCE, ALLIANCE_POSTS),
)
