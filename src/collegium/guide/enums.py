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


class ReviewState(TextChoices):
    """How far a review has come."""

    JUDGING = "judging", _("people judge")
    TALKING = "talking", _("people talk")
    AGREED = "agreed", _("finished")
    STOPPED = "stopped", _("stopped")


class Whom(TextChoices):
    """Who judges."""

    ALL = "all", _("everybody who works here")
    LEADERS = "leaders", _("those who lead here")
    GROUP = "group", _("a group")
