"""How a source's id of somebody who asked to be forgotten is remembered: enough not to bring them back, no more."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

_MARK = "forgotten:"


def tombstone(source: str, source_id: str) -> str:
    """What stands in place of the id: it cannot be turned back, but the same id gives the same text."""
    return _MARK + salted_hmac("collegium.rosters.tombstone", f"{source}|{source_id}", algorithm="sha256").hexdigest()


def is_tombstone(source_id: str) -> bool:
    """Whether an id has been replaced."""
    return source_id.startswith(_MARK)
