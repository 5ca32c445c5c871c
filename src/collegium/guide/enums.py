"""The closed vocabularies of the room."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Often(TextChoices):
    """How often somebody gets the digest by mail."""

    WEEKLY = "weekly", _("every week, on Monday")
    MONTHLY = "monthly", _("every month, on the first Monday")
    NEVER = "never", _("never")


class MoveAnswer(TextChoices):
    """What a unit made of a suggested move."""

    TAKEN = "taken", _("taken up")
    PUT_OFF = "put_off", _("put off")
    DECLINED = "declined", _("declined")
