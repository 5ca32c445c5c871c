"""What can go wrong with meetings, and how it is worded."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import Wording

_TYPED = _("What you wrote is still in the form.")
MEETING_WORDINGS: dict[str, Wording] = {
    "meeting_of_others": Wording(
        _("This is for whoever called the meeting, the group that meets, and those who lead the unit."),
        _("Nothing was changed."),
        _("Ask one of them."),
    ),
    "meeting_called_off": Wording(
        _("This meeting has been called off."), _("Nothing was changed."), _("Call another one.")
    ),
    "meeting_too_long": Wording(_("A meeting lasts between one minute and {most} minutes."), _TYPED),
    "agenda_too_long": Wording(_("An agenda has at most {most} points."), _TYPED, _("Leave some to another meeting.")),
    "agenda_twice": Wording(_("The same question would stand on the agenda twice."), _TYPED),
    "agenda_has_notes": Wording(
        _("A point that has minutes stays on the agenda."), _TYPED, _("Empty its minutes first, then take it off.")
    ),
}
