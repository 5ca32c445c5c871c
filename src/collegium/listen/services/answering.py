"""Handing in a sheet: once for each who is asked, and without anything that would lead from one to the other.

No event is recorded and nothing is logged here: when somebody answered is nobody's business.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from django.db import connection

from collegium.base import prose, statements, time
from collegium.listen import codes
from collegium.listen.answers.trays import Laid
from collegium.listen.enums import PulseState, WayIn
from collegium.listen.errors import Conflict, Invalid
from collegium.listen.instruments.model import Instrument
from collegium.listen.models import Cell, Invitation, Pulse, Slip
from collegium.listen.queries import versions
from collegium.listen.services import desk
from collegium.listen.services.desk import NotTaken
from collegium.science.measurement.moments import NO_ANSWER

__all__ = ["REMARK_LIMIT", "Filled", "NotTaken", "check_window", "find_slip", "hand_in", "hand_in_slip", "last_moment"]
REMARK_LIMIT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What somebody answered: codes by column, words by open question, and when they began (never kept)."""

    answers: Mapping[str, int]
    started_at: dt.datetime
    remarks: Mapping[str, str] = field(default_factory=dict)


def hand_in(*, invitation: Invitation, filled: Filled) -> None:
    """Hand in the sheet of somebody who came by a personal link or from My part."""
    if invitation.way != WayIn.LINK:
        raise Conflict("by_slip")
    pulse = invitation.pulse
    check_window(pulse, filled.started_at)
    desk.of(pulse.id).hand_in(
        desk.HandedIn(
            unit_id=invitation.cell.mixed_in_id,
            sheet=_read(versions.read(pulse.instrument), filled, invitation.cell),
            mark=lambda: _mark_once(_ANSWERED, invitation.id),
            refusal="answered_already",
        )
    )


def hand_in_slip(*, pulse: Pulse, code: str, filled: Filled) -> None:
    """Hand in the sheet of somebody who drew a slip; who that was is not known."""
    slip = find_slip(pulse, code)
    check_window(pulse, filled.started_at)
    desk.of(pulse.id).hand_in(
        desk.HandedIn(
            unit_id=slip.cell.mixed_in_id,
            sheet=_read(versions.read(pulse.instrument), filled, slip.cell),
            mark=lambda: _mark_once(_USED, slip.id),
            refusal="code_used",
        )
    )


# Said as statements: hundreds are marked in a second, and the ORM takes longer to say it than it takes to do.
_ANSWERED = "UPDATE listen_invitation SET answered = %s WHERE id = %s AND NOT answered"
_USED = "UPDATE listen_slip SET used = %s WHERE id = %s AND NOT used"


def _mark_once(statement: str, row_id: uuid.UUID) -> bool:
    """Mark a row and say whether it was not marked before."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [True, statements.write_id(row_id)])
        return bool(cursor.rowcount)


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


def _read(instrument: Instrument, filled: Filled, cell: Cell) -> Laid:
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
    return Laid(cell.number, answers, remarks)
