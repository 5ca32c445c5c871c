"""Handing in a sheet: once for each who is asked, and without anything that would lead from one to the other.

No event is recorded and nothing is logged here: when somebody answered is nobody's business.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from collegium.base import prose, time
from collegium.listen import codes
from collegium.listen.enums import PulseState
from collegium.listen.errors import Conflict, Invalid
from collegium.listen.instruments.model import Instrument
from collegium.listen.models import Pulse, Slip
from collegium.listen.queries import versions
from collegium.listen.services import desk
from collegium.listen.services.desk import NotTaken
from collegium.science.measurement.moments import NO_ANSWER
from collegium.science.results import IntArray

__all__ = ["REMARK_LIMIT", "Filled", "NotTaken", "check_window", "find_slip", "hand_in", "hand_in_slip", "last_moment"]
REMARK_LIMIT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What somebody answered: codes by column, words by open question, and when they began (never kept)."""

    answers: Mapping[str, int]
    started_at: dt.datetime
    remarks: Mapping[str, str] = field(default_factory=dict)


def hand_in(*, pulse: Pulse, invitation_id: uuid.UUID, filled: Filled) -> None:
    """Hand in the sheet of somebody who came by a personal link or from My part."""
    _hand_in(pulse, desk.BY_LINK, invitation_id, filled)


def hand_in_slip(*, pulse: Pulse, code: str, filled: Filled) -> None:
    """Hand in the sheet of somebody who drew a slip; who that was is not known."""
    _hand_in(pulse, desk.BY_SLIP, codes.hash_code(code), filled)


def _hand_in(pulse: Pulse, door: desk.Door, key: uuid.UUID | str, filled: Filled) -> None:
    check_window(pulse, filled.started_at)
    answers, remarks = _read(versions.read(pulse.instrument), filled)
    desk.of(pulse).hand_in(desk.HandedIn(door=door, key=key, answers=answers, remarks=remarks))


def find_slip(pulse: Pulse, code: str) -> Slip:
    """Return the slip of a code that may still be used."""
    slip = Slip.objects.filter(pulse=pulse, code_hash=codes.hash_code(code)).select_related("cell").first()
    if slip is None:
        raise Invalid("code_unknown")
    if slip.used:
        raise Conflict("code_used")
    return slip


def check_window(pulse: Pulse, started_at: dt.datetime) -> None:
    """Raise unless the pulse takes the sheet of somebody who began then: in its window, or within its grace."""
    now = time.now()
    if pulse.state == PulseState.DRAFT or now < pulse.opens_at:
        raise Conflict("pulse_not_open", opens_at=pulse.opens_at)
    in_time = now <= pulse.closes_at
    in_grace = started_at <= pulse.closes_at and now <= last_moment(pulse)
    if pulse.state != PulseState.OPEN or not (in_time or in_grace):
        raise Conflict("pulse_over")


def last_moment(pulse: Pulse) -> dt.datetime:
    """Return until when the sheet of somebody who began in time is taken."""
    return pulse.closes_at + dt.timedelta(minutes=pulse.grace_minutes)


def _read(instrument: Instrument, filled: Filled) -> tuple[IntArray, list[tuple[str, str]]]:
    """Check a sheet against the instrument; unknown columns and codes are refused, what is left out stays left out."""
    columns = instrument.columns
    places = {column.key: place for place, column in enumerate(columns)}
    answers = np.full(len(columns), NO_ANSWER, dtype=np.int64)
    for key, code in filled.answers.items():
        if key not in places:
            raise Conflict("other_version")
        column = columns[places[key]]
        if not column.lowest <= code <= column.highest:
            raise Invalid("answer_unknown", item=column.item.key)
        answers[places[key]] = code
    open_questions = {item.key for item in instrument.text_items}
    if not open_questions.issuperset(filled.remarks):
        raise Conflict("other_version")
    tidied = {key: prose.tidy(text, limit=REMARK_LIMIT) for key, text in filled.remarks.items()}
    remarks = [(key, text) for key, text in tidied.items() if text]
    if not remarks and (answers == NO_ANSWER).all():
        raise Invalid("nothing_answered")
    return answers, remarks
