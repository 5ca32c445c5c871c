"""Counting a vote: from its settings and the ballots to a result as plain values. Pure; science.choices counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from collegium.decide.enums import Method
from collegium.decide.marking import Marks
from collegium.decide.methods import Shape, way_of
from collegium.science.choices import budget, marks, proposals, ranked
from collegium.science.choices.ballots import NO_MARK, Ballots
from collegium.science.choices.outcomes import Choice, Outcome, Quorum, Turnout
from collegium.science.choices.positions import Consent, ConsentFound, Gradients, Majority, Positions


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a vote was opened with. `options` are all of them, `stands` which were not withdrawn."""

    method: Method
    asked: int
    quorum_percent: int = 0
    needed: Fraction = Fraction(1, 2)
    options: tuple[str, ...] = ()
    stands: tuple[bool, ...] = ()
    costs: tuple[int, ...] = ()
    places: int = 1
    most: int | None = None
    highest: int | None = None
    budget: int | None = None

    @property
    def quorum(self) -> Quorum:
        """How many have to take part."""
        return Quorum(share=Fraction(self.quorum_percent, 100))


def count(rules: Rules, cast: Iterable[Marks], *, worked_through: int = 0) -> dict[str, Any]:
    """Return the result of a vote. Options are their numbers among all that there were, withdrawn ones too."""
    if way_of(rules.method).shape is Shape.POSITION:
        found = Counter(each for each in cast if isinstance(each, str))
        return _write_positions(_count_positions(rules, found, worked_through))
    if not any(rules.stands):
        return {"outcome": Outcome.NO_OPTIONS.value, "turnout": _write_turnout(Turnout(counted=0, asked=rules.asked))}
    kept = [place for place, stands in enumerate(rules.stands) if stands]
    return _renumber(_count_options(rules, ballots_of(rules, cast), kept), kept)


def _count_positions(rules: Rules, found: Counter[str], worked_through: int) -> Positions:
    asked, quorum = {"asked": rules.asked}, {"quorum": rules.quorum}
    match rules.method:
        case Method.SENSE:
            return proposals.sense_check(found, asked=rules.asked)
        case Method.ADVICE:
            return proposals.advice_process(found, asked=rules.asked)
        case Method.CONSENT:
            through = min(worked_through, found[str(Consent.OBJECTION)])
            return proposals.consent(found, worked_through=through, **asked, **quorum)  # type: ignore[arg-type]
        case Method.CONSENSUS:
            return proposals.consensus(found, **asked, **quorum)  # type: ignore[arg-type]
        case Method.GRADIENTS:
            return proposals.gradients(found, needed=rules.needed, **asked, **quorum)  # type: ignore[arg-type]
        case Method.QUALIFIED:
            return proposals.majority(found, needed=rules.needed, **asked, **quorum)  # type: ignore[arg-type]
        case _:
            return proposals.majority(found, **asked, **quorum)  # type: ignore[arg-type]


def ballots_of(rules: Rules, cast: Iterable[Marks], *, titled: bool = False) -> Ballots:
    """Return the ballots as rows of marks, without what was withdrawn; options by number, or by `titled` names."""
    rows = [[NO_MARK if mark is None else mark for mark in each] for each in cast if not isinstance(each, str)]
    table = np.array(rows, dtype=np.int64).reshape(len(rows), len(rules.options))
    names = list(rules.options) if titled else [f"{place}" for place in range(len(rules.options))]
    found = Ballots.of(names, table, asked=rules.asked)
    return found.without([name for name, stands in zip(names, rules.stands, strict=True) if not stands])


def _count_options(rules: Rules, ballots: Ballots, kept: Sequence[int]) -> dict[str, Any]:
    places = min(rules.places, len(kept))
    match rules.method:
        case Method.APPROVAL:
            return _write_scored(marks.approval(ballots, places=places, most=rules.most, quorum=rules.quorum))
        case Method.SCORE:
            highest = rules.highest or 1
            return _write_scored(marks.score(ballots, highest=highest, places=places, quorum=rules.quorum))
        case Method.DOTS:
            return _write_scored(marks.dot_vote(ballots, dots=rules.most or 1, places=places, quorum=rules.quorum))
        case Method.TIME:
            found = marks.time_poll(ballots, places=places, quorum=rules.quorum)
            return {
                **_write_choice(found),
                "scores": found.suits.tolist(),
                "if_need_be": found.if_need_be.tolist(),
                "nobody_out": list(found.nobody_out),
            }
        case Method.BUDGET:
            return _count_budget(rules, ballots, kept)
        case _:
            return _count_ranked(rules, ballots)


def _count_ranked(rules: Rules, ballots: Ballots) -> dict[str, Any]:
    both = ranked.ranked_choice(ballots, quorum=rules.quorum)
    return {
        **_write_choice(both.schulze),
        "agree": both.agree,
        "runoff": {"outcome": both.runoff.outcome.value, "leading": list(both.runoff.leading)},
        "rounds": [
            {"votes": [[option, float(votes)] for option, votes in each.votes.items()], "out": list(each.out)}
            for each in both.runoff.rounds
        ],
        "prefer": both.schulze.pairs.prefer.tolist(),
    }


def _count_budget(rules: Rules, ballots: Ballots, kept: Sequence[int]) -> dict[str, Any]:
    found = budget.equal_shares(ballots, [rules.costs[place] for place in kept], rules.budget or 0, quorum=rules.quorum)
    return {
        "outcome": found.outcome.value,
        "turnout": _write_turnout(found.turnout),
        "chosen": list(found.chosen),
        "tied": [],
        "scores": found.support.tolist(),
        "spent": found.spent,
    }


def _write_turnout(turnout: Turnout) -> dict[str, int | None]:
    return {
        "counted": turnout.counted,
        "abstained": turnout.abstained,
        "spoilt": turnout.spoilt,
        "asked": turnout.asked,
    }


def _write_positions(found: Positions) -> dict[str, Any]:
    written: dict[str, Any] = {
        "outcome": found.outcome.value,
        "turnout": _write_turnout(found.turnout),
        "counts": dict(found.counts),
    }
    if isinstance(found, Majority):
        written |= {"share": None if found.share is None else float(found.share)}
    if isinstance(found, Gradients):
        written |= {
            "share": None if found.support is None else float(found.support),
            "is_lukewarm": found.is_lukewarm,
        }
    if isinstance(found, ConsentFound):
        written |= {"open": found.open, "worked_through": found.worked_through}
    return written


def _write_choice(found: Choice) -> dict[str, Any]:
    return {
        "outcome": found.outcome.value,
        "turnout": _write_turnout(found.turnout),
        "chosen": list(found.chosen),
        "tied": list(found.tied),
        "levels": [list(level) for level in found.levels],
    }


def _write_scored(found: marks.Scored) -> dict[str, Any]:
    return {**_write_choice(found), "scores": found.scores.tolist(), "markers": found.markers.tolist()}


def _renumber(result: dict[str, Any], kept: Sequence[int]) -> dict[str, Any]:
    """Give options the numbers they had before some were withdrawn; lists by option say nothing of those."""
    for name in ("chosen", "tied", "nobody_out"):
        if name in result:
            result[name] = [kept[option] for option in result[name]]
    if "levels" in result:
        result["levels"] = [[kept[option] for option in level] for level in result["levels"]]
    if "runoff" in result:
        result["runoff"]["leading"] = [kept[option] for option in result["runoff"]["leading"]]
    for each in result.get("rounds", ()):
        each["votes"] = [[kept[option], votes] for option, votes in each["votes"]]
        each["out"] = [kept[option] for option in each["out"]]
    result["of"] = list(kept)  # the options that lists by option speak of, in their order
    return result
