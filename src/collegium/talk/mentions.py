"""Finding who is meant by `@Ada Example` in a text: a pure function of the text and of who could be meant."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Mapping

_AT = re.compile(r"(?<![\w@.])@")


def find_mentioned(text: str, people: Mapping[uuid.UUID, str]) -> frozenset[uuid.UUID]:
    """Return the people whose whole name follows an @; the longest name that fits is meant, and all who bear it."""
    by_name: dict[str, set[uuid.UUID]] = defaultdict(set)
    for person_id, name in people.items():
        if words := name.casefold().split():
            by_name[" ".join(words)].add(person_id)
    longest = max((name.count(" ") + 1 for name in by_name), default=0)
    found: set[uuid.UUID] = set()
    for at in _AT.finditer(text):
        words = text[at.end() : at.end() + 250].casefold().split()[:longest]
        for length in range(len(words), 0, -1):
            tried = " ".join(words[:length])
            if meant := by_name.get(tried) or by_name.get(tried.rstrip(".,;:!?)'\"")):
                found |= meant
                break
    return frozenset(found)
