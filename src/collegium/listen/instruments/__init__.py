"""Instruments: questionnaires as versioned text files. No Django, no database.

`read` makes an `Instrument` of a file or raises `InstrumentProblems`; `write` does the reverse; `get_shipped` gives
those that come with Collegium.
"""

from __future__ import annotations

from collegium.listen.instruments.keyed import Keyed, Words
from collegium.listen.instruments.model import Column, Facet, Instrument, Item, ItemKind, Option, Scale
from collegium.listen.instruments.problems import InstrumentProblems, Problem, ProblemCode
from collegium.listen.instruments.reading import read
from collegium.listen.instruments.shipped import get_shipped, list_shipped, list_shipped_ties
from collegium.listen.instruments.writing import write

__all__ = [
    "Column",
    "Facet",
    "Instrument",
    "InstrumentProblems",
    "Item",
    "ItemKind",
    "Keyed",
    "Option",
    "Problem",
    "ProblemCode",
    "Scale",
    "Words",
    "get_shipped",
    "list_shipped",
    "list_shipped_ties",
    "read",
    "write",
]
