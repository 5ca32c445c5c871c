"""Whom somebody can let see their name."""

from __future__ import annotations

from collegium.base import time
from collegium.connect.errors import NotFound
from collegium.connect.queries import own_ties
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Unit
from collegium.people.queries import persons, places
from collegium.people.queries.persons import Candidate


def list_colleagues(actor: Actor, text: str) -> list[Candidate]:
    """Return colleagues of the actor's own schools and teams by name, anybody else by their whole email address."""
    if not text.strip():
        return []
    units = own_ties.list_units_to_let_see(actor)
    schools = [unit for unit in units if unit.kind == UnitKind.SCHOOL] or units
    found: dict[object, Candidate] = {}
    for unit in schools:
        for candidate in persons.list_candidates(actor, places.locate(unit, time.today()), text):
            found.setdefault(candidate.person.id, candidate)
    found.pop(actor.person_id, None)
    return list(found.values())


def get_own_unit(actor: Actor, unit_id: str) -> Unit:
    """Return a team or school of the actor's own; NotFound for any other."""
    for unit in own_ties.list_units_to_let_see(actor):
        if str(unit.id) == unit_id:
            return unit
    raise NotFound
