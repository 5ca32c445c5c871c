"""Opening a tie survey: who is asked, what is asked, and where everybody stood that day are written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from collegium.base import time
from collegium.connect import policies
from collegium.connect.enums import LayerOrigin, WaveOrigin, WaveState
from collegium.connect.errors import Conflict, Invalid
from collegium.connect.models import TieLayer, TieWave
from collegium.connect.queries import asking, waves
from collegium.connect.services import mailing, members
from collegium.listen.instruments import Instrument
from collegium.listen.models import InstrumentVersion
from collegium.listen.queries import versions
from collegium.people.actors import Actor
from collegium.people.models import Unit
from collegium.people.services.writing import check_same_community, locate, record, tidy

TITLE_LIMIT, WHY_LIMIT = 160, 2000
LONGEST_WINDOW = dt.timedelta(days=60)
FEWEST = 5
MOST_REMINDERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """All that is chosen about a tie survey. `opens_at` in the past means at once."""

    title: str
    instrument: InstrumentVersion
    closes_at: dt.datetime
    opens_at: dt.datetime | None = None
    why: str = ""
    language: str = ""
    levels: Sequence[str] = asking.USUAL_LEVELS
    may_name_partners: bool = False
    remind_before_hours: Sequence[int] = (72, 24)


@transaction.atomic
def open_wave(*, actor: Actor, unit: Unit, choices: Choices) -> TieWave:
    """Open a tie survey, now or at its opening time, to everybody in the unit at the levels chosen."""
    policies.check_can_open_wave(actor, locate(unit))
    check_same_community(actor, unit, choices.instrument)
    instrument = versions.read(choices.instrument)
    if not instrument.is_about_ties:
        raise Invalid("wave_instrument")
    # Two stewards who press at once open one.
    Unit.objects.select_for_update().get(id=unit.id)
    if waves.has_open(unit.id):
        raise Conflict("wave_open_already")
    opens_at = _checked_times(choices)
    people = asking.list_asked(unit.id, choices.levels, time.today())
    if len(people) < FEWEST:
        raise Invalid("wave_too_few", asked=len(people), needed=FEWEST)
    wave = TieWave.objects.create(
        community_id=actor.community_id,
        unit=unit,
        origin=WaveOrigin.ASKED,
        instrument=choices.instrument,
        title=tidy(choices.title, limit=TITLE_LIMIT),
        why=choices.why.strip()[:WHY_LIMIT],
        language=choices.language if choices.language in instrument.languages else instrument.default_language,
        state=WaveState.OPEN,
        opens_at=opens_at,
        closes_at=choices.closes_at,
        earlier=waves.find_earlier(unit.id, instrument__key=choices.instrument.key),
        may_name_partners=choices.may_name_partners,
        remind_before_hours=_reminders(choices),
        created_by_id=actor.recorded_id,
    )
    write_layers(wave, instrument)
    members.write_members(wave, people)
    record(actor, "wave.opened", wave, unit_id=unit.id, title=wave.title, asked=len(people))
    mailing.invite_later(wave)
    return wave


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
