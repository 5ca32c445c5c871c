"""The pages of a vote: choosing how to vote, voting, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.decide import policies
from collegium.decide.ballots import published
from collegium.decide.enums import Method, PollState, Stage
from collegium.decide.method_words import say_share
from collegium.decide.methods import WAYS, Shape, way_of
from collegium.decide.models import Matter, OpenBallot, Poll
from collegium.decide.presenters.frame import address_of, name_of
from collegium.decide.presenters.results import ResultView, present_result, write_marks
from collegium.decide.queries import polls
from collegium.decide.queries.matters import FoundMatter
from collegium.decide.queries.polls import FoundPoll
from collegium.people.actors import Actor
from collegium.people.presenters.frame import UnitFrame, frame_of
from collegium.science.choices.positions import Consent


@dataclass(frozen=True, slots=True, kw_only=True)
class WayRow:
    """A way of voting, to be chosen."""

    title: str
    good_for: str
    may_be_secret: bool
    is_usual: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysPage:
    """The ways of voting."""

    unit: UnitFrame
    question: str
    matter_url: str
    rows: tuple[WayRow, ...]


def present_ways(actor: Actor, found: FoundMatter, usual: str) -> WaysPage:
    """Return the ways of voting, for whoever opens a vote; the one that the norms name is marked."""
    url = reverse("decide:poll_add", args=[found.matter.id])
    return WaysPage(
        unit=frame_of(actor, found.place),
        question=found.matter.question,
        matter_url=address_of(found.matter),
        rows=tuple(
            WayRow(
                title=str(method.label),
                good_for=str(way.good_for),
                may_be_secret=way.may_be_secret,
                is_usual=method == usual,
                url=f"{url}?method={method.value}",
            )
            for method, way in WAYS.items()
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow:
    """Something to choose."""

    title: str
    cost: int | None
    withdrawn: str
    is_withdrawn: bool
    proposal_url: str
    withdraw_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotRow:
    """A ballot as others see it: with a name where the vote is open, with a code where it was secret."""

    who: str
    says: str
    reason: str
    worked_through: str
    work_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PollPage:
    """A vote."""

    unit: UnitFrame
    question: str
    matter: str
    matter_url: str
    url: str
    method: str
    good_for: str
    rules: str
    how: str
    is_secret: bool
    is_open: bool
    is_counting: bool
    stopped: str
    closes_at: dt.datetime
    facts: tuple[tuple[str, str], ...]
    options: tuple[OptionRow, ...]
    is_of_proposal: bool
    can_vote: bool
    has_voted: bool
    own_says: str
    result: ResultView | None
    ballots: tuple[BallotRow, ...]
    page: Page[Any] | None
    reasons: tuple[str, ...]
    code: str
    found_says: str
    csv_url: str
    tally: str
    stop_url: str


def present_poll(actor: Actor, found: FoundPoll, *, number: int = 1, code: str = "") -> PollPage:
    """Return the page of a vote. Of a secret one that is open nothing is known but how many voted, in steps."""
    poll, options = found.poll, found.options
    runs = found.takes_ballots and policies.can_facilitate(actor, found.found.place, found.found.standing)
    is_closed = poll.state == PollState.CLOSED
    own = None if poll.is_secret else polls.get_own_ballot(actor, poll)
    rows, page = _ballots(actor, found, number)
    secret_out = poll.is_secret and is_closed
    mine = published.find_ballot(poll, code) if secret_out and code else None
    way = way_of(poll.method)
    return PollPage(
        unit=frame_of(actor, found.found.place),
        question=poll.question,
        matter=found.found.matter.question,
        matter_url=address_of(found.found.matter),
        url=reverse("decide:poll", args=[poll.id]),
        method=str(Method(poll.method).label),
        good_for=str(way.good_for),
        rules=str(way.rules),
        how=_say_how(poll),
        is_secret=poll.is_secret,
        is_open=found.takes_ballots,
        is_counting=poll.state == PollState.OPEN and not found.takes_ballots,
        stopped=poll.result.get("why", "") if poll.state == PollState.STOPPED else "",
        closes_at=poll.closes_at,
        facts=tuple(_facts(found)),
        options=tuple(_option(found, option, runs) for option in options),
        is_of_proposal=way.shape is Shape.POSITION,
        can_vote=found.takes_ballots and found.voter is not None and not (poll.is_secret and found.voter.has_voted),
        has_voted=found.voter is not None and found.voter.has_voted,
        own_says=write_marks(poll, own.marks, options) if own else "",
        result=present_result(poll, options) if is_closed else None,
        ballots=tuple(rows),
        page=page,
        reasons=tuple(published.list_reasons(poll)) if secret_out else (),
        code=code,
        found_says=write_marks(poll, mine.marks, options) if mine else "",
        csv_url=reverse("decide:poll_csv", args=[poll.id]) if is_closed and "outcome" in poll.result else "",
        tally=_tally_command(poll),
        stop_url=reverse("decide:poll_stop", args=[poll.id]) if runs else "",
    )


def _say_how(poll: Poll) -> str:
    """How a ballot is filled in, where that does not go without saying."""
    if poll.method == Method.DOTS:
        return _("Give your %(dots)s dots to one option or to several.") % {"dots": poll.most}
    if poll.method == Method.SCORE:
        return _("Score each option from 0 to %(highest)s. One that you leave empty has no score from you.") % {
            "highest": poll.highest
        }
    if poll.method == Method.RANKED:
        return _(
            "Write 1 beside your first choice, 2 beside the next. The same number twice is allowed, and so are gaps."
        )
    return ""


def _facts(found: FoundPoll) -> Iterable[tuple[str, str]]:
    poll, way = found.poll, way_of(found.poll.method)
    voted = polls.count_voted([poll])[poll.id]
    if poll.state != PollState.STOPPED:
        words = _("at least %(voted)s of %(asked)s") if poll.is_secret else _("%(voted)s of %(asked)s")
        yield _("Voted"), words % {"voted": voted, "asked": poll.asked}
    if "quorum_percent" in way.settings:
        yield _("Quorum"), _("%(share)s%% of those who may vote") % {"share": poll.quorum_percent}
    if "needed" in way.settings:
        yield _("Needed"), say_share(poll.needed)
    if "places" in way.settings:
        yield _("How many can win"), str(poll.places)
    if "most" in way.settings and poll.most:
        yield (_("Dots for each") if poll.method == Method.DOTS else _("Most on a ballot")), str(poll.most)
    if "highest" in way.settings:
        yield _("Highest score"), str(poll.highest)
    if "budget" in way.settings:
        yield _("Budget"), f"{poll.budget:,}"


def _option(found: FoundPoll, option: Any, runs: bool) -> OptionRow:
    may_withdraw = runs and option.withdrawn_at is None and way_of(found.poll.method).shape is not Shape.POSITION
    return OptionRow(
        title=option.title,
        cost=option.cost,
        withdrawn=option.withdrawn_because,
        is_withdrawn=option.withdrawn_at is not None,
        proposal_url=reverse("decide:proposal", args=[option.proposal_id]) if option.proposal_id else "",
        withdraw_url=reverse("decide:option_withdraw", args=[found.poll.id, option.id]) if may_withdraw else "",
    )


def _ballots(actor: Actor, found: FoundPoll, number: int) -> tuple[list[BallotRow], Page[Any] | None]:
    poll = found.poll
    if poll.state == PollState.STOPPED or (poll.is_secret and poll.state != PollState.CLOSED):
        return [], None
    rows: Any = published.list_ballots(poll) if poll.is_secret else polls.list_open_ballots(poll)
    page = Paginator(rows, polls.PAGE).get_page(number)
    if poll.is_secret:
        return [_secret_row(found, row) for row in page.object_list], page
    return [_open_row(actor, found, row) for row in page.object_list], page


def _secret_row(found: FoundPoll, row: Any) -> BallotRow:
    says = write_marks(found.poll, row.marks, found.options)
    return BallotRow(who=row.code, says=says, reason="", worked_through="", work_url="")


def _open_row(actor: Actor, found: FoundPoll, row: OpenBallot) -> BallotRow:
    is_own_objection = row.person_id == actor.person_id and row.marks == str(Consent.OBJECTION)
    return BallotRow(
        who=name_of(row.person),
        says=write_marks(found.poll, row.marks, found.options),
        reason=row.reason,
        worked_through=row.worked_through,
        work_url=reverse("decide:objection", args=[found.poll.id]) if is_own_objection else "",
    )


def _tally_command(poll: Poll) -> str:
    """How anybody counts the published ballots again."""
    return f"collegium tally ballots.csv --method {_TALLY.get(Method(poll.method), poll.method)}"


_TALLY = {
    Method.SENSE: "sense-check",
    Method.ADVICE: "advice-process",
    Method.QUALIFIED: "majority",
    Method.RANKED: "ranked-choice",
    Method.DOTS: "dot-vote",
    Method.BUDGET: "equal-shares",
    Method.TIME: "time-poll",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PollCard:
    """A vote on the page of its matter."""

    question: str
    url: str
    method: str
    is_secret: bool
    is_open: bool
    is_counting: bool
    is_stopped: bool
    closes_at: dt.datetime
    voted: int
    asked: int
    headline: str


def present_cards(matter: Matter, now: dt.datetime) -> tuple[PollCard, ...]:
    """Return the votes of a matter, for its page."""
    rows = polls.list_polls(matter)
    voted = polls.count_voted(rows)
    return tuple(
        PollCard(
            question=row.question,
            url=reverse("decide:poll", args=[row.id]),
            method=str(Method(row.method).label),
            is_secret=row.is_secret,
            is_open=row.state == PollState.OPEN and row.closes_at > now,
            is_counting=row.state == PollState.OPEN and row.closes_at <= now,
            is_stopped=row.state == PollState.STOPPED,
            closes_at=row.closes_at,
            voted=voted[row.id],
            asked=row.asked,
            headline=_headline(row),
        )
        for row in rows
    )


def _headline(poll: Poll) -> str:
    if poll.state != PollState.CLOSED:
        return ""
    found = present_result(poll, sorted(poll.options.all(), key=lambda option: option.position))
    return found.headline if found else ""


def may_open(actor: Actor, found: FoundMatter) -> bool:
    """Say whether the actor may open a vote in a matter now."""
    stages = (Stage.FRAMING, Stage.IDEAS, Stage.PROPOSALS, Stage.DECIDING)
    return found.matter.stage in stages and policies.can_facilitate(actor, found.place, found.standing)
