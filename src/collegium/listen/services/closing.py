"""Closing a pulse: mix, count, form atoms, publish. Nobody starts it and nobody can hold it back: the time does."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import localdate

from collegium.base import collecting, events, jobs, time
from collegium.base.jobs import Report
from collegium.listen.answers import reading
from collegium.listen.answers.reading import Gathered
from collegium.listen.cells import Spot
from collegium.listen.enums import PulseState, ViewKind
from collegium.listen.models import Cell, Publication, PublishedView, Pulse, PulseView
from collegium.listen.publishing import storing
from collegium.listen.publishing.documents import write_document
from collegium.listen.publishing.working_out import ViewAsked, WorkedOut, count_sheets, form_plan, work_out
from collegium.listen.queries import asking, versions, waves
from collegium.listen.services.answering import last_moment
from collegium.people.enums import UnitKind
from collegium.people.queries import units

CLOSE_JOB = "listen.close"
BATCH = 200


def close_later(pulse: Pulse) -> None:
    """Have a pulse closed whose last moment has passed."""
    jobs.enqueue(CLOSE_JOB, community_id=pulse.community_id, started_by=None, pulse_id=str(pulse.id))


def close(*, report: Report, pulse_id: str) -> dict[str, int]:
    """Close a pulse if its time has come; run twice, the second finds it closed."""
    with transaction.atomic():
        pulse = (
            Pulse.objects.select_for_update(of=("self",))
            .select_related("unit", "instrument", "series")
            .filter(id=uuid.UUID(pulse_id), state=PulseState.OPEN)
            .first()
        )
        if pulse is None or time.now() < last_moment(pulse):
            return {"closed": 0}
        report(1, 4, "")
        columns = len(versions.read(pulse.instrument).columns)
        with collecting.at_rest():
            published = publish(pulse, reading.gather(pulse, columns), report)
        pulse.state, pulse.closed_at = PulseState.CLOSED, time.now()
        pulse.save(update_fields=["state", "closed_at"])
        events.record(
            "pulse.closed",
            community_id=pulse.community_id,
            actor_id=None,
            object_kind="pulse",
            object_id=pulse.id,
            unit_id=pulse.unit_id,
            data={"title": pulse.title, "views": published},
        )
    report(4, 4, "")
    return {"closed": 1, "views": published}


def publish(pulse: Pulse, gathered: Gathered, report: Report) -> int:
    """Work out and keep what is published of gathered sheets; returns how many views can be shown."""
    instrument = versions.read(pulse.instrument)
    cells = list(Cell.objects.filter(pulse=pulse).order_by("number"))
    views = list(PulseView.objects.filter(pulse=pulse))
    moments = count_sheets(instrument, gathered.cells, gathered.answers)
    counted = Counter(gathered.cells)
    counts = {str(cell.number): counted[cell.number] for cell in cells}
    asked = describe_views(views)
    report(2, 4, "")
    near = asking.get_organisation(pulse.unit_id, localdate(pulse.opened_at)).near()
    plan = form_plan([_spot(cell) for cell in cells], counts, near, asked, pulse.k + 1)
    found = work_out(instrument, moments, plan, asked, waves.list_earlier(pulse, views), pulse.k)
    report(3, 4, "")
    atom_of = {int(cell): place for place, atom in enumerate(plan.atoms) for cell in atom}
    reading.keep(pulse, gathered, atom_of)
    _keep(pulse, found, views)
    return len(found.documents)


def _spot(cell: Cell) -> Spot:
    return Spot(str(cell.number), cell.mixed_in_id, [(uuid.UUID(unit_id), level) for unit_id, level in cell.parts])


def describe_views(views: Sequence[PulseView]) -> list[ViewAsked]:
    """Return the views of a pulse for working out, the larger ones with the schools inside them."""
    kinds = {unit_id: name.kind for unit_id, name in units.get_names({view.unit_id for view in views}).items()}
    schools = [view for view in views if not view.level and kinds[view.unit_id] == UnitKind.SCHOOL]
    inside: dict[uuid.UUID, list[str]] = defaultdict(list)
    for view in views:
        if view.level or kinds[view.unit_id] in (UnitKind.TEAM, UnitKind.SCHOOL):
            continue
        cells = set(view.cells)
        inside[view.id] = sorted(school.key for school in schools if cells.issuperset(school.cells))
    return [
        ViewAsked(
            key=view.key,
            kind=ViewKind(view.kind),
            cells=view.cells,
            asked=view.asked,
            schools=inside.get(view.id, ()),
        )
        for view in views
    ]


def _keep(pulse: Pulse, found: WorkedOut, views: Sequence[PulseView]) -> None:
    by_atom = found.survey.moments
    Publication.objects.create(
        community_id=pulse.community_id,
        pulse=pulse,
        atoms=[sorted(map(int, atom)) for atom in found.plan.atoms],
        withheld=[int(cell) for cell in found.plan.withheld],
        sheets=int(by_atom.sheets.sum()),
        moments=storing.pack_moments(by_atom),
    )
    for start in range(0, len(views), BATCH):  # what is written of one batch is gone before the next is made
        PublishedView.objects.bulk_create(_row(pulse, found, view) for view in views[start : start + BATCH])


def _row(pulse: Pulse, found: WorkedOut, view: PulseView) -> PublishedView:
    document = found.documents.get(view.key)
    return PublishedView(
        community_id=pulse.community_id,
        pulse=pulse,
        view=view,
        atoms=list(found.plan.views.get(view.key, ())),
        n=None if document is None else document.report.n,
        document={} if document is None else write_document(document),
    )
