"""Words for what happens at the server itself: errors of the command line, and its events in the trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import Wording

WORDINGS: dict[str, Wording] = {
    "community_unknown": Wording(
        _("There is no community called “{name}” here."), to_do=_("There are: {known}. Use one of these names.")
    ),
    "community_none": Wording(
        _("There is no community here yet."), to_do=_("Make one with: collegium people add-community")
    ),
    "community_not_said": Wording(
        _("There are several communities here: {known}."), to_do=_("Say which with --community.")
    ),
    "community_exists": Wording(
        _("There is a community called “{name}” already."), _("Nothing was changed."), _("Choose another name.")
    ),
    "unit_unknown": Wording(
        _("There is no unit “{slug}” in this community."), to_do=_("List them with: collegium people units")
    ),
    "person_unknown": Wording(
        _("Nobody in this community has the address {email}."), to_do=_("Look with: collegium people list")
    ),
    "role_not_held": Wording(_("This person does not have this role here."), _("Nothing was changed.")),
    "email_missing": Wording(
        _("This person has no email address, so they cannot sign in yet."), to_do=_("Add their address first.")
    ),
}

PHRASES = {
    "community.added": _("{who} began this community"),
    "person.invited": _("{who} invited {whom}"),
    "demo.built": _("{who} built this demo"),
}
