"""The page of one promise: what it says, who carries it, how it goes, what was said of it, and what one can do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.base import time
from collegium.intend import policies as line_policies
from collegium.intend import promise_policies as policies
from collegium.intend.models import CheckIn, Commitment, PromiseStep
from collegium.intend.presenters import promise_words as words
from collegium.intend.promise_enums import Going, Kept, PromiseState, Question, StepKind
from collegium.intend.queries import promises, rounds
from collegium.intend.queries.carriers import Carriers
from collegium.intend.queries.promises import Found
from collegium.intend.queries.rounds import Rounds
from collegium.people import policies as people_policies
from collegium.people.actors import Actor
from collegium.people.presenters.frame import UnitFrame, frame_of

CHECK_INS_LIMIT = 12
_RENEWABLE = (PromiseState.MADE, PromiseState.PARTLY, PromiseState.NOT_KEPT)
_WORDS = {
    "what": gettext_lazy("Promised"),
    "standard": gettext_lazy("How everybody will know"),
    "strategy": gettext_lazy("How it will be done"),
    "pathway": gettext_lazy("By which steps"),
    "due_on": gettext_lazy("By when"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInRow:
    """One check-in."""

    on: dt.date
    by: str
    going: str
    question: str
    text: str
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """Something that happened to the promise, or a note; `before` holds former words as pairs."""

    at: dt.datetime
    title: str
    by: str
    text: str
    before: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedPromise:
    """The promise that this one answers, or that answers it."""

    who: str
    what: str
    state_words: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    """Where the reader can go from here; what they may not do is empty."""

    make: str = ""
    check_in: str = ""
    ask: str = ""
    reword: str = ""
    renew: str = ""
    release: str = ""
    second: str = ""
    owner: str = ""
    answer: str = ""
    confirm: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisePage:
    """One promise."""

    unit: UnitFrame
    list_url: str
    title: str
    what: str
    who: str
    carriers: str
    whom: str
    due_on: dt.date
    state: str
    state_words: str
    settled_on: dt.date | None
    second: str
    rests_on_one: bool
    asks_for_owner: bool
    details: tuple[tuple[str, str], ...]
    serves: str
    serves_url: str
    paired: PairedPromise | None
    asked_until: dt.datetime | None
    is_asked_by_name: bool
    is_asked: bool
    has_answered: bool
    told: str
    named: tuple[tuple[str, str], ...]
    check_ins: tuple[CheckInRow, ...]
    notes: tuple[StepRow, ...]
    history: tuple[StepRow, ...]
    actions: Actions


def present_promise(actor: Actor, found: Found) -> PromisePage:
    """Return the page of a promise that was found for the actor."""
    promise, today = found.promise, time.today()
    seen, own = rounds.list_rounds(promise), rounds.find_own(actor, promise)
    steps = promises.list_steps(promise)
    is_open, state = promise.settled_on is None, words.state_key(promise, today)
    return PromisePage(
        unit=frame_of(actor, found.place),
        list_url=_list_url(actor, found),
        title=words.write_line(promise.what),
        what=promise.what,
        who=words.write_who(promise),
        carriers=words.write_carriers(found.carriers) if promise.by_person_id is None else "",
        whom=words.write_whom(promise),
        due_on=promise.due_on,
        state=state,
        state_words=words.write_state(promise, today),
        settled_on=promise.settled_on,
        second=found.carriers.second.name if found.carriers.second else "",
        rests_on_one=is_open and found.carriers.rests_on_one,
        asks_for_owner=is_open and found.carriers.asks_for_owner,
        details=tuple(
            (str(_WORDS[field]), getattr(promise, field))
            for field in ("standard", "strategy", "pathway")
            if getattr(promise, field)
        ),
        serves=promise.serves.title if promise.serves else "",
        serves_url=_serves_url(actor, found),
        paired=_paired(promise, today),
        asked_until=seen.open.closes_at if seen.open else None,
        is_asked_by_name=bool(seen.open and seen.open.is_by_name),
        is_asked=own is not None,
        has_answered=own is not None and own.answered,
        told=_tell(seen),
        named=tuple((words.write_person(row.person), str(Kept(row.said).label)) for row in seen.named),
        check_ins=tuple(_check_in(row) for row in promises.list_check_ins(promise, CHECK_INS_LIMIT)),
        notes=tuple(_step(row) for row in reversed(steps) if row.kind == StepKind.NOTE),
        history=tuple(_step(row) for row in steps if row.kind != StepKind.NOTE),
        actions=_actions(actor, found, seen, can_confirm=own is not None and not own.answered),
    )


def _serves_url(actor: Actor, found: Found) -> str:
    """A challenge, also of a unit above, is open to the whole community; a goal to those who see its line."""
    served, goal = found.promise.serves, found.promise.goal
    if served is None or (goal is not None and not line_policies.can_view_throughline(actor, found.place)):
        return ""
    return reverse("intend:point" if goal else "intend:challenge", args=[served.unit.slug, served.id])


def _list_url(actor: Actor, found: Found) -> str:
    if not people_policies.can_view_people(actor, found.place):
        return ""
    return reverse("intend:promises", args=[found.place.slug])


def _paired(promise: Commitment, today: dt.date) -> PairedPromise | None:
    other = promise.pair or getattr(promise, "paired", None)
    if other is None:
        return None
    return PairedPromise(
        who=words.write_who(other),
        what=words.write_line(other.what, 300),
        state_words=words.write_state(other, today),
        url=reverse("intend:promise", args=[other.id]),
    )


def _tell(seen: Rounds) -> str:
    """Say what came of the latest round, in words and in a number rounded down."""
    closed = seen.closed
    if closed is None:
        return ""
    if not closed.outcome:
        return _("Those it was made to were asked, and too few answered for anything to be said.")
    said = {
        Kept.KEPT: _("Those it was made to say that it was kept."),
        Kept.PARTLY: _("Those it was made to say that it was partly kept."),
        Kept.NOT_KEPT: _("Those it was made to say that it was not kept."),
    }[Kept(closed.outcome)]
    number = closed.answered_at_least or 0
    if closed.is_by_name:
        counted = ngettext("%(n)s person answered.", "%(n)s people answered.", number) % {"n": number}
    else:
        counted = _("At least %(n)s answered, and nobody can tell who said what.") % {"n": number}
    return f"{said} {counted}"


def _check_in(row: CheckIn) -> CheckInRow:
    return CheckInRow(
        on=row.on,
        by=words.write_person(row.by),
        going=str(Going(row.going).label),
        question=Question(row.question).prompt if row.question else "",
        text=row.text,
        next_step=row.next_step,
    )


def _step(row: PromiseStep) -> StepRow:
    kind = StepKind(row.kind)
    title, text = str(kind.label), row.text
    if kind == StepKind.SETTLED:
        title = str(Kept(row.text).label) if row.text else _("nothing can be said")
        text = "" if row.text else _("Too few of those it was made to answered.")
    before = dict(row.before)
    if "due_on" in before and (day := time.parse_date(before["due_on"])):
        before["due_on"] = words.write_day(day)
    by = words.write_person(row.by) if row.by_id else ""
    pairs = tuple((str(_WORDS[field]), former or _("nothing")) for field, former in before.items() if field in _WORDS)
    return StepRow(at=row.at, title=title, by=by, text=text, before=pairs)


def _actions(actor: Actor, found: Found, seen: Rounds, *, can_confirm: bool) -> Actions:
    promise, carriers = found.promise, found.carriers

    def url(name: str, condition: bool) -> str:
        return reverse(f"intend:promise_{name}", args=[promise.id]) if condition else ""

    is_mine = policies.can_carry(actor, carriers.ids)
    is_open, is_made = promise.settled_on is None, promise.state == PromiseState.MADE
    is_free = seen.open is None
    return Actions(
        make=url("make", promise.state == PromiseState.PROPOSED and policies.can_carry(actor, carriers.owner_ids)),
        check_in=url("check_in", is_mine and is_made),
        ask=url("ask", is_mine and is_made and is_free),
        reword=url("reword", is_mine and is_open and is_free),
        renew=url("renew", is_mine and promise.state in _RENEWABLE),
        release=url("release", is_open and _can_take_over(actor, found)),
        second=url("second", is_mine and is_open),
        owner=url("owner", is_open and is_free and _can_take_over(actor, found)),
        answer=_answer_url(actor, found),
        confirm=url("confirm", can_confirm),
        note=url("note", True),
    )


def _can_take_over(actor: Actor, found: Found) -> bool:
    carriers: Carriers = found.carriers
    return policies.can_take_over(actor, found.place, carriers.ids, asks_for_owner=carriers.asks_for_owner)


def _answer_url(actor: Actor, found: Found) -> str:
    """Where one answers a promise with one's own: "we will ..., and you will ..."."""
    promise = found.promise
    is_free = promise.pair_id is None and getattr(promise, "paired", None) is None
    if promise.settled_on is not None or not is_free or not policies.can_propose(actor, found.place):
        return ""
    return reverse("intend:promise_add", args=[found.place.slug]) + f"?answers={promise.id}"
