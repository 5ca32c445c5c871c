"""From a file of ties to the web that a report is made of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from django.utils.text import slugify

from collegium.connect.files import NoteCode, PersonRow, TieFile
from collegium.connect.files.levels import leads, read_level
from collegium.connect.reporting import Layer, Web, make_web
from collegium.science.networks.network import NO_GROUP, Network
from collegium.science.results import BoolArray, IntArray

_GROUPS = ("school", "team", "level")


def make_web_of(found: TieFile, main_layer: str) -> Web:
    """Return the people and ties of a file; ties of no named kind are called `main_layer`."""
    schools, teams, levels = (_distinct(getattr(person, name) for person in found.people) for name in _GROUPS)
    known = {level: read_level(level) for level in levels}
    if all(known.values()):
        # Only the levels of the house have an order, and only where all are understood.
        levels = _distinct(known.values())
    else:
        known = {level: level for level in levels}
    answered = _answered(found)
    says_who_answered = not found.is_listed or any(person.answered is not None for person in found.people)
    return make_web(
        len(found.people),
        [_layer(found, place, main_layer, answered if says_who_answered else None) for place in _layers(found)],
        school=_codes([person.school for person in found.people], schools),
        team=_codes([person.team for person in found.people], teams),
        level=_codes([known.get(person.level, "") for person in found.people], levels),
        has_post=[_has_post(person, known) for person in found.people],
        answered=answered,
        schools=_speaking(found, "school", schools),
        teams=_speaking(found, "team", teams),
        levels=_speaking(found, "level", levels),
    )


def _layers(found: TieFile) -> range:
    return range(max(len(found.layers), 1))


def _layer(found: TieFile, place: int, main_layer: str, answered: BoolArray | None) -> Layer:
    ties = [tie for tie in found.ties if tie.layer == place]
    weighted = [tie.weight for tie in ties if tie.weight is not None]
    network = Network.of(
        len(found.people),
        [(tie.source, tie.target) for tie in ties],
        [1.0 if tie.weight is None else tie.weight for tie in ties] if weighted else None,
        answered,
    )
    title = (found.layers[place] if found.layers else "") or main_layer
    key = slugify(title) or f"ties-{place + 1}"
    # Who answered is known of what people said; of other ties nobody had to say anything.
    return Layer(key=key, title=title, network=network, origin="imported" if answered is None else "said")


def _answered(found: TieFile) -> BoolArray:
    """Whoever named somebody has answered, and whoever a list does not call silent."""
    said = [found.is_listed if person.answered is None else person.answered for person in found.people]
    answered = np.array(said, dtype=np.bool_)
    answered[[tie.source for tie in found.ties]] = True
    return answered


def _has_post(person: PersonRow, known: dict[str, str]) -> bool:
    return leads(known.get(person.level, "")) if person.has_post is None else person.has_post


def _distinct(words: object) -> list[str]:
    """The words in the order of a reader: numbers by their size."""
    found = {word for word in words if word}  # type: ignore[attr-defined]
    return sorted(found, key=lambda word: (not word.isdigit(), int(word) if word.isdigit() else 0, word.casefold()))


def _speaking(found: TieFile, name: str, words: list[str]) -> list[str]:
    """The names of groups; where they are mere numbers, with the title of their column before them."""
    if not words or not all(word.isdigit() for word in words):
        return words
    title = next((note.data[name] for note in found.notes if name in note.data and note.code is NoteCode.COLUMNS), "")
    return [f"{title} {word}".strip() for word in words]


def _codes(words: Sequence[str], known: Sequence[str]) -> IntArray:
    places = {word: place for place, word in enumerate(known)}
    return np.array([places.get(word, NO_GROUP) for word in words], dtype=np.int64)
