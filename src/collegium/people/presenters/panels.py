"""What this room shows on the home of a unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.base import openings, time
from collegium.base.figures import Distribution, Share
from collegium.base.panels import Panel, PanelContent, Sentence
from collegium.people import policies
from collegium.people.actors import Actor
from collegium.people.enums import Level, Role, UnitKind
from collegium.people.places import Place
from collegium.people.presenters.frame import link_person
from collegium.people.presenters.happenings import tell_together
from collegium.people.queries import roles, staff, trail, units

LATELY_LIMIT, LATELY_READ = 6, 40  # sentences shown, events read for them


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A first step of a new unit: what to do, why, and whether it is done."""

    title: str
    why: str
    url: str
    is_done: bool


def _url(name: str, place: Place, day: dt.date) -> str:
    query = "" if day == time.today() else f"?as_of={day.isoformat()}"
    return reverse(f"people:{name}", args=[place.slug]) + query


def build_who(actor: Actor, place: Place, day: dt.date) -> PanelContent | None:
    """Say who the unit is made of."""
    levels = staff.count_by_level(place.unit_id, day)
    if not any(levels.values()):
        return None
    kinds = units.count_kinds_within(place.unit_id, day)
    total = sum(levels.values())
    figure = Distribution(
        title=_("Posts by level"),
        shares=_level_shares(levels),
        sentence=_("Who works here, by the level of their posts."),
        counted=ngettext("%(n)s post", "%(n)s posts", total) % {"n": total},
    )
    holding = [_count_units(UnitKind(kind), kinds[kind]) for kind in UnitKind.values[::-1] if kinds.get(kind)]
    url = _url("unit_people", place, day) if policies.can_view_people(actor, place) else ""
    made_of = [_("Made of %(units)s.") % {"units": ", ".join(holding)}] if holding else []
    said = tuple(Sentence(text) for text in (figure.counted, *made_of))
    return PanelContent("people/panels/who.html", {"figure": figure, "holding": holding}, url, said)


def _level_shares(levels: dict[Level, int]) -> tuple[Share, ...]:
    """Senior and executive posts are few and stand together; a level without posts is left out."""
    shares = (
        Share(label=_("Classroom"), count=levels[Level.CLASSROOM]),
        Share(label=_("Middle leadership"), count=levels[Level.MIDDLE]),
        Share(label=_("Senior and executive leadership"), count=levels[Level.SENIOR] + levels[Level.EXECUTIVE]),
        Share(label=_("Support"), count=levels[Level.SUPPORT]),
        Share(label=_("Governance"), count=levels[Level.GOVERNANCE]),
    )
    return tuple(share for share in shares if share.count)


def _count_units(kind: UnitKind, count: int) -> str:
    words = {
        UnitKind.TEAM: ngettext("%(n)s team", "%(n)s teams", count),
        UnitKind.SCHOOL: ngettext("%(n)s school", "%(n)s schools", count),
        UnitKind.DISTRICT: ngettext("%(n)s district", "%(n)s districts", count),
        UnitKind.TRUST: ngettext("%(n)s trust", "%(n)s trusts", count),
        UnitKind.ALLIANCE: ngettext("%(n)s alliance", "%(n)s alliances", count),
        UnitKind.STATE: ngettext("%(n)s state", "%(n)s states", count),
    }
    return words[kind] % {"n": count}


def build_stewardship(actor: Actor, place: Place, day: dt.date) -> PanelContent | None:
    """Say who looks after the unit, and ask who could carry it on where one person stands alone."""
    if not policies.can_view_people(actor, place):
        return None
    found = roles.list_stewards_and_leads([place.unit_id], day).get(place.unit_id, {})
    stewards = [link_person(person_id, name) for person_id, name in found.get(Role.STEWARD, [])]
    leads = [link_person(person_id, name) for person_id, name in found.get(Role.LEAD, [])]
    context = {
        "stewards": stewards,
        "leads": leads,
        "alone": stewards[0] if len(stewards) == 1 else None,
        "give_url": _url("role_give", place, day) if policies.can_steward(actor, place) else "",
    }
    url = _url("unit_roles", place, day)
    missing = _say_who_is_missing(len(stewards))
    said = (Sentence(missing, url),) if missing else ()
    return PanelContent("people/panels/stewardship.html", context, url, said)


def _say_who_is_missing(stewards: int) -> str:
    if not stewards:
        return _("Nobody looks after this unit.")
    return _("Only one steward: who could carry it on?") if stewards == 1 else ""


def build_lately(actor: Actor, place: Place, day: dt.date) -> PanelContent | None:
    """Say in words what changed lately."""
    if not policies.can_view_people(actor, place):
        return None
    only_itself = not policies.can_view_people_below(actor, place)
    events = list(trail.list_events(place, trail.TrailFilter(until=day), only_itself=only_itself)[:LATELY_READ])
    if not events:
        return None
    url = _url("unit_audit", place, day) if policies.can_view_trail(actor, place) else ""
    happenings = tell_together(events)[:LATELY_LIMIT]
    said = tuple(Sentence(each.text) for each in happenings)
    return PanelContent("people/panels/lately.html", {"happenings": happenings}, url, said)


def build_first_steps(actor: Actor, place: Place, day: dt.date) -> PanelContent | None:
    """Lead the stewards of a new unit through what comes first in every room; gone once all is done."""
    if not policies.can_steward(actor, place):
        return None
    steps = tuple(
        Step(
            title=str(step.title),
            why=str(step.gives),
            url=opening.address(place.slug) if day == time.today() else "",
            is_done=step.is_done(place),
        )
        for opening, step in openings.list_first_steps()
        if opening.can(actor, place)
    )
    if all(step.is_done for step in steps):
        return None
    said = tuple(Sentence(step.title, step.url) for step in steps if not step.is_done)
    return PanelContent("people/panels/first_steps.html", {"steps": steps}, sentences=said)


PANELS = (
    Panel("people.first_steps", gettext_lazy("First steps"), 10, build_first_steps),
    Panel("people.who", gettext_lazy("Who we are"), 84, build_who),
    Panel("people.stewardship", gettext_lazy("Looking after it"), 86, build_stewardship),
    Panel("people.lately", gettext_lazy("What changed lately"), 90, build_lately),
)
