"""Letting imports forget somebody: their lines are emptied, and their ids become unreadable but stay recognisable."""

from __future__ import annotations

import uuid

from collegium.people.enums import ChangeAction
from collegium.people.models import ExternalId, Post, RosterChange
from collegium.people.services.rosters.tombstones import is_tombstone, tombstone


def forget_person(person_id: uuid.UUID) -> None:
    """Empty what imports keep about a person and their posts. A later import will know not to bring them back."""
    posts = list(Post.objects.filter(person_id=person_id).values_list("id", flat=True))
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
