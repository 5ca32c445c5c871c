"""Who may do what in this room, as pairs.

Whatever is about one person (their mark, their ties, their name) is theirs; a role over them gives nobody a look at it.
"""

from __future__ import annotations

import uuid

from collegium.connect.errors import NotAllowed
from collegium.people import policies as people
from collegium.people.actors import Actor
from collegium.people.enums import Role, UnitKind
from collegium.people.places import Place
from collegium.people.policies import derived

# Who looks after a school from above is not of it, and a guest is not for long.
_OF_THE_UNIT = frozenset({Role.STEWARD, Role.LEAD, Role.MEMBER})
_NAMED_IN = frozenset({UnitKind.TEAM, UnitKind.SCHOOL})


def check_can_run_wave(actor: Actor, place: Place) -> None:
    """Stewards of a unit, or of one above it, open its tie surveys and bring in its ties: they are about people."""
    people.check_can_view_unit(actor, place)
    if not people.can_steward(actor, place):
        raise NotAllowed("wave_stewards_only")


def check_can_open_wave(actor: Actor, place: Place) -> None:
    """A team is asked with its school: by itself everybody in it would be known by sight."""
    check_can_run_wave(actor, place)
    if place.kind == UnitKind.TEAM:
        raise NotAllowed("wave_of_team")


def check_can_view_waves(actor: Actor, place: Place) -> None:
    """Everybody who belongs to a unit, or looks after it, sees its tie surveys and what they say as a whole."""
    people.check_can_view_people(actor, place)


def check_can_view_marks(actor: Actor, place: Place) -> None:
    """The people of a school see a mark for each of theirs; from above only teams and schools are marks."""
    people.check_can_view_unit(actor, place)
    if not _OF_THE_UNIT & actor.roles_at(place.unit_id, place.above):
        raise NotAllowed("marks_of_others")


def check_can_view_leaving(actor: Actor, place: Place, person_id: uuid.UUID | None) -> None:
    """What would break if somebody left is for that person, and for the unit's own stewards, who can do something."""
    people.check_can_view_unit(actor, place)
    if person_id is not None and actor.person_id == person_id:
        return
    if Role.STEWARD not in actor.roles_at(place.unit_id, place.above):
        raise NotAllowed("leaving_of_others")


def check_can_name_posts(actor: Actor, place: Place) -> None:
    """Posts on which much rests are named in a school or team, to its own stewards: from above nobody is picked out."""
    check_can_view_leaving(actor, place, None)
    if place.kind not in _NAMED_IN:
        raise NotAllowed("leaving_of_others")


def check_can_answer(actor: Actor, person_id: uuid.UUID | None) -> None:
    """Everybody answers for themselves."""
    if actor.person_id != person_id:
        raise NotAllowed("not_in_wave")


def check_can_decide_on_ties(actor: Actor, person_id: uuid.UUID | None) -> None:
    """What one said, whether one is drawn and who sees one's name are one's own, for nobody else to change."""
    if actor.person_id != person_id:
        raise NotAllowed("ties_of_others")


def check_can_let_see(actor: Actor, unit_id: uuid.UUID, kind: str) -> None:
    """One lets the people of one's own team or school see one's name, never a whole district at once."""
    if unit_id not in actor.member_of or kind not in _NAMED_IN:
        raise NotAllowed("name_elsewhere")


can_run_wave = derived(check_can_run_wave)
can_open_wave = derived(check_can_open_wave)
can_view_waves = derived(check_can_view_waves)
can_view_marks = derived(check_can_view_marks)
can_view_leaving = derived(check_can_view_leaving)
can_name_posts = derived(check_can_name_posts)
can_answer = derived(check_can_answer)
can_decide_on_ties = derived(check_can_decide_on_ties)
can_let_see = derived(check_can_let_see)
