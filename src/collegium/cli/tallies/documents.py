"""Rules and results as plain values for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from fractions import Fraction
from typing import Any

import cattrs
import numpy as np

from collegium.cli.tallies.counting import Counted
from collegium.cli.tallies.rules import Rules
from collegium.science.choices.budget import BudgetChoice
from collegium.science.choices.marks import Scored, Times
from collegium.science.choices.outcomes import Choice, Turnout
from collegium.science.choices.positions import ConsentFound, Gradients, Majority, Positions
from collegium.science.choices.ranked import RankedChoice
from collegium.science.choices.runoff import RunoffChoice
from collegium.science.choices.schulze import SchulzeChoice
from collegium.science.choices.transferable import TransferableChoice

_converter = cattrs.Converter(unstruct_collection_overrides={tuple: list}, detailed_validation=False)
_converter.register_unstructure_hook(Fraction, str)
_converter.register_structure_hook(Fraction, lambda value, _: Fraction(value))
_DEFAULT = Rules()


def write_rules(rules: Rules) -> dict[str, Any]:
    """Return the rules that differ from the usual ones as plain values."""
    plain: dict[str, Any] = _converter.unstructure(rules)
    return {each.name: plain[each.name] for each in fields(Rules) if getattr(rules, each.name) != each.default}


def read_rules(plain: dict[str, Any]) -> Rules:
    """Return the rules that were written."""
    return _converter.structure(plain, Rules)


def write_counted(counted: Counted, options: Sequence[str]) -> dict[str, Any]:
    """Return a result as plain values, options by their names."""
    if isinstance(counted, RankedChoice):
        return {
            "agree": counted.agree,
            "schulze": write_counted(counted.schulze, options),
            "instant runoff": write_counted(counted.runoff, options),
        }
    if isinstance(counted, Positions):
        return _positions(counted)
    if isinstance(counted, BudgetChoice):
        return _budget(counted, options)
    return _choice(counted, options)


def _begin(counted: Choice | Positions | BudgetChoice) -> dict[str, Any]:
    turnout: Turnout = counted.turnout
    return {
        "method": counted.method,
        "outcome": counted.outcome.value,
        "turnout": {
            "asked": turnout.asked,
            "counted": turnout.counted,
            "abstained": turnout.abstained,
            "spoilt": turnout.spoilt,
        },
    }


def _positions(counted: Positions) -> dict[str, Any]:
    found = {**_begin(counted), "positions": dict(counted.counts)}
    if isinstance(counted, Majority):
        found |= {"share": _text(counted.share), "needed": str(counted.needed), "of": counted.of.value}
    if isinstance(counted, ConsentFound):
        found |= {"open objections": counted.open, "worked through": counted.worked_through}
    if isinstance(counted, Gradients):
        found |= {"support": _text(counted.support), "needed": str(counted.needed), "lukewarm": counted.is_lukewarm}
    return found


def _choice(counted: Choice, options: Sequence[str]) -> dict[str, Any]:
    def names(places: Sequence[int]) -> list[str]:
        return [options[place] for place in places]

    found = {
        **_begin(counted),
        "places": counted.places,
        "chosen": names(counted.chosen),
        "tied": names(counted.tied),
        "order": [names(level) for level in counted.levels],
    }
    if isinstance(counted, Scored):
        found["scores"] = dict(zip(options, counted.scores.tolist(), strict=True))
        found["marked by"] = dict(zip(options, counted.markers.tolist(), strict=True))
    if isinstance(counted, Times):
        found["suits"] = dict(zip(options, counted.suits.tolist(), strict=True))
        found["if need be"] = dict(zip(options, counted.if_need_be.tolist(), strict=True))
        found["nobody left out"] = names(counted.nobody_out)
    if isinstance(counted, SchulzeChoice):
        winner = counted.pairs.condorcet_winner
        found["wins against every other"] = None if winner is None else options[winner]
        found["prefer"] = counted.pairs.prefer.tolist()
        found["strongest chains"] = counted.paths.tolist()
    if isinstance(counted, RunoffChoice):
        found["rounds"] = [
            {
                "votes": {options[option]: str(votes) for option, votes in each.votes.items()},
                "out": names(each.out),
                "exhausted": each.exhausted,
            }
            for each in counted.rounds
        ]
        found["winners in some order of ties"] = None if counted.each_way is None else names(counted.each_way)
    if isinstance(counted, TransferableChoice):
        found["counts"] = [
            {
                "quota": str(each.quota),
                "votes": {options[option]: str(votes) for option, votes in each.votes.items()},
                "elected": None if each.elected is None else options[each.elected],
                "out": None if each.out is None else options[each.out],
                "by tie rule": each.by_tie_rule,
            }
            for each in counted.counts
        ]
    return found


def _budget(counted: BudgetChoice, options: Sequence[str]) -> dict[str, Any]:
    return {
        **_begin(counted),
        "chosen": [options[project] for project in counted.chosen],
        "spent": counted.spent,
        "budget": counted.budget,
        "share": float(np.round(counted.share, 6)),
        "raised by": counted.raised,
        "steps": [
            {
                "project": options[step.project],
                "wanted by": step.supporters,
                "paid at most": float(np.round(step.most_paid, 6)),
                "level with": [options[project] for project in step.level],
                "by completion": step.completed,
            }
            for step in counted.steps
        ],
        "wanted by": dict(zip(options, counted.support.tolist(), strict=True)),
    }


def _text(share: Fraction | None) -> str | None:
    return None if share is None else str(share)
