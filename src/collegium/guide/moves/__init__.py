"""The rules behind the next moves: files that say when a move is sensible, and an engine that chooses among them.

Nothing here knows the database: conditions are held against readings that are handed in.
"""

from collegium.guide.moves.choosing import MOST, TRUST, Choice, Given, choose
from collegium.guide.moves.model import Condition, Move, MoveKind
from collegium.guide.moves.shipped_files import list_shipped

__all__ = ["MOST", "TRUST", "Choice", "Condition", "Given", "Move", "MoveKind", "choose", "list_shipped"]
