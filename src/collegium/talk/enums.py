"""The closed vocabularies of the room."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReactionKind(TextChoices):
    """What somebody can say of a comment with one press; there is nothing here to win with."""

    AGREE = "agree", _("I see it so too")
    PLEASE_ANSWER = "answer", _("Please answer")
    THANKS = "thanks", _("Thank you")
