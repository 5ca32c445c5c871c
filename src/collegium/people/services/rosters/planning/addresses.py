"""Who will have which address afterwards: a roster may pass one on, or swap two."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from collegium.people.rosters import PersonRecord, Roster
from collegium.people.services.rosters.planning.known import Known, KnownPerson


def speakers(roster: Roster, known: Known) -> dict[uuid.UUID, PersonRecord]:
    """The record that speaks for each person named by a known id.

    Where there are several it is the first whose id has spoken before: one that was only ever linked remembers nothing.
    """
    found: dict[uuid.UUID, PersonRecord] = {}
    for record in roster.persons:
        link = known.person_links.get(record.source_id)
        if link is None or record.ended or link.target_id not in known.persons:
            continue
        other = found.get(link.target_id)
        if other is None or (link.imported and not known.person_links[other.source_id].imported):
            found[link.target_id] = record
    return found


def holders(known: Known, speaking: Mapping[uuid.UUID, PersonRecord]) -> dict[str, uuid.UUID]:
    """Whose each address will be, as far as people whom we know by id are concerned."""
    moving = {
        person_id: record.email
        for person_id, record in speaking.items()
        if _moves(known.persons[person_id], record, known)
    }
    while True:
        staying = {p.email: p.id for p in known.persons.values() if p.email and p.id not in moving}
        after = dict(staying)
        stuck = []
        for person_id, email in moving.items():
            if after.setdefault(email, person_id) != person_id:
                stuck.append(person_id)
        if not stuck:
            return after
        for person_id in stuck:
            del moving[person_id]


def _moves(person: KnownPerson, record: PersonRecord, known: Known) -> bool:
    """Whether the roster changes the person's address, and nobody here has a say in it."""
    if not record.email or record.email == person.email or person.is_shared:
        return False
    imported = known.person_links[record.source_id].imported
    return bool(imported.get("email", "") == person.email)
