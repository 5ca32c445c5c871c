"""People: which of ours a roster means, which are new, and what it says differently."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from typing import Any

from collegium.base import ids
from collegium.people.rosters import PersonRecord, Roster
from collegium.people.services.rosters.planning import addresses
from collegium.people.services.rosters.planning.compare import Subject, compare, tell
from collegium.people.services.rosters.planning.known import (
    Change,
    Known,
    KnownPerson,
    Link,
    are_clearly_different,
    own_id,
)

ALIAS = "alias:"


class PersonPlanner:
    """Plans the people of a roster, and answers whom an id means.

    `placed` holds the ids that get a post in the scope, `misplaced` those whose posts all lie outside of it.
    """

    def __init__(self, roster: Roster, known: Known, placed: Collection[str], misplaced: Collection[str]) -> None:
        self.roster = roster
        self.known = known
        self.found: dict[str, uuid.UUID] = {}
        self.refused: set[str] = set()
        self.ended: set[str] = set()
        self._met: set[uuid.UUID] = set()
        self._placed, self._misplaced = placed, misplaced
        self._speakers = addresses.speakers(roster, known)
        self._holders = addresses.holders(known, self._speakers)
        self._taken_aliases: dict[str, uuid.UUID] = {}
        self._vouched = {
            person_id: record
            for record in reversed(roster.persons)
            if record.source_id not in known.person_links and (person_id := self._by_alias(record))
        }
        self._added: dict[uuid.UUID, tuple[str, str]] = {}
        self._added_by_email: dict[str, uuid.UUID] = {}

    def plan(self) -> Iterator[Change]:
        """Say what becomes of each person in the roster."""
        for record in self.roster.persons:
            if record.source_id in self.found or record.source_id in self.refused:
                yield self._line(record, "refused", "duplicate_id")
                continue
            yield from self._plan_one(record)

    def find(self, source_id: str) -> uuid.UUID | None:
        """The person that an id of the roster means, whether or not the roster lists them."""
        if source_id in self.found:
            return self.found[source_id]
        link = self.known.person_links.get(source_id)
        if link is not None and link.target_id in self.known.persons:
            return link.target_id
        return own_id(source_id, self.known.persons)

    def name_of(self, person_id: uuid.UUID) -> str:
        """What the person is called, here or by the roster."""
        if person_id in self.known.persons:
            return self.known.persons[person_id].name
        return " ".join(self._added.get(person_id, ())).strip()

    def _plan_one(self, record: PersonRecord) -> Iterator[Change]:
        if self.known.is_forgotten(record.source_id):
            self.refused.add(record.source_id)
            yield self._line(record, "left", "forgotten", label="")
            return
        link = self.known.person_links.get(record.source_id)
        if link is not None and link.target_id not in self.known.persons:
            yield self._refuse(record, "person_elsewhere")
        elif record.ended:
            yield from self._end(record, link)
        elif link is not None:
            yield from self._meet(record, self.known.persons[link.target_id], link)
        else:
            yield from self._recognise(record)

    # --- by what a person without a known id is recognised ------------------------------------------------------------
    def _recognise(self, record: PersonRecord) -> Iterator[Change]:
        spelt_out = own_id(record.source_id, self.known.persons)
        if spelt_out is not None:
            yield from self._meet(record, self.known.persons[spelt_out], None, can_be_linked=False)
            return
        vouched_for = self._by_alias(record)
        person_id = vouched_for or self._holder_of(record.email)
        if person_id is None:
            yield self._refuse(record, "posts_outside") if record.source_id in self._misplaced else self._add(record)
        elif vouched_for is None and self._is_clearly_another(person_id, record):
            yield self._refuse(record, "email_of_other", other=self.name_of(person_id), email=record.email)
        elif person_id in self._added:
            yield self._join(record, person_id)
        elif record.source_id not in self._placed and self.known.persons[person_id].is_shared:
            yield self._refuse(record, "posts_outside")
        else:
            yield from self._meet(record, self.known.persons[person_id], None)

    def _by_alias(self, record: PersonRecord) -> uuid.UUID | None:
        for alias in record.aliases:
            link = self.known.person_links.get(ALIAS + alias)
            if link is not None and link.target_id in self.known.persons:
                return link.target_id
            if alias in self._taken_aliases:
                return self._taken_aliases[alias]
        return None

    def _holder_of(self, email: str) -> uuid.UUID | None:
        if not email:
            return None
        return self._holders.get(email) or self._added_by_email.get(email)

    def _is_clearly_another(self, person_id: uuid.UUID, record: PersonRecord) -> bool:
        """Whether the name resembles neither the person's own nor the one that the file gives them from now on."""
        names = [self._added[person_id]] if person_id in self._added else []
        if person := self.known.persons.get(person_id):
            names.append((person.given_name, person.family_name))
        # An id that an alias vouches for speaks from the next import on; so its name is one of theirs in this one.
        for speaker in (self._speakers.get(person_id), self._vouched.get(person_id)):
            if speaker:
                names.append((speaker.given_name, speaker.family_name))
        return all(are_clearly_different(name, (record.given_name, record.family_name)) for name in names)

    # --- what becomes of them -----------------------------------------------------------------------------------------
    def _add(self, record: PersonRecord) -> Change:
        person_id = ids.new_id()
        self.found[record.source_id] = person_id
        self._added[person_id] = (record.given_name, record.family_name)
        if record.email:
            self._added_by_email[record.email] = person_id
        values = {"given_name": record.given_name, "family_name": record.family_name, "email": record.email}
        aliases = self._take_aliases(record, person_id)
        return Change(
            kind="person",
            action="added",
            ref=record.ref,
            source_id=record.source_id,
            target_id=person_id,
            label=self.name_of(person_id),
            after={**values, "aliases": aliases} if aliases else values,
            link_set=values if record.email else {name: values[name] for name in ("given_name", "family_name")},
        )

    def _take_aliases(self, record: PersonRecord, person_id: uuid.UUID) -> list[str]:
        """The aliases nobody else in the file or in the database has."""
        free = [
            alias
            for alias in record.aliases
            if alias not in self._taken_aliases and ALIAS + alias not in self.known.person_links
        ]
        self._taken_aliases.update(dict.fromkeys(free, person_id))
        return free

    def _join(self, record: PersonRecord, person_id: uuid.UUID) -> Change:
        """The same person under a second id: OneRoster 1.1 has one for each school."""
        self.found[record.source_id] = person_id
        return self._line(record, "left", "same_person", target_id=person_id, link_set={})

    def _meet(
        self, record: PersonRecord, person: KnownPerson, link: Link | None, *, can_be_linked: bool = True
    ) -> Iterator[Change]:
        self.found[record.source_id] = person.id
        imported = link.imported if link else None
        current = {"given_name": person.given_name, "family_name": person.family_name, "email": person.email}
        subject = Subject(
            "person", record.ref, record.source_id, person.id, person.name, current, imported, can_be_linked
        )
        subject.is_shared = person.is_shared
        speaker = self._speakers.get(person.id)
        if person.id in self._met or (speaker is not None and speaker.source_id != record.source_id):
            # A second id of somebody whom the file speaks of elsewhere: it says no more than who is meant.
            if link is None and can_be_linked:
                yield subject.line("left", "linked", {}, link_set={})
            return
        stated: dict[str, Any] = {"given_name": record.given_name, "family_name": record.family_name}
        if record.email:
            stated["email"] = record.email
        found = compare(stated, current, imported)
        if found and record.email and ("email" in found.changed or "email" in found.differs):
            holder = self._holder_of(record.email)
            if holder not in (None, person.id):
                yield self._refuse(record, "email_taken", other=self.name_of(holder), email=record.email)
                return
            if "email" in found.changed and person.is_shared:
                found.differs["email"] = found.changed.pop("email")
                found.agreed.pop("email")
            self._added_by_email[record.email] = person.id
        self._met.add(person.id)
        yield from tell(subject, found)

    def _end(self, record: PersonRecord, link: Link | None) -> Iterator[Change]:
        """Somebody who left: their posts of this source end, they stay."""
        target_id = link.target_id if link else own_id(record.source_id, self.known.persons)
        if target_id is None:
            self.refused.add(record.source_id)
            yield self._line(record, "left", "not_here")
            return
        self.found[record.source_id] = target_id
        self.ended.add(record.source_id)

    # --- lines --------------------------------------------------------------------------------------------------------
    def _refuse(self, record: PersonRecord, reason: str, **data: Any) -> Change:
        self.refused.add(record.source_id)
        self.found.pop(record.source_id, None)
        return self._line(record, "refused", reason, data=data)

    def _line(self, record: PersonRecord, action: str, reason: str, **more: Any) -> Change:
        more.setdefault("label", f"{record.given_name} {record.family_name}".strip())
        return Change(kind="person", action=action, reason=reason, ref=record.ref, source_id=record.source_id, **more)
