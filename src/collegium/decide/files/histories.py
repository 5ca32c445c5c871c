"""Decisions that were taken elsewhere, as texts to keep: what was asked, what was chosen, what was said of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from collegium.decide.files.loomio import ballots_of
from collegium.decide.files.loomio_records import LoomioExport, LoomioPoll
from collegium.decide.files.records import BallotFile, Form
from collegium.science.choices.ballots import Ballots
from collegium.science.choices.outcomes import Levels
from collegium.science.choices.schulze import schulze

RANKING = "ranked_choice"
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_BLOCKS = {"p", "br", "li", "div", "h1", "h2", "h3", "h4", "tr", "blockquote"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One decision of the past. `figures` are its options with how many chose them, or a rank; `cast` of `asked` voted.

    `closed_on` is None where the file does not say it.
    """

    question: str
    details: str = ""
    is_ranking: bool = False
    figures: tuple[tuple[str, int], ...] = ()
    cast: int = 0
    asked: int | None = None
    outcomes: tuple[str, ...] = ()
    closed_on: dt.date | None = None

    @property
    def places(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The places of a ranking, with all that are level there."""
        found: dict[int, list[str]] = {}
        for option, rank in self.figures:
            found.setdefault(rank, []).append(option)
        return tuple((rank, tuple(options)) for rank, options in sorted(found.items()))


def pasts_of(export: LoomioExport) -> tuple[Past, ...]:
    """Return the polls of a group that are closed and ask something; those still open are left out."""
    return tuple(_of_poll(poll) for poll in export.polls if poll.closed_at and poll.title and poll.options)


def past_of(file: BallotFile, question: str, *, is_ranking: bool) -> Past:
    """Return a file of ballots as one decision: numbers are added up, ranks compared."""
    if file.form is Form.POSITIONS:
        counts = sorted(file.positions.items(), key=lambda pair: (-pair[1], pair[0]))
        return Past(question=question, figures=tuple(counts), cast=sum(file.positions.values()) + file.blank)
    ranks = is_ranking or file.form is Form.RANKS
    ballots = file.ranks if ranks else file.ballots
    return Past(question=question, is_ranking=ranks, figures=_figures(ballots, is_ranking=ranks), cast=ballots.n)


def _of_poll(poll: LoomioPoll) -> Past:
    ballots = ballots_of(poll)
    return Past(
        question=poll.title,
        details=plain(poll.details),
        is_ranking=poll.type == RANKING,
        figures=_figures(ballots, is_ranking=poll.type == RANKING),
        cast=ballots.n,
        asked=len(poll.stances),
        outcomes=tuple(plain(text) for text in poll.outcomes if text),
        closed_on=_day(poll.closed_at),
    )


def _figures(ballots: Ballots, *, is_ranking: bool) -> tuple[tuple[str, int], ...]:
    if is_ranking:
        return tuple(_ranked(schulze(ballots).levels, ballots.options))
    sums = (ballots.marks.clip(min=0).T @ ballots.counts).tolist()
    return tuple(sorted(zip(ballots.options, sums, strict=True), key=lambda pair: -pair[1]))


def _ranked(levels: Levels, options: Sequence[str]) -> Iterable[tuple[str, int]]:
    for rank, level in enumerate(levels, start=1):
        for option in level:
            yield options[option], rank


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


class _Words(HTMLParser):
    """Collects the words of HTML, a line for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.is_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.is_code = tag in {"script", "style"}
        if tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_endtag(self, _tag: str) -> None:
        self.is_code = False

    def handle_data(self, data: str) -> None:
        if not self.is_code:
            self.parts.append(data)


def plain(text: str) -> str:
    """Return a text that may be HTML as Markdown that says the same words and nothing else."""
    words = _Words()
    words.feed(text)
    words.close()
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", escape("".join(words.parts))).strip()


def escape(text: str) -> str:
    """Return words as Markdown that shows them as they are."""
    return _SPECIAL.sub(r"\\\1", text)
