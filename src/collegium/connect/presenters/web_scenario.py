"""What if: some posts stand empty from a day on. What is lost, what stands without an owner, who could carry on."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base import shared_work
from collegium.base.sentences import join
from collegium.base.shared_work import Left
from collegium.connect.presenters.web_frame import WebFrame, frame_web
from collegium.connect.presenters.web_leaving import name_post
from collegium.connect.queries import leaving, scenarios
from collegium.connect.queries.analyses import Analysis
from collegium.connect.queries.leaving import HeldPost
from collegium.connect.queries.scenarios import Lost
from collegium.connect.report_words import Line, count, write_line
from collegium.people.actors import Actor
from collegium.people.enums import Role
from collegium.people.presenters.frame import UnitFrame

MOST_LEAVERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PostChoice:
    """A post that may be imagined empty."""

    id: str
    title: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOn:
    """Who stands nearest to a post, by ties and level: other posts, never names."""

    post: str
    others: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioPage:
    """A scenario, and what would come of it; without anybody chosen only the form."""

    frame: WebFrame
    choices: tuple[PostChoice, ...]
    heading: str
    lines: tuple[Line, ...]
    orphans: tuple[Left, ...]
    carry_on: tuple[CarryOn, ...]
    is_asked: bool
    most: int = MOST_LEAVERS

    @property
    def unit(self) -> UnitFrame:
        """The unit, for what stands around every page about one."""
        return self.frame.unit


def present_scenario(actor: Actor, analysis: Analysis, layer_key: str, chosen: Collection[str]) -> ScenarioPage:
    """Return what would come of it if the chosen posts stood empty."""
    frame = frame_web(actor, analysis, layer_key, page="web_scenario")
    posts = leaving.list_choices_for(actor, analysis)
    leavers = [post for post in posts if str(post.id) in chosen][:MOST_LEAVERS]
    is_asked = bool(leavers) and frame.layer is not None
    lost = scenarios.work_out(analysis, frame.layer.key, leavers) if is_asked and frame.layer else None
    return ScenarioPage(
        frame=frame,
        choices=tuple(PostChoice(id=str(post.id), title=name_post(post), is_chosen=post in leavers) for post in posts),
        heading=_heading(leavers),
        lines=tuple(write_line(figure, k=frame.k) for figure in lost.figures) if lost else (),
        orphans=_orphans(actor, analysis, leavers) if is_asked else (),
        carry_on=_carry_on(posts, lost) if lost else (),
        is_asked=is_asked,
    )


def _heading(leavers: Sequence[HeldPost]) -> str:
    if not leavers:
        return ""
    return _("If these stood empty: %(posts)s") % {"posts": join([name_post(post) for post in leavers])}


def _orphans(actor: Actor, analysis: Analysis, leavers: Sequence[HeldPost]) -> tuple[Left, ...]:
    gone = {post.person_id for post in leavers}
    groups = [
        Left(
            title=group.name,
            url=reverse("people:group", args=[group.id]),
            words=_of_group(group.others),
        )
        for group in leaving.list_left_groups(actor, analysis.place, gone)
    ]
    roles = [
        Left(
            title=_("%(role)s of %(unit)s") % {"role": str(Role(role.role).label).capitalize(), "unit": role.unit},
            url=reverse("people:unit_roles", args=[role.slug]),
            words=_("Nobody else has this role. Give it to a second person before."),
        )
        for role in leaving.list_left_roles(analysis.place, gone)
    ]
    return (*groups, *roles, *shared_work.list_left(actor, analysis.place, gone))


def _of_group(others: int) -> str:
    if not others:
        return _("Nobody else is in this group.")
    return ngettext(
        "Nobody would facilitate it; %(n)s other is in it and could.",
        "Nobody would facilitate it; %(n)s others are in it and could.",
        others,
    ) % {"n": count(others)}


def _carry_on(posts: Sequence[HeldPost], lost: Lost) -> tuple[CarryOn, ...]:
    titles: dict[uuid.UUID, str] = {post.person_id: name_post(post) for post in posts}
    found = []
    for post, near in lost.near:
        named = [titles[person] for person in near if person in titles]
        found.append(
            CarryOn(post=name_post(post), others=join(named) if named else _("nobody with a post of leadership"))
        )
    return tuple(found)
