"""The tables of the room."""

from collegium.listen.models.answers import Comment, Sheet, Tray
from collegium.listen.models.instruments import InstrumentVersion
from collegium.listen.models.pulses import (
    AskingLimit,
    Cell,
    Invitation,
    Pulse,
    PulseSeries,
    PulseUnit,
    PulseView,
    Slip,
)
from collegium.listen.models.results import NamingConsent, Publication, PublishedView, SenseNote

__all__ = [
    "AskingLimit",
    "Cell",
    "Comment",
    "InstrumentVersion",
    "Invitation",
    "NamingConsent",
    "Publication",
    "PublishedView",
    "Pulse",
    "PulseSeries",
    "PulseUnit",
    "PulseView",
    "SenseNote",
    "Sheet",
    "Slip",
    "Tray",
]
