"""Keeping a version of an instrument, so that what was asked can be read for as long as its results."""

from __future__ import annotations

from collegium.listen import instruments
from collegium.listen.errors import Invalid
from collegium.listen.models import InstrumentVersion
from collegium.people.actors import Actor


def keep_shipped(actor: Actor, key: str) -> InstrumentVersion:
    """Return the community's copy of a shipped instrument in its present version, made the first time it is used."""
    try:
        instrument = instruments.get_shipped(key)
    except KeyError as error:
        raise Invalid("unknown_instrument") from error
    version, _made = InstrumentVersion.objects.get_or_create(
        community_id=actor.community_id,
        unit=None,
        key=instrument.key,
        version=instrument.version,
        defaults={
            "title": instrument.say(instrument.title),
            "definition": instruments.write(instrument),
            "created_by": actor.recorded_id,
        },
    )
    return version
