"""What an import would add: everybody in the file with the person they are here, if any, and the ties between them."""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from collegium.connect.files import PersonRow, Refusal, RefusalCode, TieFile, TieRow
from collegium.connect.files.levels import leads, read_level
from collegium.connect.services.imports.standing import Organisation, Staff, Standing
from collegium.people.rosters.cells import key

BY_ID, BY_EMAIL, UNKNOWN = "by_id", "by_email", "unknown"


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the file. `school_word` is the school that the file gives and that is not here."""

    person_id: uuid.UUID | None
    standing: Standing
    has_post: bool
    answered: bool
    how: str
    school_word: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything an import would write, and what it leaves out."""

    members: tuple[Member, ...]
    layers: tuple[str, ...]
    ties: tuple[TieRow, ...]
    refusals: tuple[Refusal, ...]
    refused: int
    missing_schools: tuple[str, ...]
    missing_teams: tuple[str, ...]
    unknown_levels: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """What the plan comes to: another one when the file, or who works here, has changed."""
        taken = hashlib.sha256(repr((self.layers, self.missing_schools)).encode())
        for member in self.members:
            taken.update(repr(member).encode())
        for tie in self.ties:
            taken.update(repr(tie[:4]).encode())
        return taken.hexdigest()

    def count(self) -> dict[str, object]:
        """Return the numbers of a preview."""
        found = Counter(member.how for member in self.members)
        per_layer = Counter(tie.layer for tie in self.ties)
        return {
            "people": len(self.members),
            **{how: found[how] for how in (BY_ID, BY_EMAIL, UNKNOWN)},
            "answered": sum(member.answered for member in self.members),
            "without_school": sum(
                member.standing.school_id is None and not member.school_word for member in self.members
            ),
            "ties": len(self.ties),
            "layers": [[title, per_layer[place]] for place, title in enumerate(self.layers)],
            "refused": self.refused,
            "missing_schools": list(self.missing_schools),
            "missing_teams": list(self.missing_teams),
            "unknown_levels": list(self.unknown_levels),
        }


def make_plan(found: TieFile, organisation: Organisation, staff: Staff, kind_of_tie: str) -> Plan:
    """Match a file with a unit."""
    sources = {tie.source for tie in found.ties}
    members = [
        _match(person, organisation, staff, answered=_has_answered(found, person, place in sources))
        for place, person in enumerate(found.people)
    ]
    twice = _twice(found.people, members)
    kept = [place for place in range(len(members)) if place not in twice]
    new_place = {old: new for new, old in enumerate(kept)}
    ties = tuple(
        tie._replace(source=new_place[tie.source], target=new_place[tie.target])
        for tie in found.ties
        if tie.source in new_place and tie.target in new_place
    )
    refusals = [*found.refusals, *twice.values(), *_hanging(found, twice)]
    planned = [members[place] for place in kept]
    people = [found.people[place] for place in kept]
    return Plan(
        members=tuple(planned),
        # People without any tie are a web too, of the kind that was asked about.
        layers=tuple(title or kind_of_tie for title in found.layers or ("",)),
        ties=ties,
        refusals=tuple(refusals),
        refused=found.refused + len(refusals) - len(found.refusals),
        missing_schools=_distinct(member.school_word for member in planned),
        missing_teams=_distinct(
            person.team
            for person, member in zip(people, planned, strict=True)
            if person.team and member.person_id is None and member.standing.team_id is None
        ),
        unknown_levels=_distinct(
            person.level
            for person, member in zip(people, planned, strict=True)
            if person.level and not member.standing.level
        ),
    )


def _has_answered(found: TieFile, person: PersonRow, is_source: bool) -> bool:
    """Whoever named somebody has answered, and whoever a list does not call silent."""
    return is_source or (found.is_listed if person.answered is None else person.answered)


def _match(person: PersonRow, organisation: Organisation, staff: Staff, *, answered: bool) -> Member:
    person_id, how = staff.by_id.get(person.id), BY_ID
    if person_id is None:
        address = person.email or (person.id.lower() if "@" in person.id else "")
        person_id, how = staff.by_email.get(address), BY_EMAIL
    if person_id is not None:
        standing = staff.standing[person_id]
        return Member(person_id, standing, _has_post(person, standing), answered, how)
    standing, word = _stand(person, organisation)
    return Member(None, standing, _has_post(person, standing), answered, UNKNOWN, word)


def _has_post(person: PersonRow, standing: Standing) -> bool:
    return leads(standing.level) if person.has_post is None else person.has_post


def _stand(person: PersonRow, organisation: Organisation) -> tuple[Standing, str]:
    """Where the file says that somebody stands, and the school it names when that is not here."""
    level = read_level(person.level)
    school_id, word = organisation.schools.get(key(person.school)), ""
    if school_id is None and (organisation.is_one_school and not person.school):
        school_id = organisation.school_of.get(organisation.unit_id)
    elif school_id is None and person.school and not organisation.is_one_school:
        word = person.school
    team_id = organisation.find_team(school_id, person.team) if person.team else None
    return Standing(school_id, team_id, level), word


def _twice(people: Sequence[PersonRow], members: Sequence[Member]) -> dict[int, Refusal]:
    """Refuse the second of two rows that are one person here."""
    first: dict[uuid.UUID, int] = {}
    refused: dict[int, Refusal] = {}
    for place, member in enumerate(members):
        if member.person_id is None:
            continue
        known = first.setdefault(member.person_id, place)
        if known != place:
            said = {"id": people[place].id, "first_row": str(people[known].ref.row)}
            refused[place] = Refusal(people[place].ref, RefusalCode.SAME_PERSON, said)
    return refused


def _hanging(found: TieFile, twice: dict[int, Refusal]) -> list[Refusal]:
    """Refuse the ties of those who were refused."""
    return [
        Refusal(tie.ref, RefusalCode.UNKNOWN_PERSON, {"id": found.people[end].id})
        for tie in (found.ties if twice else ())
        if (end := tie.source if tie.source in twice else tie.target) in twice
    ]


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def with_schools(plan: Plan, added: dict[str, uuid.UUID]) -> Plan:
    """Return the plan with people in the schools that were added for them."""
    return replace(
        plan,
        members=tuple(
            replace(member, standing=replace(member.standing, school_id=added[member.school_word]))
            if member.school_word in added
            else member
            for member in plan.members
        ),
    )
