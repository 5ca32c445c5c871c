"""Being heard, and what came of it, on the page of a matter and on pages of their own."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base import time
from collegium.decide import policies
from collegium.decide.enums import BEFORE_OUTCOME, Answer, Heard, Stage, Verdict
from collegium.decide.models import Outcome, Told
from collegium.decide.presenters.frame import address_of, name_of
from collegium.decide.queries import heard
from collegium.decide.queries import outcomes as queries
from collegium.decide.queries.heard import FullTheme, Point
from collegium.decide.queries.matters import FoundMatter
from collegium.decide.queries.outcomes import K, Reach
from collegium.intend.promise_enums import PromiseState
from collegium.people.actors import Actor
from collegium.people.presenters.frame import UnitFrame, frame_of
from collegium.people.queries import units
from collegium.people.queries.units import UnitName
from collegium.talk.presenters.threads import name_of as author_of

EXCERPT = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody said, as a theme shows it."""

    author: str
    excerpt: str
    url: str
    agree: int = 0
    wants_answer: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeView:
    """What several people said, and what came of it."""

    title: str
    said: tuple[Said, ...]
    kind: str
    answer: str
    answered_by: str
    answer_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardPage:
    """The page on which those who facilitate make sure that everybody was heard."""

    unit: UnitFrame
    question: str
    matter_url: str
    themes: tuple[ThemeView, ...]
    loose: tuple[Said, ...]
    unanswered: int
    runs: bool


def present_heard(actor: Actor, found: FoundMatter) -> HeardPage:
    """Return what people said that wants an answer, and the themes with theirs."""
    runs = policies.can_facilitate(actor, found.place, found.standing) and found.matter.stage != Stage.CLOSED
    loose = heard.list_loose_points(found.matter)
    return HeardPage(
        unit=frame_of(actor, found.place),
        question=found.matter.question,
        matter_url=address_of(found.matter),
        themes=present_themes(found, runs),
        loose=tuple(_point(point) for point in loose),
        unanswered=sum(point.wants_answer > 0 for point in loose),
        runs=runs,
    )


def present_themes(found: FoundMatter, runs: bool) -> tuple[ThemeView, ...]:
    """Return the themes of a matter with their answers: you said, we did."""
    return tuple(_theme(found, full, runs) for full in heard.list_themes(found.matter))


def _theme(found: FoundMatter, full: FullTheme, runs: bool) -> ThemeView:
    theme = full.theme
    return ThemeView(
        title=theme.title,
        said=tuple(
            Said(author=author_of(point.comment), excerpt=_excerpt(point.comment.text), url=_comment(point.comment_id))
            for point in full.points
        ),
        kind=capfirst(str(Answer(theme.kind).label)) if theme.kind else "",
        answer=theme.answer,
        answered_by=name_of(theme.answered_by) if theme.kind else "",
        answer_url=reverse("decide:theme_answer", args=[found.matter.id, theme.id]) if runs else "",
    )


def _point(point: Point) -> Said:
    return Said(
        author=author_of(point.comment),
        excerpt=_excerpt(point.comment.text),
        url=_comment(point.comment.id),
        agree=point.agree,
        wants_answer=point.wants_answer,
    )


def _excerpt(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(EXCERPT) or _("(withdrawn)")


def _comment(comment_id: uuid.UUID) -> str:
    return reverse("talk:comment", args=[comment_id])


def list_comment_choices(found: FoundMatter) -> list[tuple[str, str]]:
    """Return what people said that is in no theme, for a form."""
    return [
        (str(point.comment.id), f"{author_of(point.comment)}: {_excerpt(point.comment.text)}")
        for point in heard.list_loose_points(found.matter)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """Who does what by when, and how it goes."""

    who: str
    what: str
    due_on: dt.date
    state: str
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachRow:
    """How far an outcome has reached somewhere."""

    where: str
    sent: int
    understood: int
    asks: int
    silent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeView:
    """What was decided, with all that belongs to it."""

    number: int
    statement: str
    reasons: str
    stop_if: str
    vote: str
    vote_url: str
    published_by: str
    published_at: dt.datetime
    review_on: dt.date
    steps: tuple[StepRow, ...]
    check: tuple[tuple[str, str], ...]
    reach: tuple[ReachRow, ...]
    questions: tuple[tuple[str, str], ...]
    verdict: str
    found: str
    reviewed_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomePart:
    """The part of a matter's page that says what came of it."""

    outcomes: tuple[OutcomeView, ...]
    themes: tuple[ThemeView, ...]
    dissents: tuple[tuple[str, str], ...]
    heard_url: str
    publish_url: str
    dissent_url: str
    told_url: str
    told_says: str
    review_url: str


def present_part(actor: Actor, found: FoundMatter) -> OutcomePart:
    """Return what came of a matter, and what the reader can do about it."""
    matter = found.matter
    runs = policies.can_facilitate(actor, found.place, found.standing) and matter.stage != Stage.CLOSED
    speaks = policies.can_speak(actor, found.place, matter.stage, found.standing)
    rows = queries.list_outcomes(matter)
    told = Told.objects.filter(outcome=rows[0], person_id=actor.person_id).first() if rows else None
    is_out = matter.stage in (Stage.CARRYING_OUT, Stage.REVIEW)
    return OutcomePart(
        outcomes=tuple(_outcome(row, is_latest=not place, runs=runs) for place, row in enumerate(rows)),
        themes=present_themes(found, runs=False),
        dissents=tuple((name_of(each.person), each.text) for each in heard.list_dissents(matter)),
        heard_url=reverse("decide:heard", args=[matter.id]) if runs else "",
        publish_url=reverse("decide:publish", args=[matter.id]) if runs and matter.stage in BEFORE_OUTCOME else "",
        dissent_url=reverse("decide:dissent", args=[matter.id]) if speaks else "",
        told_url=reverse("decide:told", args=[matter.id]) if told and is_out else "",
        told_says=_told(told),
        review_url=reverse("decide:review", args=[matter.id]) if runs and is_out else "",
    )


def _told(told: Told | None) -> str:
    if told is None or told.state == Heard.SENT:
        return ""
    return (
        _("You said that you know and understand it.") if told.state == Heard.UNDERSTOOD else _("You asked something.")
    )


def _outcome(outcome: Outcome, *, is_latest: bool, runs: bool) -> OutcomeView:
    steps = _steps(outcome) if is_latest else ()
    everybody, by_unit = queries.get_reach(outcome) if is_latest else (None, [])
    return OutcomeView(
        number=outcome.number,
        statement=outcome.statement,
        reasons=outcome.reasons,
        stop_if=outcome.stop_if,
        vote=outcome.poll.question if outcome.poll else "",
        vote_url=reverse("decide:poll", args=[outcome.poll_id]) if outcome.poll_id else "",
        published_by=name_of(outcome.published_by),
        published_at=outcome.published_at,
        review_on=outcome.review_on,
        steps=steps,
        check=_check(outcome, steps, everybody.sent) if everybody else (),
        reach=_reach_rows(everybody, by_unit) if everybody else (),
        questions=tuple((name_of(each.person), each.question) for each in queries.list_questions(outcome))
        if is_latest and runs
        else (),
        verdict=capfirst(str(Verdict(outcome.verdict).label)) if outcome.verdict else "",
        found=outcome.found,
        reviewed_at=outcome.reviewed_at,
    )


def _steps(outcome: Outcome) -> tuple[StepRow, ...]:
    today = time.today()
    rows = []
    for promise in queries.list_promises(outcome):
        state = PromiseState(promise.state)
        is_open = state in (PromiseState.PROPOSED, PromiseState.MADE)
        rows.append(
            StepRow(
                who=name_of(promise.by_person),
                what=promise.what,
                due_on=promise.due_on,
                state=str(state.label),
                is_late=is_open and promise.due_on < today,
            )
        )
    return tuple(rows)


def _check(outcome: Outcome, steps: tuple[StepRow, ...], sent: int) -> tuple[tuple[str, str], ...]:
    """Say who had a say, whom it affects, and who carries it out: flat to decide, vertical to execute (C5)."""
    turnout = outcome.poll.result.get("turnout") if outcome.poll else None
    said = _("agreed without a vote")
    if turnout:
        took_part = turnout["counted"] + turnout["abstained"]
        said = _("%(took_part)s of %(asked)s voted") % {"took_part": took_part, "asked": turnout["asked"]}
    people = len({step.who for step in steps})
    return (
        (_("Had a say"), said),
        (_("Whom it affects"), ngettext("%(n)s person", "%(n)s people", sent) % {"n": sent}),
        (_("Carry it out"), ngettext("%(n)s person", "%(n)s people", people) % {"n": people}),
    )


def _reach_rows(everybody: Reach, by_unit: Sequence[Reach]) -> tuple[ReachRow, ...]:
    if everybody.sent < K:
        return ()
    names = units.get_names([each.unit_id for each in by_unit if each.unit_id is not None])
    rows = [_row(_("All"), everybody)]
    if len(by_unit) > 1:
        rows += sorted((_row(_where(each, names), each) for each in by_unit), key=lambda row: row.where)
    return tuple(rows)


def _where(reach: Reach, names: Mapping[uuid.UUID, UnitName]) -> str:
    if reach.unit_id is None:
        return _("Smaller groups, together")
    return names[reach.unit_id].name if reach.unit_id in names else _("A unit that is gone")


def _row(where: str, reach: Reach) -> ReachRow:
    return ReachRow(where=where, sent=reach.sent, understood=reach.understood, asks=reach.asks, silent=reach.silent)
