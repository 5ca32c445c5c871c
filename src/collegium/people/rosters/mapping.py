"""Which column of a free-form staff list holds what: the mapping a person confirms, remembered as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from collegium.people.rosters import dates, header_words, roles
from collegium.people.rosters.cells import email_or_none, key
from collegium.people.rosters.errors import UnreadableCode, UnreadableRoster
from collegium.people.rosters.records import UnitKind


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Column titles, empty where the file has no such column.

    `fixed_unit_id` is the unit when the file names none; `unit_kind` the kind of units whose row does not say it.
    `is_complete`: the list holds everybody, so who is missing from it is gone (the roster is no delta).
    """

    person_id: str = ""
    given_name: str = ""
    family_name: str = ""
    full_name: str = ""
    email: str = ""
    unit_id: str = ""
    unit_name: str = ""
    unit_type: str = ""
    team: str = ""
    title: str = ""
    level: str = ""
    starts_on: str = ""
    ends_on: str = ""
    is_primary: str = ""
    post_id: str = ""
    fixed_unit_id: str = ""
    unit_kind: UnitKind = "school"
    is_complete: bool = False

    @property
    def columns(self) -> dict[str, str]:
        """Field to column title, for the fields that have a column."""
        return {name: getattr(self, name) for name in COLUMN_FIELDS if getattr(self, name)}

    @property
    def missing(self) -> tuple[str, ...]:
        """What still has to be named before a file can be read: "name" and "unit" at the least."""
        named = self.full_name or self.family_name or self.given_name
        placed = self.unit_id or self.unit_name or self.fixed_unit_id
        return tuple(need for need, met in (("name", named), ("unit", placed)) if not met)

    def to_json(self) -> str:
        """As text to be remembered; `from_json` reads it back."""
        return json.dumps({f.name: getattr(self, f.name) for f in fields(self)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> ColumnMapping:
        """The mapping remembered in `text`; what it does not know is ignored. Raises UnreadableRoster if it is none."""
        try:
            stored = json.loads(text)
            values: dict[str, Any] = {name: str(stored[name]) for name in COLUMN_FIELDS if name in stored}
            values["fixed_unit_id"] = str(stored.get("fixed_unit_id", ""))
            kind = stored.get("unit_kind")
            values["unit_kind"] = kind if kind in roles.UNIT_KINDS.values() else "school"
            values["is_complete"] = stored.get("is_complete") is True
        except (ValueError, AttributeError, TypeError) as error:
            raise UnreadableRoster(UnreadableCode.MAPPING_NEEDED, {"file": ""}) from error
        return cls(**values)


_NOT_COLUMNS = {"fixed_unit_id", "unit_kind", "is_complete"}
COLUMN_FIELDS = tuple(f.name for f in fields(ColumnMapping) if f.name not in _NOT_COLUMNS)


@dataclass(frozen=True, slots=True)
class Guess:
    """A mapping worth proposing, and how sure we are of each of its fields (0 to 1)."""

    mapping: ColumnMapping = ColumnMapping()
    confidence: Mapping[str, float] = field(default_factory=dict)
    looks_like_pupils: bool = False


CERTAIN, LIKELY, POSSIBLE = 0.95, 0.75, 0.5
_FAMILY_FIRST = re.compile(r"[^,]+,[^,]+")


def guess_mapping(headers: Sequence[str], sample_rows: Sequence[Sequence[str]]) -> Guess:
    """Propose which column holds what, from the titles first and from what stands below them second."""
    samples = [[row[place] for row in sample_rows if place < len(row) and row[place]] for place in range(len(headers))]
    chosen: dict[str, int] = {}
    sure: dict[str, float] = {}
    scores = [
        (_score(name, header, samples[place]), name, place)
        for name in header_words.WORDS
        for place, header in enumerate(headers)
    ]
    # The surest first; among equals the field listed first, then the column that stands first.
    for score, name, place in sorted(scores, key=lambda s: -s[0]):
        if score >= POSSIBLE and name not in chosen and place not in chosen.values():
            chosen[name], sure[name] = place, score
    _settle_names(headers, samples, chosen, sure)
    columns: dict[str, Any] = {name: headers[place] for name, place in chosen.items()}
    looks_like_pupils = sum(1 for header in headers if key(header) in header_words.PUPILS) >= 2
    return Guess(ColumnMapping(**columns), sure, looks_like_pupils)


def _score(name: str, header: str, sample: Sequence[str]) -> float:
    """How likely a column holds a field: its title counts most, its content can raise or sink it."""
    title = key(header)
    words = header_words.WORDS[name]
    if title in words:
        score = CERTAIN
    elif any(key(part) in words for part in re.split(r"[\s_\-/()]+", header) if len(part) > 2):
        score = POSSIBLE + 0.05
    elif any(len(word) >= 6 and word in title for word in words):
        score = POSSIBLE
    else:
        score = 0.0
    return _with_content(name, score, sample)


def _with_content(name: str, score: float, sample: Sequence[str]) -> float:
    if not sample:
        return score
    if name == "email":
        share = sum(1 for text in sample if "@" in text and email_or_none(text)) / len(sample)
        return max(score, LIKELY) if share > 0.6 else score * (0.4 if share == 0 else 1)
    if name in {"starts_on", "ends_on"}:
        share = sum(1 for text in sample if dates.parse(text)) / len(sample)
        return score if share > 0.5 else 0.0
    if name == "title" and all(roles.is_honorific(text) for text in sample):
        return 0.0
    if name in {"given_name", "family_name", "full_name", "title", "team"}:
        # Numbers and addresses are neither names nor posts.
        share = sum(1 for text in sample if "@" in text or text.replace(".", "").isdigit()) / len(sample)
        return 0.0 if share > 0.5 else score
    return score


def _settle_names(
    headers: Sequence[str], samples: Sequence[Sequence[str]], chosen: dict[str, int], sure: dict[str, float]
) -> None:
    """One word is a family name beside a given name, and a whole name alone: "Name", "Nom", "Nombre", "Naam"."""
    single = {key(headers[place]): place for place in range(len(headers))}
    if "given_name" in chosen and "family_name" not in chosen:
        place = chosen.pop("full_name", None)
        sure.pop("full_name", None)
        if place is None:
            place = next((single[word] for word in ("nom", "name", "naam") if word in single), None)
        if place is not None:
            chosen["family_name"], sure["family_name"] = place, LIKELY
    elif "family_name" in chosen and "given_name" not in chosen:
        place = chosen.pop("full_name", None)
        sure.pop("full_name", None)
        if place is None:
            place = next((single[word] for word in ("nombre", "name") if word in single), None)
        if place is not None:
            chosen["given_name"], sure["given_name"] = place, LIKELY
    elif not {"given_name", "family_name", "full_name"} & set(chosen):
        place = next((single[word] for word in ("nom", "nombre", "naam", "name") if word in single), None)
        if place is None:
            place = _column_of(samples, set(chosen.values()))
        if place is not None:
            chosen["full_name"], sure["full_name"] = place, POSSIBLE
    if "given_name" in chosen and "family_name" in chosen:
        chosen.pop("full_name", None)
        sure.pop("full_name", None)


def _column_of(samples: Sequence[Sequence[str]], taken: set[int]) -> int | None:
    """A column nobody has claimed that reads "Family, Given" nearly everywhere."""
    for place, sample in enumerate(samples):
        fitting = sum(1 for text in sample if _FAMILY_FIRST.fullmatch(text))
        if place not in taken and sample and fitting > 0.8 * len(sample):
            return place
    return None
