"""What the stages of an enquiry rest on, and the draft it lives on in, for those who may read the enquiry."""

from __future__ import annotations

import uuid

from collegium.enquire.enums import EvidenceKind
from collegium.enquire.errors import NotFound
from collegium.enquire.models import Enquiry, Evidence, PracticeDraft


def list_evidence(enquiry: Enquiry) -> list[Evidence]:
    """Return what was added to the stages, oldest first, without the content of files."""
    rows = Evidence.objects.filter(enquiry=enquiry, withdrawn_at__isnull=True).defer("content")
    return list(rows.select_related("added_by").order_by("added_at", "id"))


def get_evidence(enquiry: Enquiry, evidence_id: uuid.UUID) -> Evidence:
    """Return one thing that a stage rests on; NotFound when it was taken off, or is of another enquiry."""
    found = Evidence.objects.filter(enquiry=enquiry, id=evidence_id, withdrawn_at__isnull=True).first()
    if found is None:
        raise NotFound
    return found


def get_file(enquiry: Enquiry, evidence_id: uuid.UUID) -> Evidence:
    """Return a file with its content; NotFound for anything else."""
    found = get_evidence(enquiry, evidence_id)
    if found.kind != EvidenceKind.FILE:
        raise NotFound
    return found


def find_draft(enquiry: Enquiry) -> PracticeDraft | None:
    """Return the draft of a closed enquiry."""
    return PracticeDraft.objects.filter(enquiry=enquiry).first()


def get_draft(enquiry: Enquiry) -> PracticeDraft:
    """Return the draft of a closed enquiry; NotFound while it runs."""
    found = find_draft(enquiry)
    if found is None:
        raise NotFound
    return found
