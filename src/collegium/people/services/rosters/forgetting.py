"""Letting imports forget somebody: their lines are emptied, and their ids become unreadable but stay recognisable."""

from __future__ import annotations

import uuid

from django.db.models import Q

from collegium.people.enums import ChangeAction, RosterState
from collegium.people.models import ExternalId, Person, Post, RosterChange, RosterImport
from collegium.people.services.rosters.tombstones import is_tombstone, tombstone


def forget_person(person_id: uuid.UUID) -> None:
    """Empty what imports keep about a person and their posts. A later import will know not to bring them back."""
    posts = list(Post.objects.filter(person_id=person_id).values_list("id", flat=True))
    _withdraw_previews(person_id, posts)
    lines = RosterChange.objects.filter(target_id__in=[person_id, *posts])
    lines.update(
        action=ChangeAction.LEFT,
        reason="forgotten",
        source_id="",
        label="",
        data={},
        before={},
        after={},
        link={},
    )
    for known in (ExternalId.objects.filter(person_id=person_id), ExternalId.objects.filter(post_id__in=posts)):
        for external_id in known:
            if not is_tombstone(external_id.source_id):
                external_id.source_id = tombstone(external_id.source, external_id.source_id)
            external_id.imported = {}
            external_id.save(update_fields=["source_id", "imported"])


def _withdraw_previews(person_id: uuid.UUID, posts: list[uuid.UUID]) -> None:
    """Empty the previews that speak of the person: what they would do has changed, so they are to be made again."""
    person = Person.objects.get(id=person_id)
    speaks = Q(target_id__in=[person_id, *posts]) | Q(after__person_id=str(person_id))
    if person.full_name:
        # A new post, or somebody refused because of the person, carries no id of theirs but their name.
        speaks |= Q(label__contains=person.full_name) | Q(data__other=person.full_name)
    waiting = RosterImport.objects.filter(community_id=person.community_id, state=RosterState.PREVIEWED)
    lines = RosterChange.objects.filter(speaks, roster_import__in=waiting)
    found = list(lines.order_by().values_list("roster_import", flat=True).distinct())
    RosterChange.objects.filter(roster_import__in=found).delete()
    RosterImport.objects.filter(id__in=found).update(fingerprint="", problem={"code": "roster_stale", "data": {}})
