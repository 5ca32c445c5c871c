"""What can go wrong while ties are imported, and how it is worded; and what the trail says of imports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import Wording

_NOTHING_CHANGED = _("Nothing was changed.")

WORDINGS: dict[str, Wording] = {
    "ties_stale": Wording(
        _("Something here has changed since the preview was made, so it no longer says what would happen."),
        _NOTHING_CHANGED,
        _("Make the preview again and look at it once more."),
    ),
    "ties_not_now": Wording(
        _("This import is at another step already: it is {state}."), _NOTHING_CHANGED, _("Look at its page again.")
    ),
    "ties_upload_gone": Wording(
        _("The uploaded file is no longer kept: uploads are deleted after a day."),
        _NOTHING_CHANGED,
        _("Upload it again."),
    ),
    "ties_too_large": Wording(
        _("The upload is larger than {limit} MB."),
        _("Nothing of it was kept."),
        _("A file of 100,000 ties has a few MB: look whether this is the right one."),
    ),
    "ties_without_people": Wording(
        _("Nothing of this file can be taken."), _NOTHING_CHANGED, _("The rows below say what to mend.")
    ),
    "ties_of_team": Wording(
        _("A team is seen in its school, where what joins it to the others is seen as well."),
        _NOTHING_CHANGED,
        _("Bring the ties in there."),
    ),
    "ties_from_tomorrow": Wording(
        _("The day on which these ties were told lies in the future."), _NOTHING_CHANGED, _("Choose today or earlier.")
    ),
    "ties_export_large": Wording(
        _("A matrix of {people} people has too many cells."),
        to_do=_("Choose a list or a graph, or one school at a time."),
    ),
}

PHRASES = {
    "tie_import.uploaded": _("{who} uploaded a file of ties"),
    "tie_import.previewed": _("{who} looked at what a file of ties would add"),
    "tie_import.applied": _("{who} imported ties"),
    "tie_import.undone": _("{who} took an import of ties back"),
    "tie_import.discarded": _("{who} threw an uploaded file of ties away"),
    "tie_wave.exported": _("{who} downloaded what may be seen of a tie wave"),
}
