"""A questionnaire of a unit's own, for tests that only need one to be there."""

from __future__ import annotations

from collegium.listen import instruments
from collegium.listen.instruments import editing
from collegium.listen.models import InstrumentVersion
from collegium.people.models import Unit


def make_instrument(unit: Unit, title: str) -> dict[str, str]:
    """Keep a copy of the heartbeat; return the keys that its addresses need."""
    made = editing.copy(instruments.get_shipped("heartbeat"), key="our_heartbeat", title=title)
    InstrumentVersion.objects.create(
        community_id=unit.community_id,
        unit=unit,
        key=made.key,
        version=made.version,
        title=title,
        definition=instruments.write(made),
    )
    return {"key": made.key, "item": made.items[0].key, "facet": made.facets[0].key, "scale": "agreement"}
