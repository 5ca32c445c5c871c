"""What can go wrong with rosters, and what they leave in the trail, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import Wording

_NOTHING_CHANGED = _("Nothing was changed.")

WORDINGS: dict[str, Wording] = {
    "roster_stale": Wording(
        _("Something here has changed since the preview was made, so it no longer says what would happen."),
        _NOTHING_CHANGED,
        _("Make the preview again and look at it once more."),
    ),
    "roster_not_now": Wording(
        _("This import is at another step already: it is {state}."), _NOTHING_CHANGED, _("Look at its page again.")
    ),
    "roster_not_last": Wording(
        _("Only the last import for a unit can be undone, and there has been another one since."), _NOTHING_CHANGED
    ),
    "roster_upload_gone": Wording(
        _("The uploaded file is no longer kept: uploads are deleted after a day."),
        _NOTHING_CHANGED,
        _("Upload it again."),
    ),
    "roster_too_many_files": Wording(
        _("Choose at least one file, and at most {limit}."), to_do=_("Pack more files into a zip.")
    ),
    "roster_too_large": Wording(
        _("The upload is larger than {limit} MB."),
        _("Nothing of it was kept."),
        _("Leave out the files of pupils, classes and enrolments: they are not needed."),
    ),
    "roster_unreadable": Wording(_("The file cannot be read. {reason}")),
    "roster_columns_missing": Wording(
        _("Some columns still have to be named."), to_do=_("Say which column holds the name.")
    ),
}

PHRASES = {
    "roster.uploaded": _("{who} uploaded a roster"),
    "roster.previewed": _("{who} looked at what a roster would change"),
    "roster.applied": _("{who} imported a roster"),
    "roster.undone": _("{who} took back the last import of a roster"),
    "roster.discarded": _("{who} discarded an uploaded roster"),
    "roster.exported": _("{who} exported the people of this unit"),
}
