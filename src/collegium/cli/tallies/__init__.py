"""What `collegium tally` works with: methods, rules, counting, and what is printed."""

from __future__ import annotations

from collegium.cli.tallies.cast import Cast
from collegium.cli.tallies.counting import Counted, count
from collegium.cli.tallies.documents import read_rules, write_counted, write_rules
from collegium.cli.tallies.methods import FORMS, POSITIONS, BallotForm, Method
from collegium.cli.tallies.rules import Rules

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
