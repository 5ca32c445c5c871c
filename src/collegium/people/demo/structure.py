"""The chapter of units: a district and an alliance, six schools, their teams, and how they are tied."""

from __future__ import annotations

from django.utils.text import slugify

from collegium.people.demo import story
from collegium.people.demo.book import Book
from collegium.people.enums import TieKind, UnitKind


def tell(book: Book) -> None:
    """Add the units and ties."""
    calendar = book.calendar
    for slug, name, kind, _posts in story.UPPER_UNITS:
        book.unit(slug, name, kind)
    district, alliance = book.units[story.DISTRICT], book.units[story.ALLIANCE]
    for plan in story.SCHOOLS:
        school = book.unit(plan.slug, plan.name, UnitKind.SCHOOL, plan.identifier)
        book.tie(district, school)
        for team_plan in plan.teams:
            team = book.unit(team_slug(plan.slug, team_plan.name), team_plan.name, UnitKind.TEAM)
            book.tie(school, team)
        at_first, now = story.GOVERNANCE[plan.slug]
        if at_first == now:
            book.tie(alliance, school, governance=now)
            continue
        if at_first is not None:
            book.tie(alliance, school, governance=at_first, ends=calendar.year(2))
        book.tie(alliance, school, governance=now, starts=calendar.year(2))
    for one, other, governance in story.PARTNERS:
        book.tie(book.units[one], book.units[other], TieKind.PARTNER, governance=governance, starts=calendar.day(1, 90))


def team_slug(school: str, team: str) -> str:
    """Return the slug of a school's team."""
    return slugify(f"{school} {team}")
