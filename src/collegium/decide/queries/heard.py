"""What people said that wants an answer, the themes it was put into, and dissent."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from collegium.decide import talking
from collegium.decide.errors import NotFound
from collegium.decide.models import Dissent, Matter, Theme, ThemePoint
from collegium.people.actors import Actor
from collegium.talk.models import Comment
from collegium.talk.queries import threads

POINTS_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Point:
    """A comment that people marked, with how many see it so too and how many ask for an answer."""

    comment: Comment
    agree: int
    wants_answer: int


def list_loose_points(matter: Matter) -> list[Point]:
    """Return the marked comments that are in no theme yet, those that most ask to be answered first."""
    placed = set(ThemePoint.objects.filter(theme__matter=matter).values_list("comment_id", flat=True))
    marked = threads.list_marked(talking.KIND, matter.id)
    return [Point(*each) for each in marked if each[0].id not in placed][:POINTS_LIMIT]


def count_unanswered(matter: Matter) -> int:
    """Return how many comments that somebody asked to be answered are in no theme."""
    return sum(point.wants_answer > 0 for point in list_loose_points(matter))


@dataclass(frozen=True, slots=True)
class FullTheme:
    """A theme with the comments that belong to it."""

    theme: Theme
    points: list[ThemePoint]


def list_themes(matter: Matter) -> list[FullTheme]:
    """Return the themes of a matter that was found for somebody, with what people said, in their order."""
    themes = list(Theme.objects.filter(matter=matter).select_related("answered_by").order_by("number"))
    points = ThemePoint.objects.filter(theme__in=themes).select_related("comment__author").order_by("comment__number")
    by_theme: dict[uuid.UUID, list[ThemePoint]] = {theme.id: [] for theme in themes}
    for point in points:
        by_theme[point.theme_id].append(point)
    return [FullTheme(theme, by_theme[theme.id]) for theme in themes]


def get_theme(matter: Matter, theme_id: uuid.UUID) -> Theme:
    """Return a theme of the matter; NotFound when it is of another one."""
    theme = Theme.objects.filter(matter=matter, id=theme_id).first()
    if theme is None:
        raise NotFound
    return theme


def list_dissents(matter: Matter) -> list[Dissent]:
    """Return what those who see it otherwise want to stand beside the outcome, in the order they wrote."""
    return list(Dissent.objects.filter(matter=matter).select_related("person").order_by("written_at", "id"))


def get_own_dissent(actor: Actor, matter: Matter) -> Dissent | None:
    """Return what the actor sees otherwise in a matter."""
    return Dissent.objects.filter(matter=matter, person_id=actor.person_id).first()
