"""The closed vocabularies of the room."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WaveOrigin(TextChoices):
    """How the ties of a wave came in."""

    ASKED = "asked", _("asked in a tie survey")
    IMPORTED = "imported", _("imported from a file")


class WaveState(TextChoices):
    """How far a tie wave has come. Whether an open one takes answers yet, or still, time says."""

    OPENING = "opening", _("being opened")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    STOPPED = "stopped", _("stopped, and its ties deleted")


class LayerOrigin(TextChoices):
    """Where the ties of a layer come from; layers of different origin are never mixed silently."""

    SAID = "said", _("what people said")
    IMPORTED = "imported", _("imported from a file")
    KNOWN = "known", _("known from what is kept here")


class ImportState(TextChoices):
    """How far an import of ties has come."""

    READING = "reading", _("being read")
    PREVIEWED = "previewed", _("ready to be looked at")
    APPLYING = "applying", _("being carried out")
    APPLIED = "applied", _("carried out")
    UNDONE = "undone", _("taken back")
    UNREADABLE = "unreadable", _("could not be read")
    DISCARDED = "discarded", _("discarded")
