"""A unit's own files of reviews. A version that is here never changes."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from collegium.base import indicators, time
from collegium.guide import policies, reviews
from collegium.guide.errors import Conflict
from collegium.guide.models import ReviewFile
from collegium.listen.instruments import reading
from collegium.people.actors import Actor
from collegium.people.models import Unit
from collegium.people.services.writing import locate, record


@transaction.atomic
def bring_file(*, actor: Actor, unit: Unit, content: bytes | str) -> ReviewFile:
    """Keep a file of a unit's own; one with the key of a shipped review takes its place from its own version on.

    Raises InstrumentProblems with everything that is wrong with it, line by line.
    """
    policies.check_can_open_review(actor, locate(unit))
    text = reading.decode(content)
    definition = reviews.read(text, {each.key for each in indicators.list_indicators()})
    taken = Conflict("review_version_taken", key=definition.key, version=definition.version)
    if definition.key in reviews.KEYS and definition.version <= reviews.get_shipped(definition.key).version:
        raise taken
    if ReviewFile.objects.filter(unit=unit, key=definition.key, version=definition.version).exists():
        raise taken
    try:
        with transaction.atomic():
            file = ReviewFile.objects.create(
                community_id=unit.community_id,
                unit=unit,
                key=definition.key,
                version=definition.version,
                title=definition.title,
                definition=text,
                brought_at=time.now(),
                brought_by_id=actor.recorded_id,
            )
    except IntegrityError as error:  # somebody else was quicker
        raise taken from error
    record(actor, "reviewfile.brought_in", file, unit_id=unit.id, title=file.title)
    return file
