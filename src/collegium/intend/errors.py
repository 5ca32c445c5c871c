"""What can go wrong in this room, and how it is worded: what happened, what was kept, what to do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import CollegiumError, Conflict, Invalid, NotAllowed, NotFound, Wording

__all__ = ["WORDINGS", "CollegiumError", "Conflict", "Invalid", "NotAllowed", "NotFound", "TextMovedOn"]

_NOTHING_CHANGED = _("Nothing was changed.")
_TYPED_IS_KEPT = _("What you typed is kept below.")


class TextMovedOn(Conflict):
    """Somebody else has reworded a text since the form was opened; `version` is the number it has now."""

    code = "text_moved_on"

    def __init__(self, *, version: int, **data: Any) -> None:
        super().__init__(version=version, **data)
        self.version = version


WORDINGS: dict[str, Wording] = {
    # texts
    "text_moved_on": Wording(
        _("Somebody else changed this text while you were writing."),
        _("Both wordings are kept, and stand side by side below."),
        _("Bring them together in the form, and save again."),
    ),
    "text_reason_missing": Wording(
        _("A changed text says why it was changed."), _TYPED_IS_KEPT, _("Write the reason in a sentence.")
    ),
    "text_unchanged": Wording(
        _("This is the wording that stands already."), _TYPED_IS_KEPT, _("Change something, or leave the page.")
    ),
    "text_part_missing": Wording(
        _("Something that this text needs is empty."), _TYPED_IS_KEPT, _("Fill in what is marked.")
    ),
    "text_part_too_long": Wording(
        _("A text may have {limit} characters."), _TYPED_IS_KEPT, _("Shorten it, or move detail elsewhere.")
    ),
    # who may do what
    "drafts_of_others": Wording(_("A draft is seen by those who belong to the unit.")),
    "members_only": Wording(
        _("Only those who belong to this unit can do that."),
        _NOTHING_CHANGED,
        _("Ask somebody there to do it with you."),
    ),
    "leads_only": Wording(
        _("Only those who lead or look after this unit can do that."),
        _NOTHING_CHANGED,
        _("The page “Looking after it” says who they are."),
    ),
    # standing
    "standing_withdrawn": Wording(
        _("This was withdrawn and cannot be changed any more."), _NOTHING_CHANGED, _("Write a new one instead.")
    ),
    "standing_published_already": Wording(_("This is published already."), _NOTHING_CHANGED),
    "withdrawal_reason_missing": Wording(
        _("Whatever is withdrawn stays visible with its reason."), _NOTHING_CHANGED, _("Write why in a sentence.")
    ),
}
