"""Whom somebody can name in a tie survey: their own school's people, and others where the question lets them be.

A search finds people of other schools by name alone, because naming them is what the question asks; it shows their name
and school, and nothing else about them.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from collegium.base import time
from collegium.connect.models import TieLayer, WaveMember
from collegium.connect.queries import roster
from collegium.people.models import Person, Post
from collegium.people.queries import structure, units

FOUND_LIMIT = 20
NEAR_LIMIT = 60
SHORTEST_SEARCH = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be named: what they are called, and where they are found."""

    person_id: uuid.UUID
    name: str
    where: str


@dataclass(frozen=True)
class Candidates:
    """Whom one member can name in one question."""

    member: WaveMember
    layer: TieLayer

    def list_near(self) -> list[Candidate]:
        """Return the member's own team, then others of their school, as many as can be looked through."""
        members = self._of_wave().filter(school_id=self.member.school_id)
        own = [] if self.member.team_id is None else list(_by_name(members.filter(team_id=self.member.team_id)))
        if len(own) < NEAR_LIMIT:
            others = members.exclude(id__in=[one.id for one in own])
            own += _by_name(others)[: NEAR_LIMIT - len(own)]
        return self._present(own)

    def search(self, text: str) -> list[Candidate]:
        """Return those whose name holds all the words, the member's own school first."""
        words = text.split()
        if len("".join(words)) < SHORTEST_SEARCH:
            return []
        named = Q()
        for word in words:
            named &= Q(person__given_name__icontains=word) | Q(person__family_name__icontains=word)
        own = list(_by_name(self._of_wave().filter(named, school_id=self.member.school_id))[:FOUND_LIMIT])
        others = list(_by_name(self._of_wave().filter(named).exclude(id__in=[one.id for one in own]))[:FOUND_LIMIT])
        found = self._present([*own, *others][:FOUND_LIMIT])
        if len(found) < FOUND_LIMIT:
            found += self._partners(_person_words(words))[: FOUND_LIMIT - len(found)]
        return found

    def resolve(self, person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Candidate]:
        """Return those of these people who can be named; others are left out."""
        wanted = set(person_ids)
        found = self._present(_by_name(self._of_wave().filter(person_id__in=wanted)))
        missing = wanted - {one.person_id for one in found}
        if missing:
            found += self._partners(Q(id__in=missing))
        return {one.person_id: one for one in found}

    def _of_wave(self) -> QuerySet[WaveMember]:
        everybody = WaveMember.objects.filter(wave_id=self.member.wave_id, person__erased_at__isnull=True)
        everybody = everybody.filter(person__isnull=False).exclude(id=self.member.id).select_related("person")
        if self.layer.may_name_partners:
            return everybody
        return everybody.filter(school_id=self.member.school_id, asked=True)

    def _partners(self, which: Q) -> list[Candidate]:
        """Those of partner schools who are not members of the wave yet."""
        if not self.layer.may_name_partners:
            return []
        today = time.today()
        schools = roster.list_partner_schools(self.member.wave.unit_id, today)
        if not schools:
            return []
        inside = structure.ids_within(schools, today) | schools
        members = WaveMember.objects.filter(wave_id=self.member.wave_id, person__isnull=False).values("person_id")
        posts = Post.objects.on(today).filter(unit_id__in=inside).values("person_id")
        people = Person.objects.filter(which, id__in=posts, erased_at__isnull=True).exclude(id__in=members)
        found = list(people.order_by("family_name", "given_name", "id")[:FOUND_LIMIT])
        standings = {each.person_id: each for each in roster.list_standings_of([one.id for one in found], today)}
        names = units.get_names({each.school_id for each in standings.values() if each.school_id})
        return [
            Candidate(one.id, one.full_name, _name(names, standings[one.id].school_id if one.id in standings else None))
            for one in found
        ]

    def _present(self, members: Iterable[WaveMember]) -> list[Candidate]:
        rows = list(members)
        places = {unit_id for row in rows for unit_id in (row.team_id, row.school_id) if unit_id}
        names = units.get_names(places)
        near = [row.person_id for row in rows if row.school_id == self.member.school_id and row.person_id]
        titles = _titles(near)
        found = []
        for row in rows:
            if row.person is None:
                continue
            if row.school_id == self.member.school_id:
                parts = (titles.get(row.person.id, ""), _name(names, row.team_id))
            else:
                parts = ("", _name(names, row.school_id) or _name(names, row.team_id))
            found.append(Candidate(row.person.id, row.person.full_name, ", ".join(part for part in parts if part)))
        return found


def _by_name(members: QuerySet[WaveMember]) -> QuerySet[WaveMember]:
    return members.order_by("person__family_name", "person__given_name", "id")


def _person_words(words: Collection[str]) -> Q:
    named = Q()
    for word in words:
        named &= Q(given_name__icontains=word) | Q(family_name__icontains=word)
    return named


def _name(names: dict[uuid.UUID, units.UnitName], unit_id: uuid.UUID | None) -> str:
    return names[unit_id].name if unit_id in names else ""


def _titles(person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What colleagues do, so that two of the same name are told apart."""
    posts = Post.objects.on(time.today()).filter(person_id__in=person_ids).order_by("-is_primary", "title", "id")
    titles: dict[uuid.UUID, str] = {}
    for person_id, title in posts.values_list("person_id", "title"):
        titles.setdefault(person_id, title)
    return titles
