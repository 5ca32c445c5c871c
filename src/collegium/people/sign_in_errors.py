"""What can go wrong while signing in, and its wording."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import CollegiumError, Wording


class MailNotSent(CollegiumError):
    """The mail server does not take mail at the moment."""

    status = 503
    code = "mail_not_sent"


class TooManyRequests(CollegiumError):
    """Something was asked for more often than a person would."""

    status = 429
    code = "too_many_requests"


WORDINGS: dict[str, Wording] = {
    "mail_not_sent": Wording(
        _("The mail could not be sent: the mail server does not answer."),
        _("You are not signed in, and no code was used up."),
        _(
            "Try again in a few minutes, or sign in with your password or a passkey. "
            "If it stays like this, tell whoever runs this site."
        ),
    ),
    "too_many_requests": Wording(
        _("This was tried too often in a short time, from here or for this address."),
        _("Nothing was changed, and nobody is locked out."),
        _("Wait a few minutes and try again."),
    ),
}
