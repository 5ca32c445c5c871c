"""A school whose people talk about it, for the tests of this room."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from collegium.base import time
from collegium.people import policies as people
from collegium.people.actors import Actor
from collegium.people.enums import Role
from collegium.people.models import Person, Unit
from collegium.people.queries import places
from collegium.talk import subjects
from collegium.talk.errors import NotFound
from collegium.talk.models import Attachment, Comment, CommentVersion, Mention, Reaction, Thread
from collegium.talk.services import comments
from collegium.talk.subjects import Subject
from tests import factories as make

KIND = "test-school"
closed: set[uuid.UUID] = set()


def load(actor: Actor, subject_id: uuid.UUID) -> Subject:
    """Find the school for whoever sees its people; stewards keep order, and guests only read."""
    unit = Unit.objects.filter(id=subject_id, community_id=actor.community_id).first()
    if unit is None:
        raise NotFound
    place = places.locate(unit, unit.starts_on or time.today())
    if not people.can_view_people(actor, place):
        raise NotFound
    return Subject(
        kind=KIND,
        id=unit.id,
        place=place,
        title=unit.name,
        url=f"/u/{unit.slug}/",
        can_post=unit.id not in closed and bool({Role.MEMBER, Role.STEWARD} & actor.roles_at(unit.id, place.above)),
        can_moderate=people.can_steward(actor, place),
        list_people=lambda: {
            person.id: person.full_name for person in Person.objects.filter(posts__unit=unit, erased_at__isnull=True)
        },
    )


subjects.register(KIND, load)


@dataclass
class World:
    """A school with two stewards and three teachers."""

    unit: Unit
    steward: Person
    other_steward: Person
    ada: Person
    ben: Person
    cleo: Person

    def subject(self, person: Person) -> Subject:
        """Return the conversation's object as somebody sees it."""
        return load(make.actor_of(person), self.unit.id)

    def write(self, person: Person, text: str = "I see it otherwise.", **more: Any) -> Comment:
        """Let somebody write."""
        return comments.write_comment(actor=make.actor_of(person), subject=self.subject(person), text=text, **more)


def build() -> World:
    """Make the school."""
    community = make.make_community()
    unit = make.make_unit(community)
    teachers = []
    for given, family in (("Ada", "Byron"), ("Ben", "Okri"), ("Cleo", "Byron Smith")):
        person = make.make_person(community, given, family, account=True)
        make.make_post(person, unit)
        teachers.append(person)
    return World(unit, make.steward_of(unit), make.steward_of(unit, "Olu"), *teachers)


def fill(unit: Unit, person: Person) -> dict[str, Any]:
    """Put a row into every table of the room, and return the ids that its addresses ask for."""
    owner = {"community": unit.community}
    thread = Thread.objects.create(**owner, subject_kind=KIND, subject_id=unit.id)
    comment = Comment.objects.create(**owner, thread=thread, number=1, author=person, text="Whimbrels wade.")
    CommentVersion.objects.create(**owner, comment=comment, number=1, text="Whimbrels?", written_at=comment.written_at)
    Reaction.objects.create(**owner, comment=comment, person=person, kind="agree")
    mention = Mention.objects.create(**owner, comment=comment, person=person)
    attachment = Attachment.objects.create(
        **owner, comment=comment, name="whimbrel.txt", media_type="text/plain", size=1, content=b"x"
    )
    return {
        "kind": KIND,
        "subject_id": unit.id,
        "comment_id": comment.id,
        "mention_id": mention.id,
        "attachment_id": attachment.id,
    }
