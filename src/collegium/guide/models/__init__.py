"""The tables of this room."""

from collegium.guide.models.watching import Watch

__all__ = ["Watch"]
