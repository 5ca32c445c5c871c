"""The wordings of a text. Whoever owns the text has checked that it may be read."""

from __future__ import annotations

import difflib
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from collegium.intend.errors import NotFound
from collegium.intend.models import Text, TextVersion

_WORDS = re.compile(r"\s*\S+\s*|\s+")
WORDS_LIMIT = 1200  # of a changed stretch; beyond it two texts have too little in common to be read side by side


class Mark(StrEnum):
    """What became of a stretch of words between two wordings."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in a row with the same fate."""

    mark: Mark
    words: str


def list_versions(text: Text) -> list[TextVersion]:
    """Return all wordings, the latest first, with who wrote them."""
    return list(TextVersion.objects.filter(text=text).select_related("written_by").order_by("-number"))


def get_version(text: Text, number: int) -> TextVersion:
    """Return one wording; NotFound when there is none of that number."""
    version = TextVersion.objects.filter(text=text, number=number).select_related("written_by").first()
    if version is None:
        raise NotFound
    return version


def compare(before: str, after: str) -> list[Stretch]:
    """Return what was kept, removed and added between two wordings: by line, and word by word inside a changed line."""
    stretches: list[Stretch] = []
    for kept, old, new in _blocks(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        if kept:
            _add(stretches, Mark.KEPT, old)
            continue
        old_words, new_words = _WORDS.findall("".join(old)), _WORDS.findall("".join(new))
        if len(old_words) + len(new_words) > WORDS_LIMIT:
            _add(stretches, Mark.REMOVED, old)
            _add(stretches, Mark.ADDED, new)
            continue
        for same, left, right in _blocks(old_words, new_words):
            _add(stretches, Mark.KEPT if same else Mark.REMOVED, left)
            _add(stretches, Mark.ADDED, [] if same else right)
    return stretches


def _blocks(old: list[str], new: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        yield tag == "equal", old[old_from:old_to], new[new_from:new_to]


def _add(stretches: list[Stretch], mark: Mark, pieces: list[str]) -> None:
    if not pieces:
        return
    if stretches and stretches[-1].mark == mark:
        stretches[-1] = Stretch(mark, stretches[-1].words + "".join(pieces))
    else:
        stretches.append(Stretch(mark, "".join(pieces)))


def dump_own(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """Return the wordings that a person wrote, as plain values for the file they take away."""
    own = TextVersion.objects.filter(written_by_id=person_id).order_by("written_at", "id")
    return [
        {"written_at": version.written_at.isoformat(), "parts": version.parts, "reason": version.reason}
        for version in own
    ]
