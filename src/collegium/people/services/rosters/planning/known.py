"""What is there before an import, and what the import would do to it, as plain values."""

from __future__ import annotations

import datetime as dt
import unicodedata
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from collegium.people.rosters import RowRef

# Who may contain whom: a unit is only ever added below one of a higher rank.
RANKS: Mapping[str, int] = {"team": 0, "school": 1, "district": 2, "trust": 2, "alliance": 3, "state": 4}


@dataclass(slots=True)
class KnownUnit:
    """A unit of the scope. `parents` are the units of the scope that contain it today."""

    id: uuid.UUID
    kind: str
    name: str
    identifier: str
    ends_on: str | None
    parents: tuple[uuid.UUID, ...]


@dataclass(slots=True)
class KnownPerson:
    """Somebody the roster may mean. `is_shared`: others look after them too, so this scope may not overrule anybody."""

    id: uuid.UUID
    given_name: str
    family_name: str
    email: str
    is_shared: bool

    @property
    def name(self) -> str:
        """The name as written."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(slots=True)
class KnownPost:
    """A post in the scope, or one that this source brought. Days are written as ISO texts."""

    id: uuid.UUID
    person_id: uuid.UUID
    unit_id: uuid.UUID
    title: str
    level: str
    is_primary: bool
    starts_on: str | None
    ends_on: str | None

    def is_open(self, today: str) -> bool:
        """Whether it has not ended by today."""
        return self.ends_on is None or self.ends_on > today

    @property
    def key(self) -> tuple[uuid.UUID, uuid.UUID, str]:
        """What can be held only once at a time."""
        return (self.person_id, self.unit_id, self.title)


@dataclass(slots=True)
class Link:
    """The source's id of something, and the values it last gave."""

    target_id: uuid.UUID
    imported: Mapping[str, Any]


Links = dict[str, Link]


@dataclass(slots=True)
class Known:
    """Everything the planner compares a roster with. `is_forgotten` knows the ids of people who asked for that."""

    scope_id: uuid.UUID
    today: dt.date
    units: dict[uuid.UUID, KnownUnit]
    persons: dict[uuid.UUID, KnownPerson] = field(default_factory=dict)
    posts: dict[uuid.UUID, KnownPost] = field(default_factory=dict)
    unit_links: Links = field(default_factory=dict)
    person_links: Links = field(default_factory=dict)
    post_links: Links = field(default_factory=dict)
    is_forgotten: Callable[[str], bool] = lambda _source_id: False

    @property
    def day(self) -> str:
        """Today as an ISO text."""
        return self.today.isoformat()


@dataclass(slots=True)
class Change:
    """One line of a preview.

    `link_set` is what the source's id will remember: None where there is nothing to write. `link_before` is what it
    remembered so far: None where the id is new.
    """

    kind: str
    action: str
    reason: str = ""
    ref: RowRef | None = None
    source_id: str = ""
    target_id: uuid.UUID | None = None
    label: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    link_before: Mapping[str, Any] | None = None
    link_set: Mapping[str, Any] | None = None


def own_id(text: str, among: Collection[uuid.UUID]) -> uuid.UUID | None:
    """The id of ours that a source id spells out, as our own exports do for what no source knows."""
    if len(text) != 36:
        return None
    try:
        found = uuid.UUID(text)
    except ValueError:
        return None
    return found if found in among else None


def letters(text: str) -> str:
    """A name without case, accents, blanks and punctuation, to recognise it by."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if character.isalnum())


def are_clearly_different(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two names (given, family) share no word at all, so that one address for both must be a mistake."""
    words = [
        {letters(word) for part in name for word in part.replace("-", " ").split()} - {""} for name in (one, other)
    ]
    return bool(words[0]) and bool(words[1]) and not words[0] & words[1]
