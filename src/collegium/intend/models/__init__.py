"""The tables of this room."""

from collegium.intend.models.board import Board, BoardEntry
from collegium.intend.models.challenges import Challenge, ChallengeAsk, ChangeCheck, Citation, SignOn
from collegium.intend.models.commitments import (
    AskingChoice,
    CalendarFeed,
    CheckIn,
    Commitment,
    Confirmation,
    ConfirmationRound,
    NamedAnswer,
    PromiseStep,
)
from collegium.intend.models.line import Conversation, Dissent, Intent, IntentLink, Vision
from collegium.intend.models.line_imports import LineImport
from collegium.intend.models.mindscapes import Circle, Echo, Mindscape, Signature, ValuesStatement
from collegium.intend.models.paths import Revisit, TrustPath, TrustStep
from collegium.intend.models.points import Point, PointServes
from collegium.intend.models.roles import RoleHolding, WorkRole
from collegium.intend.models.texts import Text, TextVersion

__all__ = [
    "AskingChoice",
    "Board",
    "BoardEntry",
    "CalendarFeed",
    "Challenge",
    "ChallengeAsk",
    "ChangeCheck",
    "CheckIn",
    "Circle",
    "Citation",
    "Commitment",
    "Confirmation",
    "ConfirmationRound",
    "Conversation",
    "Dissent",
    "Echo",
    "Intent",
    "IntentLink",
    "LineImport",
    "Mindscape",
    "NamedAnswer",
    "Point",
    "PointServes",
    "PromiseStep",
    "Revisit",
    "RoleHolding",
    "SignOn",
    "Signature",
    "Text",
    "TextVersion",
    "TrustPath",
    "TrustStep",
    "ValuesStatement",
    "Vision",
    "WorkRole",
]
