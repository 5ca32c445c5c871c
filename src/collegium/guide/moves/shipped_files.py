"""The moves that come with the house."""

from __future__ import annotations

from functools import cache
from importlib import resources

from collegium.guide.moves.model import Move
from collegium.guide.moves.reading import BadMoves, read

FILES = ("beginning", "trust", "connecting", "learning", "leading", "deciding", "alliance", "warnings")


@cache
def list_shipped() -> tuple[Move, ...]:
    """Return every move that comes with Collegium, each key once."""
    folder = resources.files("collegium.guide.moves") / "shipped"
    moves = [move for name in FILES for move in read((folder / f"{name}.toml").read_text(encoding="utf-8"))]
    keys = [move.key for move in moves]
    if len(keys) != len(set(keys)):
        raise BadMoves("A key stands in two of the files.")
    return tuple(moves)


def get_shipped(key: str) -> Move:
    """Return a move by its key; KeyError for an unknown one."""
    for move in list_shipped():
        if move.key == key:
            return move
    raise KeyError(key)
