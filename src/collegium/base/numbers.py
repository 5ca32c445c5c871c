"""Numbers of single things that people cite: a facet of one round of a pulse, a measure of one enquiry.

Indicators say of a unit how it stands; here a room says what else it can give a number for. Who cites one keeps how it
was, and asks again how it is.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from collegium.base.indicators import Reading
from collegium.base.registries import Registry

ONLY = "only"  # the key where a thing has one number


@dataclass(frozen=True, slots=True)
class Ref:
    """Which number: the thing it is of, and which of its numbers."""

    source_id: uuid.UUID
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as somebody may see it: what it is of (`whole`), the page behind it, and what it says in a sentence."""

    ref: Ref
    title: str
    whole: str
    unit_of_measure: str
    reading: Reading
    url: str
    sentence: str = ""


ListFor = Callable[[Any, Any], Sequence[Number]]
FindFor = Callable[[Any, Any, Collection[Ref]], Mapping[Ref, Number]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where numbers of a kind come from. A kind is written into rows: it is never renamed.

    `list_for(actor, place)` returns what may be cited in a unit. `find_for(actor, place, refs)` returns how these stand
    now, those left out that the actor may not see; both in a number of statements that does not grow.
    """

    kind: str
    list_for: ListFor
    find_for: FindFor


_sources: Registry[str, Source] = Registry("the kind of numbers")


def register(source: Source) -> None:
    """Add a source; a kind can be registered once."""
    _sources.add(source.kind, source)


def list_numbers_for(actor: Any, place: Any) -> list[tuple[str, Number]]:
    """Return everything that may be cited in a unit, each with its kind."""
    return [(kind, number) for kind, source in sorted(_sources.items()) for number in source.list_for(actor, place)]


def list_kind_for(actor: Any, place: Any, kind: str) -> Sequence[Number]:
    """Return what may be cited of one kind; nothing where no room has it."""
    return _sources[kind].list_for(actor, place) if kind in _sources else ()


def find_numbers_for(actor: Any, place: Any, kind: str, refs: Collection[Ref]) -> Mapping[Ref, Number]:
    """Return how numbers of a kind stand now, as far as the actor may see them."""
    return _sources[kind].find_for(actor, place, refs) if refs and kind in _sources else {}
