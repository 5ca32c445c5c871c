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

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    STOPPED = "stopped", _("stopped, and its ties deleted")


class LayerOrigin(TextChoices):
    """Where the ties of a layer come from; layers of different origin are never mixed silently."""

    SAID = "said", _("what people said")
    IMPORTED = "imported", _("imported from a file")
    KNOWN = "known", _("known from what is kept here")
