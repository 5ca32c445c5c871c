"""The page of a challenge, and that of its change check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.base.indicators import Indicator, Reading
from collegium.intend import policies, talking
from collegium.intend.enums import Agenda, Belief, CitationKind, Gateway, Measured, Outcome, Standing
from collegium.intend.means import find_means
from collegium.intend.models import Challenge, ChangeCheck
from collegium.intend.presenters.line import StandingBox, box_of, url_of
from collegium.intend.presenters.numbers import write_beside, write_number
from collegium.intend.presenters.serving import ServingBox, present_serving
from collegium.intend.presenters.wordings import label_of
from collegium.intend.queries import challenges, evidence, names
from collegium.intend.queries.evidence import Cited
from collegium.people.actors import Actor
from collegium.people.models import Person
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of
from collegium.talk.presenters.threads import Talk, present_talk

_RULES = {
    "begins_with_doing": gettext_lazy("It begins with something to do. What will be true once it is done?"),
    "adults_do": gettext_lazy("It says what adults will do. What would pupils, families or colleagues notice?"),
    "names_a_way": gettext_lazy("It names the way already. Those who do the work may find a better one."),
    "names_a_thing": gettext_lazy("It names a thing to have. What is the thing for?"),
    "counts_the_doing": gettext_lazy("It counts what was done. Much can be done and nothing come of it."),
}
QUESTIONS: Mapping[str, Any] = {
    "not_isolated": gettext_lazy("Nobody does this alone"),
    "fits_priorities": gettext_lazy("It fits with what the same people do already"),
    "clear_why": gettext_lazy("Those concerned can say why"),
    "clear_what": gettext_lazy("Those concerned can say what it will look like"),
    "believed": gettext_lazy("Those concerned believe that together we can"),
}
KNOWN_HERE = ("connect.inside", "listen.collaboration", "listen.efficacy", "listen.trust")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Words that are likely to prescribe means, and why."""

    words: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerRow:
    """One of the two who own a challenge."""

    role: str
    name: str
    is_missing: bool
    change_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationRow:
    """A number as it was when it was cited, and as it is; beside each its interval, n, and what it was read from."""

    title: str
    kind: str
    then: str
    then_beside: tuple[str, ...]
    cited_at: dt.datetime
    now: str
    now_beside: tuple[str, ...]
    is_open: bool
    note: str
    url: str
    withdraw_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBy:
    """How people will know: a number with what it says today, where one tells it and the reader may see it."""

    words: str
    title: str = ""
    url: str = ""
    value: str = ""
    beside: tuple[str, ...] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """An answer of the change check."""

    question: str
    answer: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckBox:
    """What a change check says."""

    checked_at: dt.datetime
    answers: tuple[AnswerRow, ...]
    open_count: int
    texts: tuple[tuple[str, str], ...]
    earlier: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """Another challenge that asks the same people in the same months."""

    title: str
    url: str
    unit_name: str
    people: int
    from_on: dt.date
    until_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class SignBox:
    """Who is in."""

    count: int
    names: tuple[str, ...]
    has_signed: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengePage:
    """A challenge, from what should become true to what became of it."""

    unit: UnitFrame
    id: str
    title: str
    parts: tuple[tuple[str, str], ...]
    box: StandingBox
    intent: tuple[str, str] | None
    starts_on: dt.date
    by_on: dt.date
    known_by: KnownBy
    asked: tuple[str, ...]
    tags: tuple[str, ...]
    hints: tuple[Hint, ...]
    owners: tuple[OwnerRow, ...]
    citations: tuple[CitationRow, ...]
    cite_url: str
    check: CheckBox | None
    check_url: str
    signs: SignBox
    serving: ServingBox | None
    talk: Talk | None
    started_at: dt.datetime | None
    closed_at: dt.datetime | None
    outcome: str
    learned: str
    arrange_url: str
    start_url: str
    close_url: str


def present_challenge(actor: Actor, place: Place, challenge: Challenge, talk_page: int = 1) -> ChallengePage:
    """Return the page of a challenge."""
    slug, parts = place.slug, challenge.text.parts
    box = box_of(actor, place, challenge)
    is_open = challenge.standing != Standing.WITHDRAWN and challenge.closed_at is None
    may_change, keeps = is_open and bool(box.reword_url), is_open and policies.can_keep(actor, place)

    def address(name: str) -> str:
        return reverse(f"intend:{name}", args=[slug, challenge.id])

    return ChallengePage(
        unit=frame_of(actor, place),
        id=str(challenge.id),
        title=challenge.title,
        parts=tuple(
            (label_of(each), parts[each]) for each in ("what", "how_known", "why", "why_now") if parts.get(each)
        ),
        box=box,
        intent=_intent_of(actor, place, challenge),
        starts_on=challenge.starts_on,
        by_on=challenge.by_on,
        known_by=_known_by(actor, place, challenge),
        asked=tuple(unit.name for unit in challenges.list_asked(challenge)),
        tags=_tags(challenge),
        hints=hints_of(challenge) if may_change else (),
        owners=_owners(actor, challenge, address if may_change else None),
        citations=tuple(
            _citation(place, challenge, each, may_change) for each in evidence.list_cited_for(actor, place, challenge)
        ),
        cite_url=address("challenge_cite") if may_change else "",
        check=_check(challenges.list_checks(challenge)) if policies.can_view_drafts(actor, place) else None,
        check_url=address("challenge_check") if is_open and policies.can_draft(actor, place) else "",
        signs=_signs(actor, place, challenge, address("challenge_sign") if is_open else ""),
        serving=present_serving(actor, place, challenge),
        talk=_talk(actor, place, challenge, talk_page),
        started_at=challenge.started_at,
        closed_at=challenge.closed_at,
        outcome=str(Outcome(challenge.outcome).label) if challenge.outcome else "",
        learned=challenge.learned,
        arrange_url=address("challenge_arrange") if may_change else "",
        start_url=address("challenge_start") if keeps and challenge.is_public and not challenge.started_at else "",
        close_url=address("challenge_close") if keeps and challenge.started_at else "",
    )


def _talk(actor: Actor, place: Place, challenge: Challenge, page: int) -> Talk | None:
    """What is said of a challenge, for those who belong to its unit or look after it."""
    if not policies.can_view_throughline(actor, place):
        return None
    return present_talk(actor, talking.subject_of(actor, place, challenge), page)


def hints_of(challenge: Challenge) -> tuple[Hint, ...]:
    """Return where a challenge is likely to prescribe means."""
    text = f"{challenge.title}.\n{challenge.text.parts.get('what', '')}"
    return tuple(Hint(words=each.words, why=str(_RULES[each.rule])) for each in find_means(text))


def _intent_of(actor: Actor, place: Place, challenge: Challenge) -> tuple[str, str] | None:
    intent = challenge.intent
    if intent is None or intent.standing == Standing.WITHDRAWN:
        return None
    if not intent.is_public and not (intent.unit_id == place.unit_id and policies.can_view_drafts(actor, place)):
        return None
    return intent.title, url_of(intent, intent.unit.slug)


def _known_by(actor: Actor, place: Place, challenge: Challenge) -> KnownBy:
    words = str(Measured(challenge.measured).label)
    telling = evidence.find_telling_for(actor, place, challenge)
    if telling is None:
        return KnownBy(words=words)
    number, reading = telling.number, telling.reading
    measure = number or telling.indicator
    unit = measure.unit_of_measure if measure else ""
    return KnownBy(
        words=words,
        title=str(measure.title) if measure else "",
        url=number.url if number else _page_of(telling.indicator, place),
        value=write_number(unit, reading.value, reading.note),
        beside=_beside(unit, reading),
        sentence=number.sentence if number else "",
    )


def _page_of(indicator: Indicator | None, place: Place) -> str:
    return reverse(indicator.page, args=[place.slug]) if indicator and indicator.page else ""


def _beside(unit: str, reading: Reading) -> tuple[str, ...]:
    return tuple(each for each in (write_beside(unit, reading), reading.source) if each)


def _tags(challenge: Challenge) -> tuple[str, ...]:
    found = [str(Gateway(each).label) for each in challenge.gateways]
    found += [str(Agenda(each).label) for each in challenge.agenda]
    return tuple([*found, challenge.curriculum] if challenge.curriculum else found)


def _owners(actor: Actor, challenge: Challenge, address: Callable[[str], str] | None) -> tuple[OwnerRow, ...]:
    known = names.get_names_for(actor, [challenge.owner_id, challenge.second_owner_id])

    def row(role: str, person: Person | None, page: str) -> OwnerRow:
        is_missing = person is None or person.erased_at is not None
        name = "" if is_missing or person is None else known.get(person.id, _("a colleague"))
        return OwnerRow(role=role, name=name, is_missing=is_missing, change_url=address(page) if address else "")

    return (
        row(_("Owns it"), challenge.owner, "challenge_owner"),
        row(_("Could carry it on"), challenge.second_owner, "challenge_second_owner"),
    )


def _citation(place: Place, challenge: Challenge, cited: Cited, may_change: bool) -> CitationRow:
    row, measure, now = cited.citation, cited.number or cited.indicator, cited.now
    interval = (row.low, row.high) if row.low is not None and row.high is not None else None
    then = Reading(value=row.value, n=row.n, interval=interval, source=row.source)
    unit = measure.unit_of_measure if measure else ""
    url = cited.number.url if cited.number else _page_of(cited.indicator, place)
    return CitationRow(
        title=str(measure.title) if measure else _("A number that is not yours to see"),
        kind=str(CitationKind(row.kind).label),
        then=write_number(unit, then.value) if now else "",
        then_beside=_beside(unit, then) if now else (),
        cited_at=row.cited_at,
        now=write_number(unit, now.value, now.note) if now else "",
        now_beside=_beside(unit, now) if now else (),
        is_open=now is not None,
        note=row.note,
        url=url if now else "",
        withdraw_url=reverse("intend:citation_withdraw", args=[place.slug, challenge.id, row.id]) if may_change else "",
    )


def _check(checks: list[ChangeCheck]) -> CheckBox | None:
    if not checks:
        return None
    latest = checks[0]
    answers = tuple(
        AnswerRow(
            question=str(question),
            answer=str(Belief(getattr(latest, key)).label),
            is_open=getattr(latest, key) != Belief.YES,
        )
        for key, question in QUESTIONS.items()
    )
    texts = ((_("Design work"), latest.design_work), (_("Pilot"), latest.pilot), (_("To remember"), latest.note))
    return CheckBox(
        checked_at=latest.checked_at,
        answers=answers,
        open_count=sum(answer.is_open for answer in answers),
        texts=tuple((label, text) for label, text in texts if text),
        earlier=len(checks) - 1,
    )


def _signs(actor: Actor, place: Place, challenge: Challenge, url: str) -> SignBox:
    ids = challenges.list_signed_ids(challenge)
    known = names.get_names_for(actor, ids) if policies.can_view_drafts(actor, place) else {}
    may_sign = challenge.is_public and policies.can_draft(actor, place) and not actor.is_operator
    return SignBox(
        count=len(ids),
        names=tuple(known[each] for each in ids if each in known),
        has_signed=actor.person_id in ids,
        url=url if may_sign else "",
    )


# --- the change check -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRow:
    """A number that helps to answer the check."""

    title: str
    value: str
    beside: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAround:
    """What is known before the check is answered."""

    conflicts: tuple[ConflictRow, ...]
    known: tuple[KnownRow, ...]
    signed: int
    asked: tuple[str, ...]


def present_check(actor: Actor, place: Place, challenge: Challenge) -> CheckAround:
    """Return what helps to answer the change check."""
    found = {each.key: each for each in evidence.list_known_for(actor, place, KNOWN_HERE)}
    return CheckAround(
        conflicts=tuple(
            ConflictRow(
                title=each.challenge.title,
                url=url_of(each.challenge, each.challenge.unit.slug),
                unit_name=each.challenge.unit.name,
                people=each.people,
                from_on=each.from_on,
                until_on=each.until_on,
            )
            for each in challenges.list_conflicts_for(actor, place, challenge)
        ),
        known=tuple(
            KnownRow(
                title=found[key].title,
                value=write_number(found[key].unit_of_measure, found[key].reading.value),
                beside=write_beside(found[key].unit_of_measure, found[key].reading),
                url=_page_of(found[key].indicator, place),
            )
            for key in KNOWN_HERE
            if key in found
        ),
        signed=challenges.count_signed(challenge),
        asked=tuple(unit.name for unit in challenges.list_asked(challenge)),
    )


def list_offered(actor: Actor, place: Place) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the numbers that can be cited, each with its value today: those of the unit, then of single things."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for each in evidence.list_citable_for(actor, place):
        value, source = write_number(each.unit_of_measure, each.reading.value), each.reading.source
        beside = f" ({source})" if source and source != each.whole else ""
        title = each.whole or _("How %(unit)s stands today") % {"unit": place.name}
        grouped.setdefault(title, []).append((each.code, f"{each.title}: {value}{beside}"))
    return list(grouped.items())
