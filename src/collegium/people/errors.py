"""What can go wrong in this room, and its wording: what happened, what was kept, what to do."""

from __future__ import annotations

from collegium.base.errors import CollegiumError, Conflict, Invalid, NotAllowed, NotFound

__all__ = ["CollegiumError", "Conflict", "Invalid", "NotAllowed", "NotFound", "TokenNeeded"]


class TokenNeeded(CollegiumError):
    """A program came without a token that works."""

    status = 401
    code = "token_needed"
