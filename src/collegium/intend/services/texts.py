"""Writing texts so that no wording is lost. Whoever owns a text checks who may, and records what happened."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from collegium.base import prose, time
from collegium.intend.errors import Conflict, Invalid, TextMovedOn
from collegium.intend.models import Text, TextVersion
from collegium.people.actors import Actor
from collegium.people.services.writing import tidy

REASON_LIMIT = 500


def write_text(actor: Actor, parts: Mapping[str, str], *, required: Collection[str] = ()) -> Text:
    """Begin a text; its first wording needs no reason."""
    tidied = tidy_parts(parts, required=required)
    text = Text.objects.create(community_id=actor.community_id, parts=tidied, changed_at=time.now())
    _keep_version(actor, text, reason="")
    return text


def reword_text(
    actor: Actor,
    text: Text,
    parts: Mapping[str, str],
    *,
    reason: str,
    from_version: int,
    required: Collection[str] = (),
) -> Text:
    """Add a wording that was written from a version, inside the caller's transaction.

    Raises `TextMovedOn` when somebody else was faster: then nothing is written, and the page shows both.
    """
    tidied = tidy_parts(parts, required=required)
    because = tidy(reason, limit=REASON_LIMIT, required=False)
    text.refresh_from_db(from_queryset=Text.objects.select_for_update())
    if text.version != from_version:
        raise TextMovedOn(version=text.version)
    if tidied == text.parts:
        raise Conflict("text_unchanged")
    if not because:
        raise Invalid("text_reason_missing")
    text.parts, text.version, text.changed_at = tidied, text.version + 1, time.now()
    text.save(update_fields=["parts", "version", "changed_at"])
    _keep_version(actor, text, reason=because)
    return text


def tidy_parts(parts: Mapping[str, str], *, required: Collection[str] = ()) -> dict[str, str]:
    """Return the parts as they are kept; Invalid when one is missing or too long."""
    tidied = {key: prose.tidy(value) for key, value in parts.items()}
    if any(not tidied.get(key) for key in required):
        raise Invalid("text_part_missing")
    return tidied


def _keep_version(actor: Actor, text: Text, *, reason: str) -> TextVersion:
    return TextVersion.objects.create(
        community_id=text.community_id,
        text=text,
        number=text.version,
        parts=text.parts,
        reason=reason,
        written_by_id=actor.recorded_id,
        written_at=text.changed_at,
    )
