"""What the stages of an enquiry rest on: files, links, and numbers as they were and as they are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.base.indicators import Reading
from collegium.enquire.enums import EvidenceKind
from collegium.enquire.models import Evidence
from collegium.enquire.presenters.frame import address_of, name_of
from collegium.enquire.queries import evidence as queries
from collegium.enquire.queries.enquiries import FoundEnquiry
from collegium.intend.presenters.numbers import write_beside, write_number
from collegium.intend.queries.evidence import Cited, read_cited_for
from collegium.people.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """Something that a stage rests on. Of a number, `then` and `now` say how it was and is, where it may be seen."""

    title: str
    url: str
    kind: str
    under: str
    then: str
    now: str
    note: str
    by: str
    at: dt.datetime
    withdraw_url: str


def present_evidence(actor: Actor, found: FoundEnquiry, *, can_work: bool) -> Mapping[str, tuple[EvidenceRow, ...]]:
    """Return what each stage of an enquiry rests on, by stage."""
    rows = queries.list_evidence(found.enquiry)
    numbers = [row for row in rows if row.kind not in EvidenceKind.values]
    cited = {each.citation.id: each for each in read_cited_for(actor, found.place, numbers)} if numbers else {}
    by_stage: dict[str, list[EvidenceRow]] = defaultdict(list)
    for row in rows:
        by_stage[row.stage].append(_row(found, row, cited.get(row.id), can_work=can_work))
    return {stage: tuple(each) for stage, each in by_stage.items()}


def _row(found: FoundEnquiry, row: Evidence, cited: Cited | None, *, can_work: bool) -> EvidenceRow:
    title, url, kind, under, then, now = row.title, row.url, str(_("Link")), row.url, "", ""
    if row.kind == EvidenceKind.FILE:
        url = address_of(found.enquiry, "evidence_file", row.id)
        kind, under = str(_("File")), filesizeformat(row.size)
    elif cited is not None:
        kind, under = str(_("Number")), ""
        title, url, then, now = _number(found, row, cited)
    return EvidenceRow(
        title=title,
        url=url,
        kind=kind,
        under=under,
        then=then,
        now=now,
        note=row.note,
        by=name_of(row.added_by),
        at=row.added_at,
        withdraw_url=address_of(found.enquiry, "evidence_withdraw", row.id) if can_work else "",
    )


def _number(found: FoundEnquiry, row: Evidence, cited: Cited) -> tuple[str, str, str, str]:
    """Return the title, address, then and now of a number; nothing of one that is not this reader's to see."""
    measure, now = cited.number or cited.indicator, cited.now
    if now is None or measure is None:
        return _("A number that is not yours to see"), "", "", ""
    interval = (row.low, row.high) if row.low is not None and row.high is not None else None
    then = Reading(value=row.value, n=row.n, interval=interval)
    url = cited.number.url if cited.number else ""
    if cited.indicator and cited.indicator.page:
        url = reverse(cited.indicator.page, args=[found.place.slug])
    return str(measure.title), url, _write(measure.unit_of_measure, then), _write(measure.unit_of_measure, now)


def _write(unit: str, reading: Reading) -> str:
    value, beside = write_number(unit, reading.value, reading.note), write_beside(unit, reading)
    return f"{value} ({beside})" if beside else value
