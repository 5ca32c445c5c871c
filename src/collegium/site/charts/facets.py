"""Which colour a facet has. The same facet has the same colour on every page, so a key is never moved."""

from __future__ import annotations

HUES = 8

# The eight facets of trust, one each of the eight colours.
_HUE_OF = {
    "trust.benevolence": 1,
    "trust.honesty": 2,
    "trust.openness": 3,
    "trust.reliability": 4,
    "trust.competence": 5,
    "trust.wisdom": 6,
    "trust.ideals": 7,
    "trust.care": 8,
    # The three lines of a unit's heartbeat.
    "heartbeat.trust": 1,
    "heartbeat.collaboration": 2,
    "heartbeat.efficacy": 3,
}
PLAIN = 0


def hue_of(key: str) -> int:
    """Return the number of a facet's colour, 1 to 8; 0 (ink) for a key that is no facet."""
    return _HUE_OF.get(key, PLAIN)
