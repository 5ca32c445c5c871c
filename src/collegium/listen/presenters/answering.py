"""The pages of somebody who answers: the questions, and what is said before and after them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from collegium.base.errors import CollegiumError, Wording, word
from collegium.listen import tickets
from collegium.listen.instruments.model import Instrument, Item, ItemKind
from collegium.listen.models import Pulse
from collegium.listen.presenters.pulses_privacy import Privacy, privacy_of
from collegium.listen.queries import versions
from collegium.listen.services.answering import REMARK_LIMIT, last_moment
from collegium.listen.tickets import Ticket

Typed = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer that can be chosen."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One fieldset: what is rated and the answers it offers."""

    name: str
    legend: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One item, on a screen of its own where there is script."""

    number: int
    key: str
    kind: str
    text: str
    ratings: tuple[Rating, ...] = ()
    value: str = ""
    lowest: int = 0
    highest: int = 0
    is_wrong: bool = False

    @property
    def template(self) -> str:
        """How this kind is drawn."""
        return f"listen/_question_{self.kind}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """The page of questions. `draft` is empty where nothing may be kept on the device; `wrong` is the number of the
    first question to look at again."""

    pulse_id: uuid.UUID
    title: str
    unit_name: str
    why: str
    minutes: float
    questions: tuple[Question, ...]
    privacy: Privacy
    ticket: str
    version: str
    draft: str
    draft_until: int
    closes_at: dt.datetime
    results_at: dt.datetime
    is_shared: bool
    leave_url: str
    language: str
    direction: str
    remark_limit: int = REMARK_LIMIT
    problem: Wording | None = None
    wrong: int = 0
    is_typed: bool = False


def present_sheet(
    pulse: Pulse,
    ticket: Ticket,
    *,
    typed: QueryDict | None = None,
    wrong: tuple[str, ...] = (),
    error: CollegiumError | None = None,
) -> SheetPage:
    """Return the page of questions; with what was typed when it could not be taken."""
    instrument = versions.read(pulse.instrument)
    values = dict(typed.lists()) if typed else {}
    questions = tuple(
        _question(number, item, instrument, pulse, values, item.key in wrong)
        for number, item in enumerate(instrument.items, start=1)
    )
    return SheetPage(
        pulse_id=pulse.id,
        title=pulse.title,
        unit_name=pulse.unit.name,
        why=pulse.why,
        minutes=instrument.minutes,
        questions=questions,
        privacy=privacy_of(pulse),
        ticket=tickets.write(ticket),
        version=pulse.instrument_id.hex,
        draft="" if ticket.is_shared else tickets.draft_name(ticket),
        draft_until=int(last_moment(pulse).timestamp()),
        closes_at=pulse.closes_at,
        results_at=pulse.results_at,
        is_shared=ticket.is_shared,
        leave_url=code_url(pulse.id, is_shared=True),
        language=pulse.language,
        direction=_direction(pulse.language),
        problem=word(error) if error else None,
        wrong=next((question.number for question in questions if question.is_wrong), 0),
        is_typed=typed is not None,
    )


def _direction(language: str) -> str:
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "auto"


def _question(number: int, item: Item, instrument: Instrument, pulse: Pulse, values: Typed, is_wrong: bool) -> Question:
    text = instrument.text(item, pulse.language, pulse.referent)
    value = (values.get(item.key) or [""])[-1]
    return Question(
        number=number,
        key=item.key,
        kind=item.kind.value,
        text=text,
        ratings=_ratings(item, text, instrument, pulse, values),
        value=value,
        lowest=item.lowest,
        highest=item.highest,
        is_wrong=is_wrong,
    )


def _ratings(item: Item, text: str, instrument: Instrument, pulse: Pulse, values: Typed) -> tuple[Rating, ...]:
    if item.kind in (ItemKind.NUMBER, ItemKind.TEXT):
        return ()
    if item.kind == ItemKind.MULTIPLE:
        offered = tuple((option.key, instrument.say(option.label, pulse.language)) for option in item.options)
    else:
        offered = tuple((str(code), label) for code, label in instrument.labels(item, pulse.language))
    named = [(item.key, text)]
    if item.kind == ItemKind.PAIRED:
        left, right = instrument.poles(item, pulse.language, pulse.referent)
        named = [(f"{item.key}.left", left), (f"{item.key}.right", right)]
    return tuple(
        Rating(
            name=name,
            legend=legend,
            choices=tuple(
                Choice(value=value, label=label, is_chosen=value in values.get(name, ())) for value, label in offered
            ),
        )
        for name, legend in named
    )


# --- around the questions ---------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class CodePage:
    """Where the code of a slip is typed. Whoever comes without one learns nothing of the pulse, not even its title."""

    url: str
    is_shared: bool
    was_sent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterPage:
    """What is said when there is nothing to answer any more, or not yet.

    `forget` is the pulse whose drafts the device may drop; `next_url` is for whoever uses a shared device next.
    """

    heading: str
    words: Wording
    results_at: dt.datetime
    are_results_to_come: bool
    forget: str
    next_url: str


def code_url(pulse_id: uuid.UUID, *, is_shared: bool = False, was_sent: bool = False) -> str:
    """Return where the code of a slip is typed; on a shared device also after a sheet was handed in."""
    query = "?shared=1&sent=1" if is_shared and was_sent else "?shared=1" if is_shared else ""
    return reverse("listen:answer_by_code", args=[pulse_id]) + query


def done_url(ticket: Ticket) -> str:
    """Return where to go once a sheet is handed in: on a shared device to the code of whoever is next."""
    if ticket.is_shared:
        return code_url(ticket.pulse_id, is_shared=True, was_sent=True)
    return reverse("listen:answer_thanks", args=[ticket.pulse_id])


def present_code(pulse: Pulse, *, is_shared: bool, was_sent: bool) -> CodePage:
    """Return the page that asks for a code."""
    url = code_url(pulse.id, is_shared=is_shared)
    return CodePage(url=url, is_shared=is_shared, was_sent=was_sent)


def present_thanks(pulse: Pulse, now: dt.datetime) -> AfterPage:
    """Return the page after a sheet was handed in; it shows nothing of what was answered."""
    words = Wording(
        _("Your answers are handed in."),
        _("They lie sealed and shuffled with those of the others. Nobody, not even you, can open them again."),
    )
    return _after(pulse, _("Thank you"), words, now, forget=True)


def present_refusal(pulse: Pulse, error: CollegiumError, now: dt.datetime, ticket: Ticket | None = None) -> AfterPage:
    """Return the page of a pulse that takes no answer from this reader now."""
    heading = {
        "pulse_not_open": _("It is not open yet"),
        "answered_already": _("You have answered already"),
        "code_used": _("This code has been used"),
        "by_slip": _("You answer with a code"),
        "pulse_over": _("It has closed"),
    }.get(error.code, _("That did not work"))
    next_url = code_url(pulse.id, is_shared=True) if ticket and ticket.is_shared else ""
    forget = error.code in ("pulse_over", "answered_already")
    return _after(pulse, heading, word(error), now, forget=forget, next_url=next_url)


def _after(
    pulse: Pulse, heading: str, words: Wording, now: dt.datetime, *, forget: bool, next_url: str = ""
) -> AfterPage:
    return AfterPage(
        heading=heading,
        words=words,
        results_at=pulse.results_at,
        are_results_to_come=now < pulse.results_at,
        forget=str(pulse.id) if forget else "",
        next_url=next_url,
    )
