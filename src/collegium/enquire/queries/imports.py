"""Imports of numbers into an enquiry that was found for somebody."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from collegium.enquire.errors import NotFound
from collegium.enquire.intake.columns import Columns
from collegium.enquire.models import Enquiry, Measure, PointImport


def list_imports(enquiry: Enquiry) -> list[PointImport]:
    """Return the newest imports, the last one first."""
    return list(PointImport.objects.filter(enquiry=enquiry).select_related("made_by").order_by("-made_at", "id")[:20])


def get_import(enquiry: Enquiry, import_id: uuid.UUID) -> PointImport:
    """Return an import of the enquiry; NotFound when it is of another one."""
    found = PointImport.objects.filter(enquiry=enquiry, id=import_id).first()
    if found is None:
        raise NotFound
    return found


def find_columns(enquiry: Enquiry, titles: Sequence[str]) -> Columns | None:
    """Return which column held what in the newest import of a table with the same titles."""
    rows = PointImport.objects.filter(enquiry=enquiry).order_by("-made_at")[:20]
    remembered = (Columns(**row.columns) for row in rows)
    return next((columns for columns in remembered if set(columns.used) <= set(titles)), None)


def list_measures(enquiry: Enquiry) -> list[Measure]:
    """Return the measures of the enquiry, in their order."""
    return list(Measure.objects.filter(enquiry=enquiry).order_by("position", "created_at", "id"))
