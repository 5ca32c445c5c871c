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
    # The four lines of a unit's heartbeat.
    "heartbeat.trust": 1,
    "heartbeat.collaboration": 2,
    "heartbeat.efficacy": 3,
    "heartbeat.voice": 4,
}
# The facets of the other instruments that come with the house, each in the order of its file.
_IN_ORDER = {
    "learning_community": "shared_values collective_responsibility collaboration collective_learning enquiry"
    " openness_networks inclusive_membership mutual_support",
    "hallmarks": "cooperation empowerment responsibility accountability spread_of_learning craft_knowledge identity"
    " opportunity",
    "efficacy": "efficacy_teaching efficacy_conditions efficacy_change",
    "shared_leadership": "leadership_lasts say heard room_to_fail ability_leads",
    "learning_leadership": "direction developing redesign time_for_learning learning_stance talent",
    "change_check": "change_company change_room change_why change_what change_belief change_ready",
    "virtues": "hope virtue_trust piety civility moral_virtue intellectual_virtue communal_virtue political_virtue",
    "coupling": "coupling_professional coupling_institutional coupling_between_professional"
    " coupling_between_institutional",
    "alliance": "alliance_context alliance_governance alliance_trust alliance_vision alliance_communication"
    " alliance_distributed alliance_leaders alliance_phase",
}
_HUE_OF |= {
    f"{instrument}.{facet}": place
    for instrument, listed in _IN_ORDER.items()
    for place, facet in enumerate(listed.split(), start=1)
}
PLAIN = 0


def hue_of(key: str) -> int:
    """Return the number of a facet's colour, 1 to 8; 0 (ink) for a key that is no facet."""
    return _HUE_OF.get(key, PLAIN)
