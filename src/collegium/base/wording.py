"""The errors that any room may raise, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import Wording

WORDINGS: dict[str, Wording] = {
    "not_found": Wording(
        _("There is nothing here that you can see."),
        to_do=_(
            "The address may be mistyped, the page may have gone, or it may belong to others. "
            "Start again from your own page, or ask whoever gave you the address."
        ),
    ),
    "not_allowed": Wording(
        _("You may not do that here."), _("Nothing was changed."), _("Ask a steward of the unit if you should.")
    ),
    "conflict": Wording(
        _("Things have moved on since you opened the page."),
        _("Nothing was changed."),
        _("Go back, load the page again and look at how it stands now."),
    ),
    "invalid": Wording(
        _("Something that was sent does not make sense here."), _("Nothing was changed."), _("Go back and try again.")
    ),
    "form_expired": Wording(
        _("This form was open for too long, or was opened in another window after you signed in again."),
        _("Nothing was changed."),
        _("Go back, load the page again and send it once more."),
    ),
}
