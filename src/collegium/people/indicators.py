"""What this room can measure about a unit."""

from __future__ import annotations

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from collegium.base.indicators import Indicator, Reading
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


INDICATORS = (
    Indicator("people.staff_count", _("People with a post"), "count", _staff_count, 10, "people:unit_people"),
    Indicator("people.newcomers", _("New within a year"), "count", _newcomers, 20, "people:unit_over_time"),
    Indicator("people.groups", _("Groups"), "count", _groups, 30, "people:unit_groups"),
    Indicator("people.stewards", _("Stewards"), "count", _stewards, 40, "people:unit_roles"),
)
