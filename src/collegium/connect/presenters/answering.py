"""The pages of somebody who answers a tie survey."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.base.errors import CollegiumError, Wording, word
from collegium.connect.enums import WaveState
from collegium.connect.models import TieLayer, TieWave, WaveMember
from collegium.connect.queries import own_ties, waves
from collegium.connect.queries.candidates import Candidate, Candidates

Named = Mapping[uuid.UUID, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage:
    """What is said before the first name, or why there is nothing to answer."""

    title: str
    unit_name: str
    why: str
    minutes: str
    questions: int
    closes_at: dt.datetime
    opens_at: dt.datetime
    state: str
    has_answered: bool
    has_begun: bool
    begin_url: str
    ties_url: str


def present_start(member: WaveMember, now: dt.datetime) -> StartPage:
    """Return the first page of a survey for one who is asked."""
    wave = member.wave
    layers = waves.list_layers(wave)
    return StartPage(
        title=wave.title,
        unit_name=wave.unit.name,
        why=wave.why,
        minutes=waves.minutes_of(wave)[wave.id],
        questions=len(layers),
        closes_at=wave.closes_at,
        opens_at=wave.opens_at,
        state=_state(wave, now),
        has_answered=member.answered,
        has_begun=bool(member.draft),
        begin_url=question_url(wave, 1),
        ties_url=reverse("connect:my_ties"),
    )


def _state(wave: TieWave, now: dt.datetime) -> str:
    if wave.state == WaveState.STOPPED:
        return "stopped"
    if wave.state == WaveState.CLOSED or wave.closes_at <= now:
        return "over"
    return "early" if now < wave.opens_at else "open"


def question_url(wave: TieWave, number: int, **query: Any) -> str:
    """Return where a question of a survey is answered."""
    url = reverse("connect:answer_question", args=[wave.id, number])
    return f"{url}?{urlencode(query)}" if query else url


@dataclass(frozen=True, slots=True, kw_only=True)
class Often:
    """One answer to how often."""

    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody who can be ticked; with how often where that is asked of those who are."""

    id: str
    name: str
    where: str
    often: tuple[Often, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """One question: whom one has named, and from whom one can choose.

    `is_often` shows those named alone, to say how often; `most` is 0 where any number may be named.
    """

    title: str
    number: int
    total: int
    prompt: str
    named: tuple[PersonRow, ...]
    offered: tuple[PersonRow, ...]
    often: tuple[Often, ...]
    is_often: bool
    searched: str
    offered_title: str
    near_title: str
    most: int
    search_url: str
    back_url: str
    is_last: bool
    problem: Wording | None


def present_question(
    member: WaveMember,
    layers: Sequence[TieLayer],
    number: int,
    *,
    searched: str = "",
    is_often: bool = False,
    typed: Named | None = None,
    error: CollegiumError | None = None,
) -> QuestionPage:
    """Return the page of one question, with what has been chosen, or what was typed when it could not be taken."""
    layer = layers[number - 1]
    candidates = Candidates(member, layer)
    named = own_ties.read_draft(member).get(layer.key, {}) if typed is None else typed
    known = candidates.resolve(list(named))
    # By name: a database need not keep the order in which they were chosen.
    rows = tuple(_named_row(one, named[person], layer, is_often) for person, one in known.items())
    found = candidates.search(searched) if searched else candidates.list_near()
    return QuestionPage(
        title=member.wave.title,
        number=number,
        total=len(layers),
        prompt=layer.prompt or layer.title,
        named=rows,
        offered=tuple(_row(one) for one in found if one.person_id not in known),
        often=_often(layer, None),
        is_often=is_often and bool(rows) and bool(layer.labels),
        searched=searched,
        offered_title=_title_of(searched, found) if searched else _near_title(member),
        near_title=_near_title(member),
        most=layer.most or 0,
        search_url=reverse("connect:answer_people", args=[member.wave_id, number]),
        back_url=back_url(member.wave, number),
        is_last=number == len(layers),
        problem=word(error) if error else None,
    )


def _title_of(searched: str, found: Sequence[Candidate]) -> str:
    words = _("Found for “%(text)s”") if found else _("Nobody found for “%(text)s”")
    return words % {"text": searched}


def _near_title(member: WaveMember) -> str:
    return _("Your team first, then others") if member.team_id else _("Your colleagues")


def back_url(wave: TieWave, number: int) -> str:
    """Return where one came from: the question before, or what is said first."""
    return question_url(wave, number - 1) if number > 1 else reverse("connect:answer", args=[wave.id])


def _row(candidate: Candidate) -> PersonRow:
    return PersonRow(id=str(candidate.person_id), name=candidate.name, where=candidate.where)


def _named_row(candidate: Candidate, weight: int | None, layer: TieLayer, is_often: bool) -> PersonRow:
    return PersonRow(
        id=str(candidate.person_id),
        name=candidate.name,
        where=candidate.where,
        often=_often(layer, weight),
        is_open=is_often and weight is None,
    )


def _often(layer: TieLayer, weight: int | None) -> tuple[Often, ...]:
    return tuple(Often(code=str(code), label=label, is_chosen=code == weight) for code, label in layer.labels)


def list_found(member: WaveMember, layer: TieLayer, searched: str) -> list[dict[str, str]]:
    """Return who is found, or who is near where nothing is searched for, for the script of the page."""
    candidates = Candidates(member, layer)
    found = candidates.search(searched) if searched else candidates.list_near()
    return [{"id": str(one.person_id), "name": one.name, "where": one.where} for one in found]


# --- handing in -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """What one has chosen for a question."""

    prompt: str
    names: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """Everything that would be handed in."""

    title: str
    rows: tuple[ReviewRow, ...]
    named: int
    is_change: bool
    closes_at: dt.datetime
    back_url: str
    problem: Wording | None


def present_review(member: WaveMember, error: CollegiumError | None = None) -> ReviewPage:
    """Return the page before handing in."""
    layers = waves.list_layers(member.wave)
    draft = own_ties.read_draft(member)
    # Everybody who can be named in any question can be looked up in the widest of them.
    widest = max(layers, key=lambda layer: layer.may_name_partners)
    people = {person for named in draft.values() for person in named}
    known = Candidates(member, widest).resolve(people)
    rows = tuple(
        ReviewRow(
            prompt=layer.prompt or layer.title,
            names=tuple(one.name for person, one in known.items() if person in draft.get(layer.key, {})),
            url=question_url(member.wave, number),
        )
        for number, layer in enumerate(layers, start=1)
    )
    return ReviewPage(
        title=member.wave.title,
        rows=rows,
        named=len(people),
        is_change=member.answered,
        closes_at=member.wave.closes_at,
        back_url=question_url(member.wave, len(layers)),
        problem=word(error) if error else None,
    )
