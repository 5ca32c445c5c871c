"""How large units are, in words: people for schools and teams, units for all that is wider."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.people.enums import UnitKind
from collegium.people.models import Unit
from collegium.people.queries import structure, units

_COUNTED_BY_PEOPLE = frozenset({UnitKind.TEAM, UnitKind.SCHOOL})


def write_people(count: int) -> str:
    """Write a number of people."""
    return ngettext("%(n)s person", "%(n)s people", count) % {"n": count}


def write_sizes(shown: Iterable[Unit], as_of: dt.date) -> dict[uuid.UUID, str]:
    """Return how large each unit is; a list of districts is not the place to count all their people."""
    shown = list(shown)
    small = [unit.id for unit in shown if unit.kind in _COUNTED_BY_PEOPLE]
    wide = [unit.id for unit in shown if unit.kind not in _COUNTED_BY_PEOPLE]
    people, held = structure.count_people_by_unit(small, as_of), units.count_contained(wide, as_of)
    sizes = {unit_id: write_people(people.get(unit_id, 0)) for unit_id in small}
    return sizes | {unit_id: _write_units(held.get(unit_id, 0)) for unit_id in wide}


def _write_units(count: int) -> str:
    if count == 0:
        return _("nothing in it yet")
    return ngettext("%(n)s unit in it", "%(n)s units in it", count) % {"n": count}
