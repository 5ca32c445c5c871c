"""What a stage rests on: files, links and numbers, added and taken off."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction

from collegium.base import time
from collegium.enquire.enums import EvidenceKind, Stage
from collegium.enquire.errors import Conflict, Invalid
from collegium.enquire.models import Enquiry, Evidence
from collegium.enquire.models.enquiries import TITLE_LIMIT
from collegium.enquire.policies import Standing
from collegium.enquire.services.enquiries import check_work, touch
from collegium.intend.queries import evidence as numbers
from collegium.people.actors import Actor
from collegium.people.services.writing import locate, record, tidy
from collegium.talk import files
from collegium.talk.files import Upload

NOTE_LIMIT = 500
MOST_FILES = 60  # of one enquiry


@transaction.atomic
def add_files(
    *, actor: Actor, enquiry: Enquiry, standing: Standing, stage: Stage, uploads: Iterable[Upload], note: str = ""
) -> list[Evidence]:
    """Keep files at a stage: of the kinds and sizes that conversations take too."""
    check_work(actor, enquiry, standing)
    kept = files.check(uploads)
    if not kept:
        raise Invalid("enquiry_text_missing")
    there = Evidence.objects.filter(enquiry=enquiry, kind=EvidenceKind.FILE, withdrawn_at__isnull=True).count()
    if there + len(kept) > MOST_FILES:
        raise Invalid("evidence_too_many", limit=MOST_FILES)
    rows = [
        Evidence(
            community_id=enquiry.community_id,
            enquiry=enquiry,
            stage=stage,
            kind=EvidenceKind.FILE,
            title=file.name,
            note=tidy(note, limit=NOTE_LIMIT, required=False),
            media_type=file.media_type,
            size=len(file.content),
            content=file.content,
            added_by_id=actor.recorded_id,
        )
        for file in kept
    ]
    Evidence.objects.bulk_create(rows)
    _added(actor, enquiry, stage)
    return rows


@transaction.atomic
def add_link(
    *, actor: Actor, enquiry: Enquiry, standing: Standing, stage: Stage, url: str, title: str, note: str = ""
) -> Evidence:
    """Keep a link at a stage. The form has read the address: only http and https lead anywhere."""
    check_work(actor, enquiry, standing)
    if not url.startswith(("https://", "http://")):
        raise Invalid("evidence_link")
    row = Evidence.objects.create(
        community_id=enquiry.community_id,
        enquiry=enquiry,
        stage=stage,
        kind=EvidenceKind.LINK,
        title=tidy(title, limit=TITLE_LIMIT),
        note=tidy(note, limit=NOTE_LIMIT, required=False),
        url=url,
        added_by_id=actor.recorded_id,
    )
    _added(actor, enquiry, stage)
    return row


@transaction.atomic
def cite(*, actor: Actor, enquiry: Enquiry, standing: Standing, stage: Stage, code: str, note: str = "") -> Evidence:
    """Cite a number about the enquiry's unit at a stage, as it is today."""
    check_work(actor, enquiry, standing)
    place = locate(enquiry.unit)
    found = next((each for each in numbers.list_citable_for(actor, place) if each.code == code), None)
    if found is None:
        raise Invalid("evidence_unknown")
    low, high = found.reading.interval or (None, None)
    row = Evidence.objects.create(
        community_id=enquiry.community_id,
        enquiry=enquiry,
        stage=stage,
        kind=found.kind,
        title=found.title[:TITLE_LIMIT],
        note=tidy(note, limit=NOTE_LIMIT, required=False),
        key=found.key,
        source_id=found.source_id,
        unit_id=enquiry.unit_id,
        value=found.reading.value,
        low=low,
        high=high,
        n=found.reading.n,
        added_by_id=actor.recorded_id,
    )
    _added(actor, enquiry, stage)
    return row


@transaction.atomic
def withdraw(*, actor: Actor, enquiry: Enquiry, standing: Standing, evidence: Evidence) -> Evidence:
    """Take something off a stage. The content of a file is gone then."""
    check_work(actor, enquiry, standing)
    if evidence.withdrawn_at is not None:
        raise Conflict("evidence_gone")
    evidence.withdrawn_at, evidence.content = time.now(), None
    evidence.save(update_fields=["withdrawn_at", "content"])
    touch(enquiry)
    record(actor, "enquiry.evidence_taken_off", enquiry, unit_id=enquiry.unit_id, title=enquiry.title)
    return evidence


def forget_person(person_id: uuid.UUID) -> None:
    """Take a name off what was added; it stays with the team."""
    Evidence.objects.filter(added_by_id=person_id).update(added_by=None)


def _added(actor: Actor, enquiry: Enquiry, stage: Stage) -> None:
    touch(enquiry)
    record(actor, "enquiry.evidence_added", enquiry, unit_id=enquiry.unit_id, title=enquiry.title, stage=stage.value)
