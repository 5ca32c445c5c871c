"""The tables of this room."""

from collegium.intend.models.challenges import Challenge, ChallengeAsk, ChangeCheck, Citation, SignOn
from collegium.intend.models.line import Conversation, Dissent, Intent, IntentLink, Vision
from collegium.intend.models.points import Point, PointServes
from collegium.intend.models.texts import Text, TextVersion

__all__ = [
    "Challenge",
    "ChallengeAsk",
    "ChangeCheck",
    "Citation",
    "Conversation",
    "Dissent",
    "Intent",
    "IntentLink",
    "Point",
    "PointServes",
    "SignOn",
    "Text",
    "TextVersion",
    "Vision",
]
