"""Bringing decisions in that were taken elsewhere: read into a preview, and kept as closed matters."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import cattrs
from django.core import signing
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from collegium.base import prose, time
from collegium.decide import file_words, policies
from collegium.decide.enums import Readers, Stage, Voice
from collegium.decide.errors import Invalid
from collegium.decide.files import UnreadableBallots, histories, read, read_loomio
from collegium.decide.files.histories import Past, escape
from collegium.decide.models import Matter, Part
from collegium.decide.services.matters import QUESTION_LIMIT
from collegium.people.actors import Actor
from collegium.people.models import Unit
from collegium.people.services.writing import locate, record, tidy

MOST = 300
MOST_TOKEN = 1_500_000  # what a form may hold is limited
MINUTES = 60
_converter = cattrs.Converter(unstruct_collection_overrides={tuple: list}, detailed_validation=False)
_converter.register_unstructure_hook(dt.date, lambda day: day.isoformat())
_converter.register_structure_hook(dt.date, lambda text, _kind: dt.date.fromisoformat(text))


@dataclass(frozen=True, slots=True)
class Brought:
    """How many matters were made, were there already, and were left out since their texts are too long."""

    made: int
    there: int
    too_long: int = 0


def read_upload(upload: File[bytes], question: str, *, is_ranking: bool) -> tuple[Past, ...]:
    """Read what was uploaded: a Loomio group (.json), or ballots on one question. Nothing of it is kept."""
    name = PurePath(str(upload.name or "file").replace("\\", "/")).name[-80:]
    with tempfile.TemporaryDirectory(prefix="collegium-ballots-") as folder:
        path = Path(folder) / (name.lstrip(".") or "file")
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        try:
            if path.suffix.lower() in {".json", ".jsonl"}:
                found = histories.pasts_of(read_loomio(path))
            else:
                found = (histories.past_of(read(path), question, is_ranking=is_ranking),)
        except UnreadableBallots as error:
            raise Invalid("import_unreadable", title=file_words.unreadable(error)) from error
    if not found:
        raise Invalid("import_nothing")
    if len(found) > MOST:
        raise Invalid("import_too_many", count=len(found), most=MOST)
    if any(not past.question.strip() for past in found):
        raise Invalid("import_question_missing")
    return found


def keep(unit: Unit, pasts: Sequence[Past]) -> str:
    """Return a preview as a signed text that the page holds until it is confirmed."""
    plain: Any = _converter.unstructure(list(pasts))
    token = signing.dumps(plain, salt=_salt(unit), compress=True)
    if len(token) > MOST_TOKEN:
        raise Invalid("import_too_many", count=len(pasts), most=MOST)
    return token


def open_kept(unit: Unit, token: str) -> tuple[Past, ...]:
    """Return the preview again. Refuses one that is old, of another unit or changed."""
    try:
        plain = signing.loads(token, salt=_salt(unit), max_age=dt.timedelta(minutes=MINUTES))
    except signing.BadSignature as error:
        raise Invalid("import_old") from error
    return tuple(_converter.structure(plain, list[Past]))


def _salt(unit: Unit) -> str:
    return f"collegium.decide.importing.{unit.community_id}.{unit.id}"


@transaction.atomic
def bring_in(*, actor: Actor, unit: Unit, pasts: Sequence[Past]) -> Brought:
    """Keep decisions of the past as closed matters of a unit, all or none.

    What is there already is left alone, and what is too long is left out, never cut.
    """
    policies.check_can_write_norms(actor, locate(unit))
    Unit.objects.select_for_update().get(id=unit.id)  # two who bring the same in at once make it once
    closed = Matter.objects.filter(unit=unit, stage=Stage.CLOSED).values_list("question", "closed_at")
    there = {(question, moment.date()) for question, moment in closed if moment is not None}
    made = 0
    fitting = [past for past in pasts if not is_too_long(past)]
    for past in fitting:
        question = tidy(past.question, limit=QUESTION_LIMIT)
        moment = _moment(past.closed_on)
        if (question, moment.date()) in there:
            continue
        there.add((question, moment.date()))
        matter = Matter.objects.create(
            community_id=unit.community_id,
            unit=unit,
            question=question,
            background=prose.tidy(text_of(past)),
            stage=Stage.CLOSED,
            readers=Readers.UNIT,
            created_at=moment,
            created_by_id=actor.recorded_id,
            closed_at=moment,
        )
        Part.objects.create(community_id=unit.community_id, matter=matter, unit=unit, voice=Voice.VOTE)
        record(actor, "matter.brought_in", matter, unit_id=unit.id, title=matter.question)
        made += 1
    return Brought(made, len(fitting) - made, len(pasts) - len(fitting))


def is_too_long(past: Past) -> bool:
    """Say whether the question or the text of a decision is longer than a matter keeps."""
    try:
        tidy(past.question, limit=QUESTION_LIMIT)
        prose.tidy(text_of(past))
    except Invalid:
        return True
    return False


def _moment(day: dt.date | None) -> dt.datetime:
    now = time.now()
    if day is None or day >= now.date():
        return now
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


def text_of(past: Past) -> str:
    """Return a decision of the past as the text that stands under its question."""
    parts = [past.details]
    if past.is_ranking and past.figures:
        places = [f"{rank}. {', '.join(map(escape, options))}{_level(options)}" for rank, options in past.places]
        parts += [f"**{_('In the order of the ballots, the best first:')}**", "\n".join(places)]
    elif past.figures:
        lines = [f"- {escape(option)}: {number}" for option, number in past.figures]
        parts += [f"**{_('What was chosen:')}**", "\n".join(lines)]
    if past.asked is None:
        parts.append(_("%(cast)s ballots were handed in.") % {"cast": past.cast})
    else:
        parts.append(_("%(cast)s of %(asked)s voted.") % {"cast": past.cast, "asked": past.asked})
    parts += [f"> {outcome}".replace("\n", "\n> ") for outcome in past.outcomes]
    parts.append(_("This was decided elsewhere and brought in for the record. Votes were counted and not kept."))
    return "\n\n".join(part for part in parts if part)


def _level(options: Sequence[str]) -> str:
    return f" ({_('level')})" if len(options) > 1 else ""
