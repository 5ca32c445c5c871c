"""What can go wrong with bringing decisions in, and how it is worded."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import Wording

_NOTHING = _("Nothing was brought in.")
IMPORT_WORDINGS: dict[str, Wording] = {
    "import_unreadable": Wording(_("The file could not be read. {title}"), _NOTHING),
    "import_nothing": Wording(
        _("The file holds no vote that is closed."), _NOTHING, _("Votes that are still open stay where they are.")
    ),
    "import_too_many": Wording(
        _("The file holds {count} votes, and at most {most} are brought in at once."),
        _NOTHING,
        _("Export one group at a time."),
    ),
    "import_question_missing": Wording(
        _("A file of ballots does not say what was asked."),
        _NOTHING,
        _("Write the question and choose the file again."),
    ),
    "import_old": Wording(_("This preview is too old, or was changed."), _NOTHING, _("Choose the file again.")),
}
