"""The rounds that were asked about a unit, of whichever questionnaire, for those who may see their results."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from collegium.base import time
from collegium.listen.instruments import Instrument
from collegium.listen.models import PublishedView, Pulse
from collegium.listen.queries import results, versions
from collegium.listen.queries.results import Reach, Wave
from collegium.people.actors import Actor
from collegium.people.places import Place

MOST_ROUNDS, MOST_SINCE = 12, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What was shown of a unit in one round, and how it was asked."""

    wave: Wave
    instrument: Instrument
    is_shipped: bool
    language: str
    referent: str

    def follows(self, earlier: Round, facet: str) -> bool:
        """Say whether this was published as the round after an earlier one, with the facet the same in both."""
        links = {(change.pulse_id, change.report.facet) for change in self.wave.changes}
        return (str(earlier.wave.pulse_id), facet) in links


def list_rounds_for(actor: Actor, place: Place) -> list[Round]:
    """Return the newest rounds about a unit that the actor may see, the oldest first."""
    return _read(actor, place, results.read_waves(_out(place), most=MOST_ROUNDS))


def list_since_for(actor: Actor, place: Place, pulse_ids: Collection[uuid.UUID]) -> list[Round]:
    """Return these rounds, and all rounds of their questionnaires, that the actor may see, the oldest first."""
    keys = Pulse.objects.filter(id__in=pulse_ids, community_id=actor.community_id).values("instrument__key")
    return _read(actor, place, results.read_waves(_out(place).filter(pulse__instrument__key__in=keys), MOST_SINCE))


def find_newest(rounds: Iterable[Round], pulse_id: uuid.UUID, facet: str) -> Round | None:
    """Return the last of these rounds, the oldest first, that a facet can be followed to from one of them."""
    newest: Round | None = None
    for each in rounds:
        is_cited = each.wave.pulse_id == pulse_id and facet in {one.key for one in each.wave.report.facets}
        if is_cited or (newest is not None and each.follows(newest, facet)):
            newest = each
    return newest


def _out(place: Place) -> QuerySet[PublishedView]:
    return results.list_published(place.unit_id).filter(pulse__results_at__lte=time.now())


def _read(actor: Actor, place: Place, waves: list[Wave]) -> list[Round]:
    rows = Pulse.objects.select_related("instrument").in_bulk([wave.pulse_id for wave in waves])
    reaches: dict[uuid.UUID, Reach] = {}
    found = []
    for wave in waves:
        pulse = rows[wave.pulse_id]
        if pulse.unit_id not in reaches:
            reaches[pulse.unit_id] = results.find_reach(actor, place, pulse.id, pulse.unit_id)
        if reaches[pulse.unit_id].holds(pulse.id):
            found.append(_round(wave, pulse))
    return found


def _round(wave: Wave, pulse: Pulse) -> Round:
    return Round(
        wave=wave,
        instrument=versions.read(pulse.instrument),
        is_shipped=pulse.instrument.unit_id is None,
        language=pulse.language,
        referent=pulse.referent,
    )
