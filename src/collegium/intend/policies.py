"""Who may do what here. Policies decide on facts handed to them and read nothing themselves."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from collegium.intend.errors import NotAllowed
from collegium.people import policies as people_policies
from collegium.people.actors import Actor
from collegium.people.enums import Role
from collegium.people.places import Place
from collegium.people.policies import derived

_OWN = frozenset({Role.STEWARD, Role.LEAD, Role.MEMBER})
_KEEPING = frozenset({Role.STEWARD, Role.LEAD})


def check_can_view_line(actor: Actor, place: Place) -> None:
    """Everybody of a community reads what its units have published: schools adopt and serve each other's intents."""
    people_policies.check_can_view_unit(actor, place)


def check_can_view_drafts(actor: Actor, place: Place) -> None:
    """A unit's drafts are for its members, leads and stewards: not for those above it, guests, or other units."""
    check_can_view_line(actor, place)
    check_can_view_drafts_of(actor, place.unit_id)


def check_can_view_drafts_of(actor: Actor, unit_id: uuid.UUID) -> None:
    """The same for a unit of which no more is known than its id, among many: what contains it changes nothing here."""
    if not _OWN & actor.roles_at(unit_id, frozenset()):
        raise NotAllowed("drafts_of_others")


def check_can_view_written(actor: Actor, place: Place, is_public: bool) -> None:
    """What was once published is for everybody of the community, also when withdrawn; anything else for members."""
    check_can_view_line(actor, place)
    if not is_public:
        check_can_view_drafts(actor, place)


def check_can_view_throughline(actor: Actor, place: Place) -> None:
    """The line down to who promised what is for those who belong to a unit, look after it, or support it."""
    people_policies.check_can_view_people(actor, place)


def check_can_draft(actor: Actor, place: Place) -> None:
    """Whoever belongs to a unit may draft for it, record a conversation, and say that they see it otherwise."""
    check_can_view_line(actor, place)
    if not _OWN & actor.roles_at(place.unit_id, place.above):
        raise NotAllowed("members_only")


def check_can_keep(actor: Actor, place: Place) -> None:
    """Leads and stewards of the unit itself publish, reword what is published, start, close, and withdraw."""
    check_can_view_line(actor, place)
    if not _KEEPING & actor.roles_at(place.unit_id, place.above):
        raise NotAllowed("leads_only")


def check_can_reword(actor: Actor, place: Place, is_public: bool) -> None:
    """Members reword a draft together; what is published is reworded by those who keep it."""
    if is_public:
        check_can_keep(actor, place)
    else:
        check_can_draft(actor, place)


def check_can_take_back(actor: Actor, person_id: uuid.UUID) -> None:
    """What somebody said or signed under their own name is theirs alone to take back."""
    if actor.recorded_id is None or actor.recorded_id != person_id:
        raise NotAllowed("only_yourself")


def check_can_name(actor: Actor, person_id: uuid.UUID | None, seen: frozenset[uuid.UUID]) -> None:
    """A name is shown to that person and to those who may see the people where they work (`seen` holds whom)."""
    if person_id is None or (person_id != actor.person_id and person_id not in seen):
        raise NotAllowed("people_of_other_unit")


can_view_line = derived(check_can_view_line)
can_view_drafts = derived(check_can_view_drafts)
can_view_drafts_of = derived(check_can_view_drafts_of)
can_view_written = derived(check_can_view_written)
can_view_throughline = derived(check_can_view_throughline)
can_draft = derived(check_can_draft)
can_keep = derived(check_can_keep)
can_reword = derived(check_can_reword)


# --- values -----------------------------------------------------------------------------------------------------------
def check_can_decide_on_mindscape(actor: Actor, writer_id: uuid.UUID) -> None:
    """A statement is its writer's: to change, to share, to take back. A role over them gives nobody a look at it."""
    if actor.person_id != writer_id:
        raise NotAllowed("mindscape_of_others")


def check_can_view_circle(
    actor: Actor, unit_id: uuid.UUID | None, group_id: uuid.UUID | None, own_groups: frozenset[uuid.UUID]
) -> None:
    """What a circle puts side by side is for the people of that group, team or school alone."""
    if unit_id not in actor.member_of and group_id not in own_groups:
        raise NotAllowed("circle_of_others")


def check_can_view_values(actor: Actor, place: Place) -> None:
    """What circles of a unit have signed is read by everybody who belongs to it or looks after it."""
    people_policies.check_can_view_people(actor, place)


# --- trust first ------------------------------------------------------------------------------------------------------
def check_can_view_path(actor: Actor, place: Place) -> None:
    """How a unit has chosen to begin is read by everybody who belongs to it or looks after it."""
    people_policies.check_can_view_people(actor, place)


def check_can_do_step(actor: Actor, place: Place, carriers: Collection[uuid.UUID | None]) -> None:
    """A step is reported by its owner or second person; leads and stewards of the unit may as well."""
    people_policies.check_can_view_unit(actor, place)
    if actor.person_id not in carriers:
        check_can_keep(actor, place)


can_decide_on_mindscape = derived(check_can_decide_on_mindscape)
can_view_circle = derived(check_can_view_circle)
can_view_values = derived(check_can_view_values)
can_view_path = derived(check_can_view_path)
can_do_step = derived(check_can_do_step)
can_take_back = derived(check_can_take_back)
can_name = derived(check_can_name)
