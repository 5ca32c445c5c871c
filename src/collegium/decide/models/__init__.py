"""The tables of the room."""

from collegium.decide.models.ballots import Box, SecretBallot, SecretReason
from collegium.decide.models.draws import Draw, DrawEntry
from collegium.decide.models.ideas import Idea, IdeaMark
from collegium.decide.models.matters import DecisionRight, Matter, Norms, Part, Proposal, ProposalVersion
from collegium.decide.models.meetings import AgendaItem, Attendance, Meeting
from collegium.decide.models.outcomes import Carrying, Dissent, Outcome, Theme, ThemePoint, Told
from collegium.decide.models.polls import OpenBallot, Option, Poll, Voter

__all__ = [
    "AgendaItem",
    "Attendance",
    "Box",
    "Carrying",
    "DecisionRight",
    "Dissent",
    "Draw",
    "DrawEntry",
    "Idea",
    "IdeaMark",
    "Matter",
    "Meeting",
    "Norms",
    "OpenBallot",
    "Option",
    "Outcome",
    "Part",
    "Poll",
    "Proposal",
    "ProposalVersion",
    "SecretBallot",
    "SecretReason",
    "Theme",
    "ThemePoint",
    "Told",
    "Voter",
]
