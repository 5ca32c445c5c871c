"""Who may do what in this room, as pairs. What somebody is to an enquiry is a `Standing` (queries/enquiries.py)."""

from __future__ import annotations

from dataclasses import dataclass

from collegium.enquire.errors import NotAllowed
from collegium.people import policies as people
from collegium.people.actors import Actor
from collegium.people.enums import Role
from collegium.people.places import Place
from collegium.people.policies import derived

_OF_THE_UNIT = frozenset({Role.STEWARD, Role.LEAD, Role.MEMBER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What somebody is to an enquiry: one of its two owners, of its team or its critical friend, a steward there."""

    owns: bool = False
    in_team: bool = False
    stewards: bool = False

    @property
    def is_involved(self) -> bool:
        """Whether the enquiry is theirs in any way."""
        return self.owns or self.in_team


def check_can_view_enquiries(actor: Actor, place: Place) -> None:
    """Everybody who belongs to a unit, or looks after it, sees what is being found out there."""
    people.check_can_view_people(actor, place)


def check_can_begin(actor: Actor, place: Place) -> None:
    """Everybody who belongs to a unit may begin an enquiry in it: nobody waits to be asked."""
    people.check_can_view_unit(actor, place)
    if not _OF_THE_UNIT & actor.roles_at(place.unit_id, place.above):
        raise NotAllowed("enquiry_members_only")


def check_can_view_enquiry(actor: Actor, place: Place, standing: Standing) -> None:
    """Whoever sees the enquiries of its unit, and its team wherever they come from."""
    people.check_can_view_unit(actor, place)
    if not standing.is_involved:
        check_can_view_enquiries(actor, place)


def check_can_work(actor: Actor, place: Place, standing: Standing, *, is_closed: bool) -> None:
    """Everyone in an enquiry writes, enters numbers and moves it on, until it is closed."""
    people.check_can_view_unit(actor, place)
    if not standing.is_involved:
        raise NotAllowed("enquiry_team_only")
    if is_closed:
        raise NotAllowed("enquiry_ended")


def check_can_speak(actor: Actor, place: Place, standing: Standing, *, is_closed: bool) -> None:
    """Everyone in an enquiry talks about it, and everybody of its unit, until it is closed."""
    people.check_can_view_unit(actor, place)
    if not standing.is_involved:
        check_can_begin(actor, place)
    if is_closed:
        raise NotAllowed("enquiry_ended")


def check_can_keep_order(actor: Actor, place: Place, standing: Standing) -> None:
    """Its two owners and the stewards of its unit keep order in what is said of an enquiry, also after its end."""
    check_can_administer(actor, place, standing, is_closed=False)


def check_can_administer(actor: Actor, place: Place, standing: Standing, *, is_closed: bool) -> None:
    """Its two owners say who is in an enquiry and close it; stewards too, for when neither is there any more."""
    people.check_can_view_unit(actor, place)
    if not (standing.owns or standing.stewards):
        raise NotAllowed("enquiry_owners_only")
    if is_closed:
        raise NotAllowed("enquiry_ended")


def check_can_keep_calendar(actor: Actor, place: Place) -> None:
    """Stewards say when terms and holidays are."""
    people.check_can_steward(actor, place)


def check_can_view_idea(actor: Actor, place: Place) -> None:
    """Everybody of a community reads the ideas told in it, and what came of them: that is what they are told for."""
    people.check_can_view_unit(actor, place)


def check_can_share(actor: Actor, place: Place, standing: Standing) -> None:
    """Those in an enquiry tell others what they tried, when it is closed too; stewards, for when nobody is left."""
    people.check_can_view_unit(actor, place)
    if not (standing.is_involved or standing.stewards):
        raise NotAllowed("enquiry_team_only")


can_view_enquiries = derived(check_can_view_enquiries)
can_begin = derived(check_can_begin)
can_view_enquiry = derived(check_can_view_enquiry)
can_work = derived(check_can_work)
can_speak = derived(check_can_speak)
can_keep_order = derived(check_can_keep_order)
can_administer = derived(check_can_administer)
can_keep_calendar = derived(check_can_keep_calendar)
can_view_idea = derived(check_can_view_idea)
can_share = derived(check_can_share)
