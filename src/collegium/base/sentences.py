"""Pieces of sentences that several rooms say."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _


def join(names: Sequence[str]) -> str:
    """Return names as people list them in a sentence."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
