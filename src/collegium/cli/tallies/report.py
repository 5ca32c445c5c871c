"""A result in lines of text: what came of it, who took part, and the figures that lead there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from collegium.cli.tallies import Counted
from collegium.cli.tallies import words as method_words
from collegium.decide.method_words import POSITIONS
from collegium.science.choices.budget import BudgetChoice
from collegium.science.choices.marks import Scored, Times
from collegium.science.choices.outcomes import Choice
from collegium.science.choices.positions import ConsentFound, Gradients, Majority, Positions
from collegium.science.choices.ranked import RankedChoice
from collegium.science.choices.runoff import RunoffChoice
from collegium.science.choices.schulze import SchulzeChoice
from collegium.science.choices.transferable import TransferableChoice

Table = Iterable[Sequence[object]]


def lines(counted: Counted, options: Sequence[str]) -> list[str]:
    """Return the lines of a result."""
    if isinstance(counted, RankedChoice):
        agree = _("Both methods agree.") if counted.agree else _("The two methods disagree. Schulze decides.")
        runoff = ["", _("Instant runoff:"), *lines(counted.runoff, options)]
        return [agree, "", _("Schulze:"), *lines(counted.schulze, options), *runoff]
    if isinstance(counted, Positions):
        return _positions(counted)
    if isinstance(counted, BudgetChoice):
        return _budget(counted, options)
    return _choice(counted, options)


def _names(places: Iterable[int], options: Sequence[str]) -> list[str]:
    return [options[place] for place in places]


def _begin(counted: Choice | BudgetChoice, options: Sequence[str], tied: Sequence[int] = ()) -> list[str]:
    said = method_words.outcome(counted.outcome, _names(counted.chosen, options), _names(tied, options))
    return [said, method_words.turnout(counted.turnout)]


def _positions(counted: Positions) -> list[str]:
    found = [method_words.outcome(counted.outcome), method_words.turnout(counted.turnout)]
    found += _table((POSITIONS[position], number) for position, number in counted.counts.items())
    if isinstance(counted, Majority) and counted.share is not None:
        found.append(
            _("Yes: %(share)s of %(of)s; needed: %(needed)s.")
            % {"share": _share(counted.share), "of": counted.of.value, "needed": counted.needed}
        )
    if isinstance(counted, ConsentFound):
        found.append(
            _("Objections: %(open)s open, %(done)s worked through.")
            % {"open": counted.open, "done": counted.worked_through}
        )
    if isinstance(counted, Gradients) and counted.support is not None:
        found.append(
            _("Support: %(share)s; needed: %(needed)s.") % {"share": _share(counted.support), "needed": counted.needed}
        )
        if counted.is_lukewarm:
            found.append(_("The support is lukewarm: less than half of it endorses, or agrees with minor points."))
    return found


def _choice(counted: Choice, options: Sequence[str]) -> list[str]:
    found = _begin(counted, options, counted.tied)
    if isinstance(counted, Scored):
        by_level = [option for level in counted.levels for option in level]
        found += _table((options[option], counted.scores[option]) for option in by_level)
    if isinstance(counted, Times):
        found += _table(
            (options[time], counted.suits[time], f"+ {counted.if_need_be[time]}", _can_all(counted, time))
            for level in counted.levels
            for time in level
        )
    if isinstance(counted, SchulzeChoice):
        found += [f"{at}. {', '.join(_names(level, options))}" for at, level in enumerate(counted.levels, start=1)]
        winner = counted.pairs.condorcet_winner
        found.append(
            _("No option wins against every other.")
            if winner is None
            else _("%(option)s wins against every other option.") % {"option": options[winner]}
        )
    if isinstance(counted, RunoffChoice):
        found += _rounds(counted, options)
    if isinstance(counted, TransferableChoice):
        found += _counts(counted, options)
    return found


def _can_all(counted: Times, time: int) -> str:
    return _("everybody can") if time in counted.nobody_out else ""


def _rounds(counted: RunoffChoice, options: Sequence[str]) -> list[str]:
    found = []
    for at, each in enumerate(counted.rounds, start=1):
        votes = ", ".join(f"{options[option]} {_number(number)}" for option, number in each.votes.items())
        out = f" → {_('out')}: {', '.join(_names(each.out, options))}" if each.out else ""
        found.append(f"{at}. {votes}{out}")
    if counted.each_way is None:
        found.append(_("Too many options went out level to follow every order in which they could have gone."))
    elif set(counted.each_way) != set(counted.leading):
        who = ", ".join(_names(counted.each_way, options))
        found.append(_("Had level options gone out one at a time, these could have won: %(who)s.") % {"who": who})
    return found


def _counts(counted: TransferableChoice, options: Sequence[str]) -> list[str]:
    found = []
    for at, each in enumerate(counted.counts, start=1):
        votes = ", ".join(f"{options[option]} {_number(number)}" for option, number in each.votes.items())
        what = ""
        if each.elected is not None:
            what = f" → {_('elected')}: {options[each.elected]}"
        elif each.out is not None:
            what = f" → {_('out')}: {options[each.out]}"
        rule = f" ({_('by the tie rule')})" if each.by_tie_rule else ""
        found.append(f"{at}. {_('quota')} {_number(each.quota)}: {votes}{what}{rule}")
    return found


def _budget(counted: BudgetChoice, options: Sequence[str]) -> list[str]:
    found = _begin(counted, options)
    found.append(_("Spent: %(spent)s of %(budget)s.") % {"spent": counted.spent, "budget": counted.budget})
    for step in counted.steps:
        line = f"{options[step.project]}: {_('wanted by')} {step.supporters}"
        if step.completed:
            line += f"; {_('added with what was left over')}"
        else:
            line += f"; {_('each pays at most')} {step.most_paid:.2f}"
        if step.level:
            line += f"; {_('level with')} {', '.join(_names(step.level, options))}"
        found.append(line)
    if counted.raised:
        found.append(_("Shares were raised by %(n)s hundredths.") % {"n": counted.raised})
    return found


def _table(rows: Table) -> list[str]:
    cells = [[str(cell) for cell in row] for row in rows]
    if not cells:
        return []
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    return [
        "  ".join(
            text.ljust(width) if column == 0 else text.rjust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]


def _number(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else f"{float(number):.3f}"


def _share(share: Fraction) -> str:
    return f"{share} ({float(share * 100):.1f} %)"
