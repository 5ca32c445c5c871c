"""What can go wrong with drawing by lot, and how it is worded."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import Wording

_TYPED = _("What you wrote is still in the form.")
DRAW_WORDINGS: dict[str, Wording] = {
    "draw_too_many_places": Wording(
        _("There are {count} people to draw from, and you want {given}."),
        _TYPED,
        _("Draw fewer, or let more people take part first."),
    ),
    "draw_done": Wording(
        _("This draw has been done already."),
        _("Its result stays as it is."),
        _("Announce another draw if you need one."),
    ),
    "draw_not_done": Wording(_("This draw has not been done yet."), _("Nothing was changed.")),
    "draw_no_place": Wording(_("They have no place in this draw."), _("Nothing was changed.")),
}
