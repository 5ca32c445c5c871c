"""`collegium tally`: from a file of ballots to the result, by any method, without a site or a database."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from collegium.cli.console import Exit, Stop, remark, say, say_json

if TYPE_CHECKING:
    from collegium.cli.tallies import Cast, Counted, Method, Rules
    from collegium.decide.files import BallotFile
    from collegium.science.choices.ballots import Ballots

METHODS = (
    *("ranked-choice", "schulze", "instant-runoff", "transferable-vote", "plurality", "approval", "score", "dot-vote"),
    *("time-poll", "equal-shares", "majority", "consent", "consensus", "gradients", "sense-check", "advice-process"),
)


class Share(click.ParamType):  # type: ignore[type-arg] # it has no parameter when it runs
    """A share such as 2/3, 0.5 or 60%."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        """Read it exactly."""
        if isinstance(value, Fraction):
            return value
        try:
            text = str(value).strip()
            share = Fraction(text.removesuffix("%").strip()) / (100 if text.endswith("%") else 1)
        except (ValueError, ZeroDivisionError):
            self.fail(f"{value!r} is no share. Write 2/3, 0.5 or 60%.", param, ctx)
        if not 0 <= share <= 1:
            self.fail(f"{value!r} is no share between nothing and all.", param, ctx)
        return share


@click.command()
@click.argument("ballots", metavar="BALLOTS", type=click.Path(path_type=Path))
@click.option("--method", type=click.Choice(METHODS), required=True, help="How they are counted.")
@click.option("--places", type=click.IntRange(min=1), default=1, show_default=True, help="How many are chosen.")
@click.option("--asked", type=click.IntRange(min=0), help="How many could have voted.")
@click.option("--quorum", type=Share(), default=Fraction(0), help="The share of those asked that has to take part.")
@click.option("--quorum-people", type=click.IntRange(min=0), default=0, help="How many have to take part.")
@click.option("--needed", type=Share(), help="The share of yes, or of support, that carries: 2/3, 60%.")
@click.option("--of", type=click.Choice(["votes", "taking-part", "asked"]), default="votes", help="… and of whom.")
@click.option("--worked-through", type=click.IntRange(min=0), default=0, help="Objections that were (consent).")
@click.option("--highest", type=click.IntRange(min=1), default=5, show_default=True, help="The best score.")
@click.option("--dots", type=click.IntRange(min=1), default=5, show_default=True, help="Dots that everybody has.")
@click.option("--most-ticks", type=click.IntRange(min=1), help="How many options may be ticked (approval).")
@click.option("--strict", is_flag=True, help="Equal ranks and gaps spoil a ballot.")
@click.option("--winning-votes", is_flag=True, help="Schulze by winning votes in place of margins.")
@click.option("--not-compared", is_flag=True, help="Schulze: options without a rank are compared with none.")
@click.option("--withdrawn", multiple=True, metavar="OPTION", help="An option that was withdrawn; may be repeated.")
@click.option("--budget", type=click.IntRange(min=0), help="What there is to spend (equal-shares).")
@click.option("--costs", type=click.Path(path_type=Path), help="A table with the columns option and cost.")
@click.option(
    "--completion",
    type=click.Choice(["none", "by-support", "by-raising"]),
    default="by-raising",
    show_default=True,
    help="What happens with money that is left over.",
)
@click.option("--lot", metavar="OPTION,…", default="", help="All options as drawn beforehand, for ties (transferable).")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")
def tally(ballots: Path, method: str, as_json: bool, **told: Any) -> None:
    """Count ballots from a file, and say by which rules.

    BALLOTS is a table (CSV, TSV, XLSX, ODS) with a title for each option and a row for each ballot, or with the
    column position; a PrefLib file (.soc, .soi, .toc, .toi); or a Pabulib file (.pb). Columns called ballot and
    count name a ballot and say how often it came. docs/reference/ballots.md has the formats, docs/methods a page
    for each method.

    \b
    Examples:
      collegium tally ballots.csv --method schulze
      collegium tally council.csv --method transferable-vote --places 3 --strict
      collegium tally vote.csv --method majority --needed 2/3 --asked 60 --quorum 1/2
      collegium tally projects.csv --method equal-shares --costs costs.csv --budget 5000

    Exit codes: 0 counted, whatever came of it; 2 refused, nothing was counted.
    """
    from collegium.cli.analysis.report import start_pictures
    from collegium.cli.tallies import Method, count, write_counted, write_rules
    from collegium.cli.tallies import words as method_words
    from collegium.decide import file_words
    from collegium.decide.files import UnreadableBallots
    from collegium.science.errors import UnusableInput

    start_pictures()
    chosen = Method(method)
    try:
        found = _read(ballots)
        handed_in = _handed_in(found, chosen, told)
        rules = _rules(found, handed_in, chosen, told)
        counted = count(chosen, handed_in, rules)
    except UnreadableBallots as error:
        raise _refused(error.code, file_words.unreadable(error), as_json=as_json) from error
    except UnusableInput as error:
        raise _refused(error.code, str(error), as_json=as_json) from error
    options = () if found.positions else handed_in.options  # type: ignore[union-attr]
    notes = [file_words.note(each) for each in found.notes] + _unknown_words(handed_in)
    for each in notes:
        remark(each)
    if as_json:
        result = write_counted(counted, options)
        words = method_words.rules(chosen, rules)
        say_json({"file": ballots.name, "rules": write_rules(rules), "rules in words": words, "notes": notes} | result)
        return
    _tell(chosen, rules, counted, options)


# --- reading ----------------------------------------------------------------------------------------------------------
def _read(path: Path) -> BallotFile:
    from collegium.decide import files

    return files.read(path)


def _handed_in(found: BallotFile, method: Method, told: dict[str, Any]) -> Ballots | Cast:
    """Return what is counted: ballots with a mark for each option, ranks where the method wants them; or positions."""
    from dataclasses import replace

    from collegium.cli.tallies import FORMS, POSITIONS, BallotForm, Cast
    from collegium.decide.files import Form
    from collegium.science.errors import UnusableInput

    if found.form is Form.POSITIONS:
        UnusableInput.unless(
            method in POSITIONS, "form", f"{found.name} holds positions on one proposal, and {method} chooses options."
        )
        return Cast.of_words(method, found.positions, blank=found.blank, asked=told["asked"])
    UnusableInput.unless(
        method not in POSITIONS,
        "form",
        f"{method} needs a file with the column “position”, and {found.name} has options.",
    )
    ranks = FORMS[method] is BallotForm.RANKS
    UnusableInput.unless(
        ranks or found.form is not Form.RANKS, "form", f"{found.name} holds rankings, and {method} counts marks."
    )
    ballots = found.ranks if ranks else found.ballots
    return replace(ballots.without(told["withdrawn"]), asked=told["asked"])


def _rules(found: BallotFile, handed_in: Ballots | Cast, method: Method, told: dict[str, Any]) -> Rules:
    from collegium.cli.tallies import Cast, Method, Rules
    from collegium.science.choices.budget import Completion
    from collegium.science.choices.pairs import Unranked
    from collegium.science.choices.positions import Of
    from collegium.science.choices.schulze import Strength

    options = () if isinstance(handed_in, Cast) else handed_in.options
    costs, budget = _money(found, options, told) if method is Method.BUDGET else ((), 0)
    return Rules(
        places=told["places"],
        quorum_share=told["quorum"],
        quorum_people=told["quorum_people"],
        needed=told["needed"],
        of={"votes": Of.VOTES, "taking-part": Of.TAKING_PART, "asked": Of.ASKED}[told["of"]],
        worked_through=told["worked_through"],
        highest=told["highest"],
        dots=told["dots"],
        most_ticks=told["most_ticks"],
        strict=told["strict"],
        unranked=Unranked.NOT_COMPARED if told["not_compared"] else Unranked.LAST,
        strength=Strength.WINNING_VOTES if told["winning_votes"] else Strength.MARGIN,
        budget=budget,
        costs=costs,
        completion={
            "none": Completion.NONE,
            "by-support": Completion.BY_SUPPORT,
            "by-raising": Completion.BY_RAISING,
        }[told["completion"]],
        lot=_lot(told["lot"], options),
    )


def _money(found: BallotFile, options: tuple[str, ...], told: dict[str, Any]) -> tuple[tuple[int, ...], int]:
    """Return what options cost, and the budget: from the command line, else from the file."""
    from collegium.decide import files
    from collegium.science.errors import UnusableInput

    if told["costs"]:
        costs = files.read_costs(told["costs"])
    else:
        costs = dict(zip(found.ballots.options, found.costs, strict=False))
    missing = [option for option in options if option not in costs]
    UnusableInput.unless(
        not missing, "costs", f"It is not known what these cost: {', '.join(missing)}. Say it with --costs."
    )
    budget = found.budget if told["budget"] is None else told["budget"]
    UnusableInput.unless(budget is not None, "budget", "It is not known what there is to spend. Say it with --budget.")
    return tuple(costs[option] for option in options), int(budget or 0)


def _lot(text: str, options: tuple[str, ...]) -> tuple[int, ...]:
    from collegium.science.errors import UnusableInput

    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in options]
    UnusableInput.unless(not unknown, "lot", f"The lot names what is no option: {', '.join(unknown)}.")
    return tuple(options.index(name) for name in names)


# --- telling ----------------------------------------------------------------------------------------------------------
def _refused(code: str, message: str, *, as_json: bool) -> Stop:
    if as_json:
        say_json({"error": code, "message": message})
    return Stop(message, Exit.REFUSED)


def _unknown_words(handed_in: Ballots | Cast) -> list[str]:
    from collegium.cli.tallies import Cast

    if not isinstance(handed_in, Cast) or not handed_in.unknown:
        return []
    return [f"No position of this method, so spoilt: {', '.join(handed_in.unknown[:10])}."]


def _tell(method: Method, rules: Rules, counted: Counted, options: tuple[str, ...]) -> None:
    from collegium.cli.tallies import report
    from collegium.cli.tallies import words as method_words

    say(f"{method_words.METHODS[method].title}")
    for line in report.lines(counted, options):
        say(line)
    say()
    say("Rules:")
    for rule in method_words.rules(method, rules):
        say(f"- {rule}")
