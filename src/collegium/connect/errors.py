"""What can go wrong in this room, and how it is worded: what happened, what was kept, what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import CollegiumError, Conflict, Invalid, NotAllowed, NotFound, Wording

__all__ = ["WORDINGS", "CollegiumError", "Conflict", "Invalid", "NotAllowed", "NotFound"]

_NOTHING_CHANGED = _("Nothing was changed.")

WORDINGS: dict[str, Wording] = {
    "wave_leads_only": Wording(
        _("Only those who look after or lead this unit can open a tie survey."),
        _NOTHING_CHANGED,
        _("The page “Looking after it” says who they are."),
    ),
}
