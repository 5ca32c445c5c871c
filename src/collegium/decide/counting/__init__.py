"""From ballots and the rules that were agreed before the vote to a result. No Django, no database.

`count` is what a page and `collegium tally` both call, so that anybody who has the ballots and the rules comes to the
same result.
"""

from __future__ import annotations

from collegium.decide.counting.cast import Cast
from collegium.decide.counting.counting import Counted, count
from collegium.decide.counting.documents import read_rules, write_counted, write_rules
from collegium.decide.counting.methods import FORMS, POSITIONS, BallotForm, Method
from collegium.decide.counting.rules import Rules

__all__ = [
    "FORMS",
    "POSITIONS",
    "BallotForm",
    "Cast",
    "Counted",
    "Method",
    "Rules",
    "count",
    "read_rules",
    "write_counted",
    "write_rules",
]
