"""The heartbeat of a unit: the latest rounds of the short questionnaire that comes with the house."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from collegium.base import time
from collegium.base.indicators import look_up
from collegium.listen import policies
from collegium.listen.enums import PulseState
from collegium.listen.models import PublishedView, Pulse
from collegium.listen.queries import results
from collegium.listen.queries.results import Wave
from collegium.people.actors import Actor
from collegium.people.places import Place

KEY = "heartbeat"
FACETS = ("trust", "collaboration", "efficacy", "voice")


def get_latest(unit_id: uuid.UUID, as_of: dt.date, key: str = KEY) -> Wave | None:
    """Return the newest heartbeat of a unit, or round of another shipped questionnaire, that was out on a day."""
    if key not in _find_newest(unit_id, as_of):
        return None
    newest = look_up(("listen", key, unit_id, as_of), lambda: results.read_waves(_out(unit_id, as_of, key), most=1))
    return newest[0] if newest else None


def list_latest(unit_id: uuid.UUID, as_of: dt.date, most: int) -> list[Wave]:
    """Return the newest heartbeats of a unit about the same people that were out on a day, the oldest first."""
    out = _out(unit_id, as_of)
    about = out.order_by("-pulse__closes_at", "-pulse_id").values_list("pulse__referent", flat=True).first()
    return results.read_waves(out.filter(pulse__referent=about), most=most) if about is not None else []


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many of those asked answered a heartbeat."""

    title: str
    closes_at: dt.datetime
    answered: int
    asked: int


def list_turnouts(unit_id: uuid.UUID, as_of: dt.date, most: int) -> list[Turnout]:
    """Return how many answered the newest heartbeats of a unit that were out on a day, the newest first."""
    rows = _out(unit_id, as_of).filter(view__asked__gt=0).order_by("-pulse__closes_at", "-pulse_id")
    fields = ("pulse__title", "pulse__closes_at", "n", "view__asked")
    return [Turnout(title, at, n or 0, asked) for title, at, n, asked in rows.values_list(*fields)[:most]]


def list_come_out(since: dt.datetime, until: dt.datetime) -> set[uuid.UUID]:
    """Return the units of which results came out between two instants: no event says so."""
    rows = PublishedView.objects.filter(pulse__results_at__gt=since, pulse__results_at__lte=until, n__isnull=False)
    return set(rows.values_list("view__unit_id", flat=True).distinct())


def list_beats_for(actor: Actor, place: Place) -> list[Wave]:
    """Return the heartbeats of a unit that were out on the day it is looked at and that the actor may see."""
    out = _out(place.unit_id, place.as_of)
    newest = out.order_by("-pulse__closes_at", "-pulse_id").values_list("pulse_id", "pulse__unit_id", "pulse__referent")
    first = newest.first()
    if first is None:
        return []
    pulse_id, asker_id, referent = first
    reach = results.find_reach(actor, place, pulse_id, asker_id)
    if not reach.is_own(pulse_id) and not reach.asked and not reach.agreed:
        return []
    waves = results.read_waves(out.filter(pulse__referent=referent))
    return [wave for wave in waves if reach.holds(wave.pulse_id)]


def can_view_beats(actor: Actor, place: Place, key: str = KEY) -> bool:
    """Say whether the actor may see the newest heartbeat (or round of another) of a unit; or that there is none yet."""
    newest = _find_newest(place.unit_id, place.as_of).get(key)
    if newest is None:
        return policies.can_view_pulses(actor, place)
    return results.find_reach(actor, place, *newest).holds(newest[0])


def _find_newest(unit_id: uuid.UUID, as_of: dt.date) -> dict[str, tuple[uuid.UUID, uuid.UUID]]:
    """Return the newest round of each shipped questionnaire that was out on a day, and the unit that asked it."""

    def find() -> dict[str, tuple[uuid.UUID, uuid.UUID]]:
        rows = _out_of_any(unit_id, as_of).order_by("pulse__closes_at", "pulse_id")
        fields = ("pulse__instrument__key", "pulse_id", "pulse__unit_id")
        return {key: (pulse_id, asker_id) for key, pulse_id, asker_id in rows.values_list(*fields)}

    return look_up(("listen newest", unit_id, as_of), find)


def has_any(place: Place) -> bool:
    """Say whether a unit has had a heartbeat, whoever may see it: an offer to begin would be odd."""
    return _out(place.unit_id, place.as_of).exists()


def has_asked(place: Place) -> bool:
    """Say whether the people of a unit have been asked in a pulse of it, or of one above it."""
    asking = Pulse.objects.filter(unit_id__in={place.unit_id, *place.above}).exclude(state=PulseState.DRAFT)
    return asking.exists()


def _out(unit_id: uuid.UUID, as_of: dt.date, key: str = KEY) -> QuerySet[PublishedView]:
    """Return what was shown of a unit's rounds of a shipped questionnaire by the end of a day, and by now."""
    return _out_of_any(unit_id, as_of).filter(pulse__instrument__key=key)


def _out_of_any(unit_id: uuid.UUID, as_of: dt.date) -> QuerySet[PublishedView]:
    end = min(time.now(), time.start_of(as_of + dt.timedelta(days=1)))
    return results.list_published(unit_id).filter(pulse__instrument__unit__isnull=True, pulse__results_at__lte=end)
