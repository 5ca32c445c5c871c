"""What this room can measure about a unit."""

from __future__ import annotations

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from collegium.base.indicators import Indicator, Meaning, Reading
from collegium.people.queries import groups, roles, staff

_SOURCE = _("Posts, groups and roles as they stand in Collegium")


def _staff_count(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    return Reading(value=staff.count_people(unit_id, as_of), source=str(_SOURCE))


def _stewards(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    return Reading(value=roles.count_stewards(unit_id, as_of), source=str(_SOURCE))


def _groups(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    return Reading(value=groups.count_groups(unit_id, as_of), source=str(_SOURCE))


def _newcomers(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    return Reading(value=staff.count_newcomers(unit_id, as_of), source=str(_SOURCE))


_MEANINGS = {
    "staff_count": Meaning(
        definition=_("Everybody who holds a post in the unit, or in a unit within it, on the day."),
        formula=_("People with a post on the day, each counted once however many posts they hold."),
        how_to_read=_("It says how large the unit is, and is what a share of those who answered is a share of."),
        how_not_to_read=_("It counts people and not hours: two half posts are two people."),
    ),
    "newcomers": Meaning(
        definition=_("People whose first post in the unit began within the year before the day."),
        formula=_("People with a post on the day whose earliest post in the unit is at most a year old."),
        how_to_read=_("Where many are new, ties, trust and what is taken for granted have to be built again."),
        how_not_to_read=_(
            "Many newcomers are no fault: a school that grows has them as well as one that people leave."
        ),
    ),
    "groups": Meaning(
        definition=_("Teams, learning communities, committees and enquiry groups that have their home in the unit."),
        formula=_("Groups that meet on the day, in the unit or in one within it."),
        how_to_read=_("It says where people work together besides their posts."),
        how_not_to_read=_("More groups are not better: the same few people may be in all of them."),
    ),
    "stewards": Meaning(
        definition=_("People who look after the unit's people, posts, groups and roles here."),
        formula=_("People who have the role of steward in the unit itself on the day."),
        how_to_read=_("With one steward everything rests on that person; with two it does not."),
        how_not_to_read=_("It says nothing about who leads the unit."),
    ),
}

INDICATORS = tuple(
    Indicator(f"people.{key}", title, "count", read, order, page, meaning=_MEANINGS[key])
    for key, title, read, order, page in (
        ("staff_count", _("People with a post"), _staff_count, 10, "people:unit_people"),
        ("newcomers", _("New within a year"), _newcomers, 20, "people:unit_over_time"),
        ("groups", _("Groups"), _groups, 30, "people:unit_groups"),
        ("stewards", _("Stewards"), _stewards, 40, "people:unit_roles"),
    )
)
