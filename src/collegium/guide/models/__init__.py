"""The tables of this room."""

from collegium.guide.models.digests import DigestChoice
from collegium.guide.models.moves import MoveRecord
from collegium.guide.models.watching import Watch

__all__ = ["DigestChoice", "MoveRecord", "Watch"]
