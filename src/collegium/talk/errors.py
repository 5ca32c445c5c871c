"""What can go wrong in this room, and how it is worded: what happened, what was kept, what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import CollegiumError, Conflict, Invalid, NotAllowed, NotFound, Wording

__all__ = ["WORDINGS", "CollegiumError", "Conflict", "Invalid", "NotAllowed", "NotFound"]

_NOTHING_CHANGED = _("Nothing was changed.")
_NOTHING_WRITTEN = _("Your comment was not added. What you wrote is still in the form.")

WORDINGS: dict[str, Wording] = {
    "talk_closed": Wording(
        _("You cannot write here: the conversation is closed, or it is not yours to join."), _NOTHING_CHANGED
    ),
    "comment_of_another": Wording(_("Only whoever wrote a comment can do that with it."), _NOTHING_CHANGED),
    "moderators_only": Wording(
        _("Only those who keep order in this conversation can take comments out."), _NOTHING_CHANGED
    ),
    "appeal_to_another": Wording(
        _("You took this comment out yourself, so somebody else looks at it again."), _NOTHING_CHANGED
    ),
    "comment_empty": Wording(_("There is nothing in this comment."), to_do=_("Write something first.")),
    "comment_not_there": Wording(
        _("What you answer is not in this conversation any more."), _NOTHING_WRITTEN, _("Write it as a new comment.")
    ),
    "comment_gone": Wording(_("This comment has been withdrawn or taken out."), _NOTHING_CHANGED),
    "comment_not_hidden": Wording(_("This comment stands where everybody can read it."), _NOTHING_CHANGED),
    "appealed_already": Wording(_("Another look at this comment has been asked for already."), _NOTHING_CHANGED),
    "appeal_not_open": Wording(
        _("Nobody has asked for another look at this comment, or it was given."), _NOTHING_CHANGED
    ),
    "reason_missing": Wording(_("A reason is needed, for the writer and for everybody else."), _NOTHING_CHANGED),
    "files_too_many": Wording(
        _("A comment takes at most {limit} files."), _NOTHING_WRITTEN, _("Choose fewer files, and send it again.")
    ),
    "file_too_large": Wording(
        _("“{name}” is larger than {limit_mb} MB."),
        _NOTHING_WRITTEN,
        _("Make it smaller, or say where it is kept. Choose your files again."),
    ),
    "file_empty": Wording(_("“{name}” is empty."), _NOTHING_WRITTEN, _("Choose your files again.")),
    "file_kind": Wording(
        _("“{name}” is not a kind of file that is taken here, or is not what its name says."),
        _NOTHING_WRITTEN,
        _("Taken are pictures (PNG, JPEG), PDF, text, CSV and office documents. Choose your files again."),
    ),
}
