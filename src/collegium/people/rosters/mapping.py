"""Which column of a free-form staff list holds what: the mapping a person confirms, remembered as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from collegium.people.rosters.errors import UnreadableCode, UnreadableRoster
from collegium.people.rosters.records import UnitKind


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Column titles, empty where the file has no such column. `fixed_unit_id` is the unit when the file names none."""

    person_id: str = ""
    given_name: str = ""
    family_name: str = ""
    full_name: str = ""
    email: str = ""
    unit_id: str = ""
    unit_name: str = ""
    team: str = ""
    title: str = ""
    level: str = ""
    starts_on: str = ""
    ends_on: str = ""
    fixed_unit_id: str = ""
    unit_kind: UnitKind = "school"

    @property
    def columns(self) -> dict[str, str]:
        """Field to column title, for the fields that have a column."""
        return {name: getattr(self, name) for name in COLUMN_FIELDS if getattr(self, name)}

    @property
    def missing(self) -> tuple[str, ...]:
        """What still has to be named before a file can be read: "name" and "unit" at the least."""
        named = self.full_name or (self.given_name and self.family_name)
        placed = self.unit_id or self.unit_name or self.fixed_unit_id
        return tuple(need for need, met in (("name", named), ("unit", placed)) if not met)

    def to_json(self) -> str:
        """As text to be remembered; `from_json` reads it back."""
        return json.dumps({f.name: getattr(self, f.name) for f in fields(self)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> ColumnMapping:
        """The mapping remembered in `text`; what it does not know is ignored."""
        known = {f.name for f in fields(cls)}
        try:
            stored = json.loads(text)
            return cls(**{name: str(value) for name, value in stored.items() if name in known})  # type: ignore[arg-type]
        except (ValueError, AttributeError) as error:
            raise UnreadableRoster(UnreadableCode.MAPPING_NEEDED) from error


NOT_COLUMNS = {"fixed_unit_id", "unit_kind"}
COLUMN_FIELDS = tuple(f.name for f in fields(ColumnMapping) if f.name not in NOT_COLUMNS)


@dataclass(frozen=True, slots=True)
class Guess:
    """A mapping worth proposing, and how sure we are of each field (0 to 1)."""

    mapping: ColumnMapping
    confidence: Mapping[str, float] = field(default_factory=dict)
