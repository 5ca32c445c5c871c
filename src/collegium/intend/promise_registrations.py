"""What promises, roles and boards put into the registries of `base` and `people`."""

from __future__ import annotations

from collegium.base import errors, events
from collegium.intend import promise_errors, promise_phrases


def register_all() -> None:
    """Register the words."""
    errors.register_wordings(promise_errors.WORDINGS)
    events.register_phrases(promise_phrases.PHRASES)
    events.register_kinds(promise_phrases.KINDS)
