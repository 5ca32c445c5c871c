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
    "moves_leads_only": Wording(
        _("Those who lead this unit or look after it say what becomes of a suggestion."),
        _("Nothing was changed."),
        _("The page “Looking after it” says who they are."),
    ),
    "move_needs_reason": Wording(
        _("Whoever puts a move off or declines it says why: the next one to read it will ask."),
        _("Nothing was changed."),
        _("Write a sentence."),
    ),
    "move_needs_day": Wording(
        _("A move is put off until a day that is still to come."),
        _("Nothing was changed."),
        _("Choose a later day, within a year."),
    ),
    "move_not_suggested": Wording(
        _("This is not suggested here any more: the numbers have changed, or somebody has answered it."),
        _("Nothing was changed."),
        _("Look at what is suggested now."),
    ),
}
