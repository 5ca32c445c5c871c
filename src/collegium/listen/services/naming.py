"""A unit lets those above it see its name and its result, one pulse at a time; its own stewards alone say so."""

from __future__ import annotations

from django.db import transaction

from collegium.base import time
from collegium.listen import policies
from collegium.listen.errors import Conflict, Invalid
from collegium.listen.models import NamingConsent, Pulse
from collegium.people.actors import Actor
from collegium.people.models import Unit
from collegium.people.services.writing import check_same_community, locate, record


@transaction.atomic
def give_consent(*, actor: Actor, pulse: Pulse, unit: Unit) -> None:
    """Let those above the unit see its name and result; said twice, it holds once."""
    place = locate(unit)
    policies.check_can_agree(actor, place)
    check_same_community(actor, pulse)
    if not place.above:
        raise Invalid("naming_not_needed")
    given_by = {"community_id": actor.community_id, "given_by_id": actor.recorded_id}
    _consent, is_new = NamingConsent.objects.get_or_create(pulse=pulse, unit=unit, defaults=given_by)
    if is_new:
        record(actor, "naming.given", pulse, unit_id=unit.id, title=pulse.title)


@transaction.atomic
def take_back_consent(*, actor: Actor, pulse: Pulse, unit: Unit) -> None:
    """Take the consent back, which has a meaning only until the results are out."""
    policies.check_can_agree(actor, locate(unit))
    if time.now() >= pulse.results_at:
        raise Conflict("naming_seen")
    given, _by_table = NamingConsent.objects.filter(pulse=pulse, unit=unit, community_id=actor.community_id).delete()
    if given:
        record(actor, "naming.taken_back", pulse, unit_id=unit.id, title=pulse.title)
