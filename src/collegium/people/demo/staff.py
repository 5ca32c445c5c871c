"""The chapter of people: who works where, who leaves, who comes, who governs."""

from __future__ import annotations

import datetime as dt
import random

from collegium.people.demo import story
from collegium.people.demo.book import Book
from collegium.people.demo.names import Name
from collegium.people.demo.structure import team_slug
from collegium.people.enums import Level, UnitKind
from collegium.people.models import Person, Post, Unit

LONG_AGO_SHARE = 0.08  # people who were there before anybody wrote it down
MOST_YEARS_BEFORE = 16
SUPPORT_TITLES = ("Teaching assistant", "Teaching assistant", "Learning mentor")
OFFICE_TITLES = ("Office manager", "Receptionist", "Caretaker", "Cook", "Cleaner in charge", "Technician", "Librarian")
GOVERNOR_TITLES = ("Chair of governors", "Vice-chair of governors", "Parent governor", "Governor")
CHRISTMAS = 122  # days from the first of September to the first of January
UNFILLED_AT_THORNMERE = 3

# Where the people whom the story names work: unit, team, title.
NAMED_TEACHERS = {"teacher": (story.THORNMERE, "Science", 3), "facilitator": (story.THORNMERE, "English", 0)}


def tell(book: Book) -> None:
    """Add everybody, year by year."""
    rng = book.chance("staff")
    for slug, _name, _kind, posts in story.UPPER_UNITS:
        for number, (title, level) in enumerate(posts):
            named = story.NAMES["alliance_leader"] if slug == story.ALLIANCE and number == 0 else None
            _join(book, rng, book.units[slug], title, Level(level), name=named)
    for plan in story.SCHOOLS:
        _open_school(book, rng, plan)
        _govern(book, rng, plan)
    _leave_and_come(book, rng)
    _change_heads(book)
    _grow(book, rng)
    _serve_two_schools(book, rng)
    _come_and_go_lately(book, rng)


def _join(
    book: Book,
    rng: random.Random,
    unit: Unit,
    title: str,
    level: Level,
    *,
    starts: dt.date | None = None,
    name: Name | None = None,
) -> Post:
    """Add a person with a post: from a given day, or from some September before the story."""
    if starts is None and rng.random() >= LONG_AGO_SHARE:
        starts = book.calendar.year(1 - int(rng.triangular(0, MOST_YEARS_BEFORE, 2)))
    person = book.person(name or book.names.draw(), starts or book.calendar.first_day)
    return book.post(person, unit, title, level, starts)


def _open_school(book: Book, rng: random.Random, plan: story.SchoolPlan) -> None:
    school = book.units[plan.slug]
    heads = {
        story.THORNMERE: "left_head",
        story.OAKHOLLOW: "only_steward",
        story.LITTLE_ORRIN: "small_head",
        story.KESTREL_LANE: "growing_head",
    }
    head = heads.get(plan.slug)
    _join(book, rng, school, plan.head, Level.EXECUTIVE, name=story.NAMES[head] if head else None)
    for number, title in enumerate(plan.seniors):
        named = story.NAMES["principal"] if plan.slug == story.THORNMERE and number == 0 else None
        _join(book, rng, school, title, Level.SENIOR, name=named)
    for _ in range(plan.own_teachers):
        _join(book, rng, school, "Class teacher", Level.CLASSROOM)
    for number in range(plan.own_support):
        _join(book, rng, school, "Teaching assistant" if number else "School secretary", Level.SUPPORT)
    for team in plan.teams:
        _fill_team(book, rng, plan, team)


def _fill_team(book: Book, rng: random.Random, plan: story.SchoolPlan, team: story.TeamPlan) -> None:
    unit = book.units[team_slug(plan.slug, team.name)]
    named = {place: key for key, place in NAMED_TEACHERS.items()}
    for number in range(team.teachers):
        key = named.get((plan.slug, team.name, number))
        title, level = (f"Leader of {_in_sentence(team.name)}", Level.MIDDLE) if number == 0 else _teaching(team)
        _join(book, rng, unit, title, level, name=story.NAMES[key] if key else None)
    for number in range(team.support):
        if team.teachers:
            title = SUPPORT_TITLES[number % len(SUPPORT_TITLES)]
        else:
            title = OFFICE_TITLES[number % len(OFFICE_TITLES)]
        _join(book, rng, unit, title, Level.SUPPORT)


def _teaching(team: story.TeamPlan) -> tuple[str, Level]:
    if team.subject in {"Primary", "Early years"}:
        return "Class teacher", Level.CLASSROOM
    if team.subject == "Inclusion":
        return "Specialist teacher", Level.CLASSROOM
    return f"Teacher of {_in_sentence(team.name)}", Level.CLASSROOM


def _in_sentence(name: str) -> str:
    return name if name == "English" else name[:1].lower() + name[1:]


def _govern(book: Book, rng: random.Random, plan: story.SchoolPlan) -> None:
    for number in range(plan.governors):
        named = story.NAMES["governor"] if plan.slug == story.THORNMERE and number == 0 else None
        title = GOVERNOR_TITLES[min(number, len(GOVERNOR_TITLES) - 1)]
        _join(book, rng, book.units[plan.slug], title, Level.GOVERNANCE, name=named)


# --- comings and goings -----------------------------------------------------------------------------------------------
def _leave_and_come(book: Book, rng: random.Random) -> None:
    """At the end of year 1 and at Christmas of year 2 some teachers leave, and most are followed by somebody new."""
    calendar = book.calendar
    kept = {name.full for name in story.NAMES.values()}
    for turn, day in enumerate((calendar.year(2), calendar.day(2, CHRISTMAS))):
        for plan in story.SCHOOLS:
            leavers = _draw_leavers(book, rng, plan, day, share=plan.leavers[turn], kept=kept)
            unfilled = UNFILLED_AT_THORNMERE if plan.slug == story.LEADER_LEFT and turn == 1 else 0
            for number, post in enumerate(leavers):
                post.ends_on = day
                if number >= unfilled:
                    _join(book, rng, post.unit, post.title, Level(post.level), starts=day)


def _draw_leavers(
    book: Book, rng: random.Random, plan: story.SchoolPlan, day: dt.date, *, share: float, kept: set[str]
) -> list[Post]:
    teachers = [
        post
        for team in plan.teams
        for post in book.posts_in(book.units[team_slug(plan.slug, team.name)], day)
        if post.level == Level.CLASSROOM and post.person.full_name not in kept
    ]
    return rng.sample(teachers, round(share * len(teachers)))


def _change_heads(book: Book) -> None:
    """The principal of Thornmere leaves after year 1; a deputy acts in her place to this day."""
    day = book.calendar.year(2)
    thornmere = book.units[story.THORNMERE]
    for key in ("left_head", "principal"):
        post = next(post for post in book.posts_in(thornmere, book.calendar.today) if post.person is book.cast(key))
        post.ends_on = day
    book.post(book.cast("principal"), thornmere, "Acting principal", Level.EXECUTIVE, day)


def _grow(book: Book, rng: random.Random) -> None:
    """Kestrel Lane takes on teachers and supporters every half year."""
    plan = next(plan for plan in story.SCHOOLS if plan.slug == story.GROWING)
    plans = {team.name: team for team in plan.teams}
    for step in range(1, story.GROWTH_STEPS + 1):
        day = book.calendar.day(1 + step // 2, CHRISTMAS if step % 2 else 0)
        for number in range(story.GROWTH_TEACHERS + story.GROWTH_SUPPORT):
            team = story.GROWTH_TEAMS[number % len(story.GROWTH_TEAMS)]
            unit = book.units[team_slug(plan.slug, team)]
            if number < story.GROWTH_TEACHERS:
                title, level = _teaching(plans[team])
            else:
                title, level = "Teaching assistant", Level.SUPPORT
            _join(book, rng, unit, title, level, starts=day)


def _serve_two_schools(book: Book, rng: random.Random) -> None:
    """Two teachers of the high school also teach a day a week at the very small school."""
    little = book.units[story.LITTLE_ORRIN]
    for team, title in (("Languages", "Teacher of French"), ("Arts and sport", "Teacher of music")):
        unit = book.units[team_slug(story.CASTLEWICK, team)]
        teachers = [post for post in book.posts_in(unit, book.calendar.today) if post.level == Level.CLASSROOM]
        book.post(
            rng.choice(teachers).person, little, title, Level.CLASSROOM, book.calendar.day(1, 120), is_primary=False
        )


def _come_and_go_lately(book: Book, rng: random.Random) -> None:
    """In the last weeks one more teacher leaves Thornmere, and two people join other schools."""
    calendar = book.calendar
    plan = next(plan for plan in story.SCHOOLS if plan.slug == story.LEADER_LEFT)
    kept = {name.full for name in story.NAMES.values()}
    _draw_leavers(book, rng, plan, calendar.today, share=1, kept=kept)[0].ends_on = calendar.lately(12)
    for slug, team, title, days in (
        (story.GROWING, "Lower school", "Teaching assistant", 20),
        (story.CASTLEWICK, "Office and site", "Librarian", 5),
    ):
        unit = book.units[team_slug(slug, team)]
        _join(book, rng, unit, title, Level.SUPPORT, starts=calendar.lately(days))


def schools_leaders(book: Book, slug: str, on: dt.date) -> list[Person]:
    """Return who leads a unit on a day: the executive first, then the seniors."""
    posts = book.posts_in(book.units[slug], on)
    leading = [post for level in (Level.EXECUTIVE, Level.SENIOR) for post in posts if post.level == level]
    if book.units[slug].kind == UnitKind.SCHOOL and not leading[1:]:
        leading += [post for post in posts if post.level == Level.CLASSROOM]
    return [post.person for post in leading]
