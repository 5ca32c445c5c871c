"""The closed vocabularies of the room."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from collegium.people.enums import Level


class PulseState(TextChoices):
    """How far a pulse has come. Whether an open one still takes answers, and whether results may be seen, time says."""

    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class WayIn(TextChoices):
    """How somebody who is asked comes to the questions."""

    LINK = "link", _("a personal link, or My part")
    SLIP = "slip", _("a code on a slip of paper")


class ReportingLevel(TextChoices):
    """The levels that a result tells apart: executives are too few to stand alone."""

    CLASSROOM = "classroom", _("classroom")
    MIDDLE = "middle", _("middle leadership")
    SENIOR = "senior", _("senior leadership")
    SUPPORT = "support", _("support")
    GOVERNANCE = "governance", _("governance")

    @classmethod
    def of(cls, level: str) -> ReportingLevel:
        """Return the reporting level of a post's level."""
        return cls.SENIOR if level == Level.EXECUTIVE else cls(level)


class ViewKind(TextChoices):
    """What a view of the results is about."""

    WHOLE = "whole", _("everybody who was asked")
    UNIT = "unit", _("a unit")
    LEVEL = "level", _("one level of a unit")


class SenseQuestion(TextChoices):
    """What a staff asks itself about a result, in this order."""

    SURPRISE = "surprise", _("What surprises us?")
    KEEP = "keep", _("What do we keep?")
    CHANGE = "change", _("What one thing would we change?")
