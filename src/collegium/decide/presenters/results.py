"""What came of a vote, in words and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.decide.enums import Method
from collegium.decide.method_words import say_share
from collegium.decide.methods import TIMES, Shape, way_of
from collegium.decide.models import Option, Poll
from collegium.science.choices.outcomes import Outcome

_OUTCOMES = {
    Outcome.CARRIED: gettext_lazy("It is carried."),
    Outcome.NOT_CARRIED: gettext_lazy("It is not carried."),
    Outcome.OPEN: gettext_lazy("It stays open: there are objections to work through."),
    Outcome.NO_QUORUM: gettext_lazy("Nothing is decided: too few took part for the quorum."),
    Outcome.NO_VOTES: gettext_lazy("Nothing is decided: nobody expressed a choice."),
    Outcome.NO_OPTIONS: gettext_lazy("Nothing is decided: every option was withdrawn."),
    Outcome.SUMMARY: gettext_lazy("This is where people stand. Nothing was decided by it."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """A position or an option, what it got, and what became of it."""

    title: str
    number: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """What came of a vote."""

    headline: str
    turnout: str
    notes: tuple[str, ...]
    counted: str
    rows: tuple[ResultRow, ...]


def present_result(poll: Poll, options: Sequence[Option]) -> ResultView | None:
    """Return what came of a closed vote; None of one that is not."""
    result = poll.result
    if result.get("lost"):
        return _plain(
            _(
                "The ballots cannot be opened: this site was restored from a backup, which never holds their keys. "
                "Nothing is known of them. Vote again."
            ),
        )
    if result.get("withheld"):
        return _plain(_("Too few voted for the secret to hold, so no ballot was looked at and none was kept."))
    if "outcome" not in result:
        return None
    titles = [option.title for option in options]
    rows = _position_rows(poll, result) if "counts" in result else _option_rows(poll, result, titles)
    return ResultView(
        headline=_headline(result, titles),
        turnout=_turnout(result["turnout"]),
        notes=tuple(_notes(poll, result, titles)),
        counted=_counted(poll.method),
        rows=tuple(rows),
    )


def _plain(headline: str) -> ResultView:
    return ResultView(headline=headline, turnout="", notes=(), counted="", rows=())


def _headline(result: Mapping[str, Any], titles: Sequence[str]) -> str:
    outcome = Outcome(result["outcome"])
    if outcome in _OUTCOMES:
        return str(_OUTCOMES[outcome])
    chosen, tied = _join(result["chosen"], titles), _join(result["tied"], titles)
    if outcome is Outcome.TIED:
        level = _("Level: %(tied)s. Nothing here decides between them; you do.") % {"tied": tied}
        return " ".join(filter(None, (_("Chosen: %(chosen)s.") % {"chosen": chosen} if chosen else "", level)))
    if not chosen:
        return _("Nothing could be chosen under the budget.")
    return _("Chosen: %(chosen)s.") % {"chosen": chosen}


def _join(places: Sequence[int], titles: Sequence[str]) -> str:
    return ", ".join(titles[place] for place in places)


def _turnout(found: Mapping[str, Any]) -> str:
    took_part = found["counted"] + found["abstained"]
    parts = [
        _("%(took_part)s of %(asked)s took part") % {"took_part": took_part, "asked": found["asked"]},
        ngettext("%(n)s abstained", "%(n)s abstained", found["abstained"]) % {"n": found["abstained"]},
    ]
    return ", ".join(parts) + "."


def _notes(poll: Poll, result: Mapping[str, Any], titles: Sequence[str]) -> list[str]:
    notes = []
    if result.get("share") is not None:
        needed = poll.needed if poll.method in (Method.QUALIFIED, Method.GRADIENTS) else Fraction(1, 2)
        words = {"share": f"{100 * result['share']:.1f}".removesuffix(".0"), "needed": say_share(needed)}
        notes.append(_("The share in favour is %(share)s%%; %(needed)s is the line.") % words)
    if result.get("is_lukewarm"):
        notes.append(_("Less than half of the support is warm: talk about what would make it so before you go on."))
    if result.get("worked_through"):
        through = result["worked_through"]
        notes.append(
            ngettext("%(n)s objection was worked through.", "%(n)s objections were worked through.", through)
            % {"n": through}
        )
    if "agree" in result and not result["agree"]:
        other = _join(result["runoff"]["leading"], titles) or _("nothing")
        notes.append(
            _(
                "Instant runoff would have chosen otherwise: %(other)s. Schulze decides, as was said before the "
                "vote; talk "
                "about why the two differ."
            )
            % {"other": other}
        )
    elif result.get("agree") and result["chosen"]:
        notes.append(_("Instant runoff comes to the same."))
    if "spent" in result:
        words = {"spent": f"{result['spent']:,}", "budget": f"{poll.budget:,}"}
        notes.append(_("%(spent)s of %(budget)s is spent.") % words)
    return notes


def _counted(method: str) -> str:
    return {
        Method.SCORE: _("Score"),
        Method.DOTS: _("Dots"),
        Method.RANKED: _("Level"),
        Method.TIME: _("Suits, and if need be"),
    }.get(Method(method), _("Ballots"))


def _position_rows(poll: Poll, result: Mapping[str, Any]) -> list[ResultRow]:
    return [
        ResultRow(title=str(label), number=str(result["counts"].get(key, 0)), mark="")
        for key, label in way_of(poll.method).positions
    ]


def _option_rows(poll: Poll, result: Mapping[str, Any], titles: Sequence[str]) -> list[ResultRow]:
    numbers = _numbers(poll, result)
    chosen, tied = set(result["chosen"]), set(result["tied"])
    order = [place for level in result.get("levels", ()) for place in level] or sorted(
        numbers, key=lambda place: (place not in chosen, -int(numbers[place]))
    )
    order += [place for place in numbers if place not in order]
    return [
        ResultRow(
            title=titles[place],
            number=numbers.get(place, ""),
            mark="chosen" if place in chosen else "tied" if place in tied else "",
        )
        for place in order
    ]


def _numbers(poll: Poll, result: Mapping[str, Any]) -> dict[int, str]:
    """What each option got, by its number."""
    of = result.get("of", ())
    if poll.method == Method.RANKED:
        return {place: str(number) for number, level in enumerate(result["levels"], start=1) for place in level}
    if "if_need_be" in result:
        pairs = zip(of, result["scores"], result["if_need_be"], strict=True)
        return {place: f"{suits} + {maybe}" for place, suits, maybe in pairs}
    return {place: str(score) for place, score in zip(of, result.get("scores", ()), strict=False)}


def write_marks(poll: Poll, marks: Any, options: Sequence[Option]) -> str:
    """Return what is on a ballot, in words."""
    way = way_of(poll.method)
    if way.shape is Shape.POSITION:
        return str(dict(way.positions).get(marks, ""))
    given = [(option.title, mark) for option, mark in zip(options, marks, strict=True) if mark is not None]
    if not given:
        return _("abstains")
    if way.shape is Shape.CHOICES:
        return ", ".join(title for title, mark in given if mark)
    if way.shape is Shape.TIMES:
        words = dict(TIMES)
        return "; ".join(f"{title}: {words[mark]}" for title, mark in given)
    ordered = sorted(given, key=lambda pair: pair[1]) if way.shape is Shape.RANKS else given
    return ", ".join(f"{title}: {mark}" for title, mark in ordered)
