"""Who may do what in this room, as pairs. What somebody is to a matter is a `Standing` (queries/standing.py)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from collegium.decide.enums import Readers, Stage, Voice
from collegium.decide.errors import NotAllowed
from collegium.people import policies as people
from collegium.people.actors import Actor
from collegium.people.enums import Role, UnitKind
from collegium.people.places import Place
from collegium.people.policies import derived

_OF_THE_UNIT = frozenset({Role.STEWARD, Role.LEAD, Role.MEMBER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What somebody is to a matter: whether they facilitate it or look after its unit, and what they have in it."""

    facilitates: bool = False
    stewards: bool = False
    in_unit: bool = False
    voice: Voice | None = None

    @property
    def is_involved(self) -> bool:
        """Whether the matter is theirs in any way."""
        return self.facilitates or self.stewards or self.voice is not None


def check_can_view_decisions(actor: Actor, place: Place) -> None:
    """Everybody of a community sees that a unit decides, and of its matters those that they may read."""
    people.check_can_view_unit(actor, place)


def check_can_view_norms(actor: Actor, place: Place) -> None:
    """How a unit decides, and whose decisions are whose, everybody who belongs to it reads."""
    people.check_can_view_people(actor, place)


def check_can_start(actor: Actor, place: Place) -> None:
    """Everybody who belongs to a unit may ask a question of it: nobody waits for a leader to raise a matter."""
    people.check_can_view_unit(actor, place)
    if not _OF_THE_UNIT & actor.roles_at(place.unit_id, place.above):
        raise NotAllowed("matter_of_others")


def check_can_write_norms(actor: Actor, place: Place) -> None:
    """Leads and stewards write down how a unit decides, and whose decisions are whose."""
    people.check_can_lead(actor, place)


def check_can_view_matter(actor: Actor, place: Place, readers: str, standing: Standing) -> None:
    """Those who take part, and whoever the matter is open to."""
    people.check_can_view_unit(actor, place)
    if standing.is_involved or readers == Readers.COMMUNITY or (readers == Readers.UNIT and standing.in_unit):
        return
    raise NotAllowed("matter_of_others")


def check_can_speak(actor: Actor, place: Place, stage: str, standing: Standing) -> None:
    """Whoever takes part writes, proposes and reacts, with or without a vote, until the matter is closed."""
    people.check_can_view_unit(actor, place)
    if stage == Stage.CLOSED:
        raise NotAllowed("matter_closed")
    if standing.voice is None and not standing.facilitates:
        raise NotAllowed("matter_of_others")


def check_can_facilitate(actor: Actor, place: Place, standing: Standing) -> None:
    """The two who facilitate a matter, and the stewards of its unit, for when neither is there any more."""
    people.check_can_view_unit(actor, place)
    if not (standing.facilitates or standing.stewards):
        raise NotAllowed("facilitators_only")


def check_can_keep_order(actor: Actor, place: Place, standing: Standing) -> None:
    """The same people take comments out, with a reason."""
    check_can_facilitate(actor, place, standing)


def check_can_amend(actor: Actor, place: Place, stage: str, standing: Standing, author_id: uuid.UUID | None) -> None:
    """Whoever wrote a proposal changes it, and those who facilitate write in what others asked for."""
    check_can_speak(actor, place, stage, standing)
    if not standing.facilitates and (author_id is None or author_id != actor.person_id):
        raise NotAllowed("proposal_of_another")


def check_can_make_public(actor: Actor, place: Place) -> None:
    """Those who lead the unit speak for it to the outside."""
    people.check_can_lead(actor, place)


def check_can_vote(actor: Actor, voter_id: uuid.UUID | None) -> None:
    """Everybody votes for themselves, and only where they are on the roll of the vote."""
    if voter_id is None or voter_id != actor.person_id:
        raise NotAllowed("not_on_roll")


def check_can_view_meeting(actor: Actor, place: Place, *, is_theirs: bool) -> None:
    """Everybody who belongs to a unit sees when it and its groups meet, and reads the minutes; so does the group."""
    people.check_can_view_unit(actor, place)
    if not is_theirs:
        people.check_can_view_people(actor, place)


def check_can_plan_meeting(actor: Actor, place: Place) -> None:
    """Everybody of a team or a school calls its people together; above that, whose people it takes, those who lead."""
    check_can_start(actor, place)
    if place.kind not in (UnitKind.TEAM, UnitKind.SCHOOL):
        people.check_can_lead(actor, place)


def check_can_keep_meeting(actor: Actor, place: Place, *, is_theirs: bool) -> None:
    """Whoever called a meeting, the group that meets, and those who lead: they set the agenda and write the minutes."""
    people.check_can_view_unit(actor, place)
    if not is_theirs and not people.can_lead(actor, place):
        raise NotAllowed("meeting_of_others")


can_view_decisions = derived(check_can_view_decisions)
can_view_norms = derived(check_can_view_norms)
can_start = derived(check_can_start)
can_write_norms = derived(check_can_write_norms)
can_view_matter = derived(check_can_view_matter)
can_speak = derived(check_can_speak)
can_facilitate = derived(check_can_facilitate)
can_keep_order = derived(check_can_keep_order)
can_amend = derived(check_can_amend)
can_vote = derived(check_can_vote)
can_make_public = derived(check_can_make_public)
can_view_meeting = derived(check_can_view_meeting)
can_plan_meeting = derived(check_can_plan_meeting)
can_keep_meeting = derived(check_can_keep_meeting)
