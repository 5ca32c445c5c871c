"""Tie surveys: those of a unit, and those that ask the reader."""

from __future__ import annotations

import datetime as dt
import math
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.formats import number_format

from collegium.base import time
from collegium.base.models import Job
from collegium.connect import policies
from collegium.connect.enums import WaveOrigin, WaveState
from collegium.connect.errors import NotFound
from collegium.connect.models import TieLayer, TieWave, WaveMember
from collegium.connect.reporting.web import Rules
from collegium.listen.instruments.model import SECONDS, ItemKind
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Unit
from collegium.people.places import Place

WAVES_LIMIT = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many of those asked have handed in. Who they are is shown to nobody."""

    asked: int
    answered: int
    without_address: int = 0

    @property
    def percent(self) -> int:
        """Whole percent."""
        return round(100 * self.answered / self.asked) if self.asked else 0


def list_surveys_for(actor: Actor, place: Place) -> list[TieWave]:
    """Return the tie surveys that asked people of a unit, its own and those of units above it, the latest first."""
    policies.check_can_view_waves(actor, place)
    return list(_surveys(actor, place).select_related("unit").order_by("-opens_at", "id")[:WAVES_LIMIT])


def get_survey_for(actor: Actor, place: Place, wave_id: uuid.UUID) -> TieWave:
    """Return a tie survey that asked people of the unit; NotFound when absent or of others."""
    policies.check_can_view_waves(actor, place)
    wave = _surveys(actor, place).filter(id=wave_id).select_related("unit", "instrument").first()
    if wave is None:
        raise NotFound
    return wave


def get_own_survey_for(actor: Actor, place: Place, wave_id: uuid.UUID) -> TieWave:
    """Return a tie survey that the unit itself has opened, for those who run it."""
    policies.check_can_run_wave(actor, place)
    wave = get_survey_for(actor, place, wave_id)
    if wave.unit_id != place.unit_id:
        raise NotFound
    return wave


def _surveys(actor: Actor, place: Place) -> QuerySet[TieWave]:
    asked = WaveMember.objects.filter(_of_unit(place.unit_id), asked=True).values("wave_id")
    own = Q(unit_id=place.unit_id) | Q(id__in=asked)
    return TieWave.objects.filter(own, community_id=actor.community_id, origin=WaveOrigin.ASKED)


def _of_unit(unit_id: uuid.UUID) -> Q:
    return Q(school_id=unit_id) | Q(team_id=unit_id)


def find_earlier(unit_id: uuid.UUID, **which: Any) -> TieWave | None:
    """Return the latest closed wave of a unit, of those that are meant: the one to compare with."""
    closed = TieWave.objects.filter(unit_id=unit_id, state=WaveState.CLOSED, **which)
    return closed.order_by("-closes_at", "id").first()


def get_unit_to_fill(actor: Actor, place: Place) -> Unit:
    """Return the unit of a place for opening a tie survey in it, or for bringing ties in."""
    policies.check_can_run_wave(actor, place)
    return Unit.objects.get(id=place.unit_id, community_id=actor.community_id)


def has_open(unit_id: uuid.UUID) -> bool:
    """Say whether people of the unit are asked by a tie survey now, or will be by one that is announced."""
    asked = WaveMember.objects.filter(_of_unit(unit_id), asked=True, wave__state=WaveState.OPEN)
    under_way = (WaveState.OPENING, WaveState.OPEN)
    return TieWave.objects.filter(unit_id=unit_id, state__in=under_way).exists() or asked.exists()


def get_opening_job(wave: TieWave) -> Job | None:
    """Return the work that opens a large survey, or was to."""
    return Job.objects.filter(id=wave.opening_job_id).first() if wave.opening_job_id else None


def is_asked(version_id: uuid.UUID) -> bool:
    """Say whether some tie survey asks, or has asked, a version of a questionnaire."""
    return TieWave.objects.filter(instrument_id=version_id).exists()


def list_layers(wave: TieWave) -> list[TieLayer]:
    """Return what a wave asks, in order."""
    return list(TieLayer.objects.filter(wave=wave).order_by("position", "key"))


def minutes_of(*asked: TieWave) -> dict[uuid.UUID, str]:
    """Return about how many minutes each of some waves takes to answer, to the half, as the reader writes numbers."""
    layers = TieLayer.objects.filter(wave__in=asked).order_by().values_list("wave_id").annotate(Count("id"))
    minutes = {wave_id: math.ceil(questions * SECONDS[ItemKind.TIES] / 30) / 2 for wave_id, questions in layers}
    return {wave_id: number_format(each, 1 if each % 1 else 0, use_l10n=True) for wave_id, each in minutes.items()}


def count_progress(waves: list[TieWave], place: Place) -> dict[uuid.UUID, Progress]:
    """Return how far each of these waves has come: for a school within a larger wave, among its own people.

    A team, and a school beside which few others are asked, learns how far the whole has come: in a few people one would
    see who it was, and the whole less its schools would be these few. Of a school of few nothing is said at all.
    """
    is_asked = Q(asked=True)
    rows = (
        WaveMember.objects.filter(wave__in=waves)
        .values("wave_id", "school_id")
        .annotate(
            asked_there=Count("id", filter=is_asked),
            answered_there=Count("id", filter=Q(answered=True)),
            nowhere=Count("id", filter=is_asked & Q(person__email="")),
        )
        .order_by()
        .values_list("wave_id", "school_id", "asked_there", "answered_there", "nowhere")
    )
    by_wave: dict[uuid.UUID, dict[uuid.UUID | None, Progress]] = defaultdict(dict)
    for wave_id, school_id, asked, answered, nowhere in rows:
        by_wave[wave_id][school_id] = Progress(asked=asked, answered=answered, without_address=nowhere)
    found = {}
    for wave in waves:
        schools = by_wave[wave.id]
        own = schools.get(place.unit_id) if place.kind == UnitKind.SCHOOL and wave.unit_id != place.unit_id else None
        found[wave.id] = own if own and _stands_alone(own, schools) else _add_up(schools.values())
    return found


def _stands_alone(own: Progress, schools: Mapping[uuid.UUID | None, Progress]) -> bool:
    few = sum(each.asked for school_id, each in schools.items() if school_id is None or each.asked < Rules.k)
    return own.asked < Rules.k or few == 0 or few >= Rules.k


def _add_up(parts: Iterable[Progress]) -> Progress:
    rows = [(each.asked, each.answered, each.without_address) for each in parts]
    asked, answered, nowhere = map(sum, zip(*rows, strict=True)) if rows else (0, 0, 0)
    return Progress(asked=asked, answered=answered, without_address=nowhere)


def list_to_write_to(wave: TieWave) -> QuerySet[WaveMember]:
    """Return who is asked and can be written to: for mail alone, never for a page."""
    asked = WaveMember.objects.filter(wave=wave, asked=True, person__isnull=False, person__erased_at__isnull=True)
    return asked.exclude(person__email="").select_related("person").order_by("id")


# --- oneself ----------------------------------------------------------------------------------------------------------
def get_own_member(actor: Actor, wave_id: uuid.UUID) -> WaveMember:
    """Return what the actor is in a wave that asks them; NotFound when it does not."""
    own = WaveMember.objects.filter(wave_id=wave_id, person_id=actor.person_id, community_id=actor.community_id)
    member = own.filter(asked=True).select_related("wave__unit").first()
    if member is None or not policies.can_answer(actor, member.person_id):
        raise NotFound
    return member


def asks(actor: Actor, wave: TieWave) -> bool:
    """Say whether a survey asks the actor."""
    return WaveMember.objects.filter(wave=wave, person_id=actor.person_id, asked=True).exists()


def list_asking(actor: Actor) -> list[WaveMember]:
    """Return the waves that ask the actor now, what closes first on top; those already handed in among them."""
    now = time.now()
    asking = WaveMember.objects.filter(
        person_id=actor.person_id,
        asked=True,
        wave__state=WaveState.OPEN,
        wave__opens_at__lte=now,
        wave__closes_at__gt=now,
    )
    return list(asking.select_related("wave__unit").order_by("wave__closes_at", "id"))


def is_taking_answers(wave: TieWave, now: dt.datetime) -> bool:
    """Say whether answers can be handed in."""
    return wave.state == WaveState.OPEN and wave.opens_at <= now < wave.closes_at
