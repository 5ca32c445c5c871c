"""What can go wrong in this room, and how it is worded: what happened, what was kept, what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import CollegiumError, Conflict, Invalid, NotAllowed, NotFound, Wording

__all__ = ["WORDINGS", "CollegiumError", "Conflict", "Invalid", "NotAllowed", "NotFound"]

WORDINGS: dict[str, Wording] = {
    "guide_of_others": Wording(
        _("What adds up in a unit is for those who belong to it or look after it."),
        to_do=_("Open the guide of your own unit."),
    ),
}
