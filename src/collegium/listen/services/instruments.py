"""Questionnaires of a unit's own: copied, brought in, changed. A version that a pulse has taken never changes."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from collegium.listen import instruments, policies
from collegium.listen.errors import Conflict, Invalid
from collegium.listen.instruments import Instrument, InstrumentProblems, editing
from collegium.listen.instruments.importing.draft import free_key
from collegium.listen.instruments.shipped import ALL_KEYS
from collegium.listen.models import InstrumentVersion
from collegium.listen.queries import instruments as queries
from collegium.listen.queries import versions
from collegium.people.actors import Actor
from collegium.people.models import Unit
from collegium.people.services.writing import check_same_community, locate, record, tidy

TITLE_LIMIT = 120
MOST_OWN = 200


@transaction.atomic
def copy_instrument(*, actor: Actor, unit: Unit, instrument: Instrument, title: str) -> InstrumentVersion:
    """Begin a questionnaire of the unit's own from a copy. Its items keep their keys, so that they can be compared."""
    _check(actor, unit)
    title = tidy(title, limit=TITLE_LIMIT)
    made = _first(actor, unit, editing.copy(instrument, key=_free(unit, instrument.key), title=title))
    record(actor, "instrument.copied", made, unit_id=unit.id, title=made.title)
    return made


@transaction.atomic
def take_over(*, actor: Actor, unit: Unit, instrument: Instrument) -> InstrumentVersion:
    """Keep a questionnaire that was brought in: as a new one, or as the next version of the one with its key."""
    _check(actor, unit)
    newest = _newest(unit, instrument.key)
    if newest is None:
        made = _first(actor, unit, replace(instrument, key=_free(unit, instrument.key), version=1))
    else:
        made = _next(actor, newest, instrument)
    record(actor, "instrument.brought_in", made, unit_id=unit.id, title=made.title, version=made.version)
    return made


@transaction.atomic
def change_instrument(*, actor: Actor, unit: Unit, instrument: Instrument, seen: str) -> InstrumentVersion:
    """Keep a changed questionnaire: in its version while no pulse has taken it, else as the next one.

    `seen` is the fingerprint of what was changed; where somebody else was quicker, nothing is overwritten.
    """
    _check(actor, unit)
    newest = _newest(unit, instrument.key)
    if newest is None or queries.fingerprint(versions.read(newest)) != seen:
        raise Conflict("instrument_changed")
    made = _next(actor, newest, instrument)
    record(actor, "instrument.changed", made, unit_id=unit.id, title=made.title, version=made.version)
    return made


@transaction.atomic
def discard_version(*, actor: Actor, unit: Unit, key: str, number: int) -> None:
    """Delete the newest version of a questionnaire, as long as no pulse has taken it."""
    _check(actor, unit)
    newest = _newest(unit, key)
    if newest is None or newest.version != number:
        raise Conflict("instrument_changed")
    if queries.is_used(newest.id):
        raise Conflict("instrument_in_use")
    record(actor, "instrument.discarded", newest, unit_id=unit.id, title=newest.title, version=newest.version)
    newest.delete()


def _check(actor: Actor, unit: Unit) -> None:
    """Two people who begin a questionnaire at once must not both take the same key, so the unit is held."""
    check_same_community(actor, unit)
    Unit.objects.select_for_update().get(id=unit.id)
    policies.check_can_run_pulse(actor, locate(unit))


def _newest(unit: Unit, key: str) -> InstrumentVersion | None:
    """The newest version, held so that no pulse takes it meanwhile."""
    rows = InstrumentVersion.objects.select_for_update(of=("self",)).filter(unit=unit, key=key)
    return rows.order_by("-version").first()


def _free(unit: Unit, key: str) -> str:
    taken, shipped = queries.list_own_keys(unit.id), set(ALL_KEYS)
    if len(taken) >= MOST_OWN:
        raise Invalid("too_many_instruments", limit=MOST_OWN)
    return free_key(f"our_{key}" if key in shipped else key, taken | shipped)


def _first(actor: Actor, unit: Unit, instrument: Instrument) -> InstrumentVersion:
    return InstrumentVersion.objects.create(
        community_id=actor.community_id, unit=unit, created_by=actor.recorded_id, **_content(instrument)
    )


def _next(actor: Actor, newest: InstrumentVersion, instrument: Instrument) -> InstrumentVersion:
    is_used = queries.is_used(newest.id)
    content = _content(replace(instrument, version=newest.version + 1 if is_used else newest.version))
    if not is_used:
        for name, value in content.items():
            setattr(newest, name, value)
        newest.save(update_fields=list(content))
        return newest
    return InstrumentVersion.objects.create(
        community_id=newest.community_id, unit_id=newest.unit_id, created_by=actor.recorded_id, **content
    )


def _content(instrument: Instrument) -> dict[str, object]:
    """The columns of a version; what cannot be read back is never kept."""
    definition = instruments.write(instrument)
    try:
        instruments.read(definition)
    except InstrumentProblems as error:
        raise Invalid("instrument_unsound", reason=error.problems[0].message) from error
    return {
        "key": instrument.key,
        "version": instrument.version,
        "title": instrument.say(instrument.title)[:TITLE_LIMIT],
        "definition": definition,
    }
