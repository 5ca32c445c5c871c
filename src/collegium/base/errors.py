"""Errors that a person may see. Each room words its own codes; nothing here is shown as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


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
