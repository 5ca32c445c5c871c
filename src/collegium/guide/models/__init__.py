"""The tables of this room."""

from collegium.guide.models.digests import DigestChoice
from collegium.guide.models.moves import MoveRecord
from collegium.guide.models.reviews import (
    Agreement,
    Dissenting,
    JudgementBox,
    Review,
    ReviewFile,
    Seat,
    Weights,
)
from collegium.guide.models.watching import Watch

__all__ = [
    "Agreement",
    "DigestChoice",
    "Dissenting",
    "JudgementBox",
    "MoveRecord",
    "Review",
    "ReviewFile",
    "Seat",
    "Watch",
    "Weights",
]
