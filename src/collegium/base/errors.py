"""Errors that a person may see. Each room words its own codes; nothing here is shown as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.utils.formats import date_format
from django.utils.timezone import localtime

from collegium.base.registries import Registry


class CollegiumError(Exception):
    """Something a caller did that cannot be done, with a code and the data its wording needs."""

    status: ClassVar[int] = 400
    code: str = "error"

    def __init__(self, code: str = "", **data: object) -> None:
        self.code = code or type(self).code
        self.data: Mapping[str, object] = data
        super().__init__(self.code)


class NotFound(CollegiumError):
    """Absent, or not yours to know of: deliberately the same."""

    status = 404
    code = "not_found"


class NotAllowed(CollegiumError):
    """You may know of it, but not do this with it; the code says why."""

    status = 403
    code = "not_allowed"


class Conflict(CollegiumError):
    """It was possible once, but things have moved on; the code says how."""

    status = 409
    code = "conflict"


class Invalid(CollegiumError):
    """What was sent does not make sense; the code says what to mend."""

    status = 422
    code = "invalid"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person reads about an error: what happened, what was kept, what to do.

    The texts are translated lazily and may hold the error's data in braces: `{name}`.
    """

    happened: Any
    kept: Any = ""
    to_do: Any = ""


_wordings: Registry[str, Wording] = Registry("the wording of")
_UNKNOWN = Wording("Something about this request cannot be done.")


def register_wordings(wordings: Mapping[str, Wording]) -> None:
    """Add the wording of a room's codes; a code can be worded once."""
    for code, wording in wordings.items():
        _wordings.add(code, wording)


def list_worded_codes() -> frozenset[str]:
    """Return every code that has a wording."""
    return frozenset(_wordings)


def _write(value: object) -> object:
    """Return a day, or a day with its hour by the reader's clock, as people write it; anything else as it is."""
    if isinstance(value, datetime):
        local = localtime(value)
        return f"{date_format(local)}, {date_format(local, 'H:i')}"
    return date_format(value) if isinstance(value, date) else value


def word(error: CollegiumError) -> Wording:
    """Return the error in words, with its data filled in."""
    wording = _wordings.get(error.code, _UNKNOWN)
    data = {key: _write(value) for key, value in error.data.items()}
    return Wording(*(str(text).format_map(data) for text in (wording.happened, wording.kept, wording.to_do)))


def sentence(error: CollegiumError) -> str:
    """Return the error as one line, for a form or the command line."""
    wording = word(error)
    return " ".join(text for text in (wording.happened, wording.kept, wording.to_do) if text)
