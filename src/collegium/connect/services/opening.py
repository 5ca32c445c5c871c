"""Opening a tie survey: who is asked, what is asked, and where everybody stood that day are written down."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from collegium.base import jobs, prose, time
from collegium.base.jobs import Report
from collegium.connect import policies
from collegium.connect.enums import LayerOrigin, WaveOrigin, WaveState
from collegium.connect.errors import Conflict, Invalid
from collegium.connect.models import TieLayer, TieWave
from collegium.connect.queries import asking, waves
from collegium.connect.queries.roster import Standing
from collegium.connect.services import mailing, members
from collegium.listen.instruments import Instrument
from collegium.listen.models import InstrumentVersion
from collegium.listen.queries import versions
from collegium.listen.services.opening import MOST_AT_ONCE, say_nothing
from collegium.people.actors import Actor
from collegium.people.models import Group, Unit
from collegium.people.services.writing import check_same_community, locate, record, tidy

OPEN_JOB = "connect.open"
TITLE_LIMIT, WHY_LIMIT = 160, 2000
LONGEST_WINDOW = dt.timedelta(days=60)
FEWEST = 5
MOST_REMINDERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """All that is chosen about a tie survey. `opens_at` in the past means at once.

    Without `units` and `group` everybody in the unit at these levels is asked.
    """

    title: str
    instrument: InstrumentVersion
    closes_at: dt.datetime
    opens_at: dt.datetime | None = None
    why: str = ""
    language: str = ""
    levels: Sequence[str] = asking.USUAL_LEVELS
    units: Sequence[Unit] = ()
    group: Group | None = None
    may_name_partners: bool = False
    remind_before_hours: Sequence[int] = (72, 24)

    @property
    def whom(self) -> dict[str, Any]:
        """Whom it asks, as plain values for whoever writes them down."""
        return {
            "levels": list(self.levels),
            "units": [str(unit.id) for unit in self.units],
            "group_id": str(self.group.id) if self.group else None,
        }


@transaction.atomic
def open_wave(*, actor: Actor, unit: Unit, choices: Choices) -> TieWave:
    """Open a tie survey, now or at its opening time; where many are asked, they are written down after the request."""
    policies.check_can_open_wave(actor, locate(unit))
    check_same_community(actor, unit, choices.instrument, *choices.units, *([choices.group] if choices.group else []))
    instrument = versions.read(choices.instrument)
    if not instrument.is_about_ties:
        raise Invalid("wave_instrument")
    # Two stewards who press at once open one.
    Unit.objects.select_for_update().get(id=unit.id)
    if waves.has_open(unit.id):
        raise Conflict("wave_open_already")
    opens_at = _checked_times(choices)
    people = _list_asked(unit.id, **choices.whom)
    wave = TieWave.objects.create(
        community_id=actor.community_id,
        unit=unit,
        origin=WaveOrigin.ASKED,
        instrument=choices.instrument,
        title=tidy(choices.title, limit=TITLE_LIMIT),
        why=prose.tidy(choices.why, limit=WHY_LIMIT),
        language=choices.language if choices.language in instrument.languages else instrument.default_language,
        state=WaveState.OPENING,
        opens_at=opens_at,
        closes_at=choices.closes_at,
        earlier=waves.find_earlier(unit.id, instrument__key=choices.instrument.key),
        may_name_partners=choices.may_name_partners,
        remind_before_hours=_reminders(choices),
        created_by_id=actor.recorded_id,
    )
    write_layers(wave, instrument)
    if len(people) <= MOST_AT_ONCE:
        _open_to(actor, wave, people)
    else:
        _open_later(actor, wave, choices)
    return wave


def _open_later(actor: Actor, wave: TieWave, choices: Choices) -> None:
    job = jobs.enqueue(
        OPEN_JOB,
        community_id=wave.community_id,
        started_by=actor.recorded_id,
        wave_id=str(wave.id),
        person_id=str(actor.person_id),
        **choices.whom,
    )
    wave.opening_job_id = job.id
    wave.save(update_fields=["opening_job_id"])


@transaction.atomic
def finish_opening(*, actor: Actor, wave_id: uuid.UUID, report: Report, **whom: Any) -> int:
    """Open a large tie survey to those it asks by now, and return how many; run twice, the second finds it open."""
    found = TieWave.objects.select_for_update(of=("self",)).filter(id=wave_id, state=WaveState.OPENING)
    wave = found.select_related("unit").first()
    if wave is None:
        return 0
    policies.check_can_open_wave(actor, locate(wave.unit))
    if wave.closes_at <= time.now():
        raise Invalid("wave_closes_in_past")
    people = _list_asked(wave.unit_id, **whom)
    _open_to(actor, wave, people, report)
    return len(people)


def _list_asked(
    unit_id: uuid.UUID, *, levels: Sequence[str], units: Sequence[str], group_id: str | None
) -> list[Standing]:
    people = asking.list_asked(
        unit_id,
        levels,
        time.today(),
        units=[uuid.UUID(each) for each in units],
        group_id=uuid.UUID(group_id) if group_id else None,
    )
    if len(people) < FEWEST:
        raise Invalid("wave_too_few", asked=len(people), needed=FEWEST)
    teams = {each.team_id for each in people}
    if (units or group_id) and len(teams) == 1 and None not in teams:
        raise Invalid("wave_of_team")
    return people


def _open_to(actor: Actor, wave: TieWave, people: Sequence[Standing], report: Report = say_nothing) -> None:
    members.write_members(wave, people, report=report)
    wave.state = WaveState.OPEN
    wave.save(update_fields=["state"])
    record(actor, "wave.opened", wave, unit_id=wave.unit_id, title=wave.title, asked=len(people))
    mailing.invite_later(wave)


def write_layers(wave: TieWave, instrument: Instrument) -> list[TieLayer]:
    """Write down what is asked, in the words of the wave: they stay whatever becomes of the questionnaire."""
    return TieLayer.objects.bulk_create(
        TieLayer(
            community_id=wave.community_id,
            wave=wave,
            key=item.key,
            title=instrument.say(item.title, wave.language),
            prompt=instrument.text(item, wave.language),
            origin=LayerOrigin.SAID,
            position=position,
            labels=[[code, label] for code, label in instrument.labels(item, wave.language)],
            most=item.most or None,
            may_name_partners=item.partners and wave.may_name_partners,
        )
        for position, item in enumerate(instrument.items)
    )


def _checked_times(choices: Choices) -> dt.datetime:
    now = time.now()
    opens_at = max(choices.opens_at or now, now)
    if choices.closes_at <= now:
        raise Invalid("wave_closes_in_past")
    if not opens_at < choices.closes_at:
        raise Invalid("wave_times")
    if choices.closes_at - opens_at > LONGEST_WINDOW:
        raise Invalid("wave_too_long", days=LONGEST_WINDOW.days)
    return opens_at


def _reminders(choices: Choices) -> list[int]:
    hours = {each for each in choices.remind_before_hours if each > 0}
    return sorted(hours, reverse=True)[:MOST_REMINDERS]
