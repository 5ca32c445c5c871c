"""Opening a pulse: who is asked, the cells and the views are written down and stay as they are."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.timezone import localdate

from collegium.base import ids, time
from collegium.listen import codes, policies
from collegium.listen.answers import packing, trays
from collegium.listen.cells import ReportingPlan
from collegium.listen.enums import PulseState, WayIn
from collegium.listen.errors import Invalid
from collegium.listen.models import Cell, Invitation, Pulse, PulseView, Slip
from collegium.listen.queries import asking, versions
from collegium.listen.services import mailing
from collegium.listen.services.preparing import check_draft
from collegium.people.actors import Actor
from collegium.people.models import Person
from collegium.people.services.writing import locate, record

BATCH = 1000


@transaction.atomic
def open_pulse(*, actor: Actor, pulse: Pulse, by_slip: Collection[uuid.UUID] = ()) -> Pulse:
    """Open a pulse, now or at its opening time; those without an address, and those named, come in by slip."""
    policies.check_can_run_pulse(actor, locate(pulse.unit))
    check_draft(pulse)
    if pulse.closes_at <= time.now():
        raise Invalid("closes_in_past")
    plan = asking.plan(pulse)
    if not plan.asked:
        raise Invalid("nobody_to_ask")
    if plan.asked < pulse.k + 1:
        raise Invalid("too_few_to_ask", asked=plan.asked, needed=pulse.k + 1)
    write_down(pulse, plan, by_slip)
    _lay_out_trays(pulse, plan)
    pulse.state, pulse.opened_at = PulseState.OPEN, time.now()
    pulse.save(update_fields=["state", "opened_at"])
    _count_from_now(pulse)
    record(actor, "pulse.opened", pulse, unit_id=pulse.unit_id, title=pulse.title, asked=plan.asked)
    mailing.invite_later(pulse)
    return pulse


def write_down(pulse: Pulse, plan: ReportingPlan, by_slip: Collection[uuid.UUID] = ()) -> None:
    """Write down the cells, the views and who is asked; the demo tells of past pulses with it."""
    cells = _write_cells(pulse, plan)
    _write_views(pulse, plan)
    _invite(pulse, plan, cells, frozenset(by_slip))


def _count_from_now(pulse: Pulse) -> None:
    """Let the first pulse of a series that was prepared long ago come back so many weeks from the day it opened."""
    series = pulse.series
    if series is not None and not series.pulses.exclude(id=pulse.id).exists():
        series.next_on = localdate(max(pulse.opens_at, time.now())) + dt.timedelta(weeks=series.every_weeks)
        series.save(update_fields=["next_on"])


def _write_cells(pulse: Pulse, plan: ReportingPlan) -> Mapping[int, Cell]:
    cells = {
        cell.number: Cell(
            community_id=pulse.community_id,
            pulse=pulse,
            number=cell.number,
            mixed_in_id=cell.mixed_in,
            parts=[[str(unit_id), level] for unit_id, level in cell.parts],
            asked=len(cell.people),
        )
        for cell in plan.cells
    }
    Cell.objects.bulk_create(cells.values(), batch_size=BATCH)
    return cells


def _write_views(pulse: Pulse, plan: ReportingPlan) -> None:
    PulseView.objects.bulk_create(
        (
            PulseView(
                community_id=pulse.community_id,
                pulse=pulse,
                kind=view.kind,
                unit_id=view.unit_id,
                level=view.level,
                cells=list(view.cells),
                asked=view.asked,
            )
            for view in plan.views
        ),
        batch_size=BATCH,
    )


def _invite(pulse: Pulse, plan: ReportingPlan, cells: Mapping[int, Cell], by_slip: frozenset[uuid.UUID]) -> None:
    everybody = [person for cell in plan.cells for person in cell.people]
    without_address = frozenset(
        Person.objects.filter(community_id=pulse.community_id, email="").values_list("id", flat=True)
    )
    on_paper = (by_slip | without_address) & set(everybody)
    Invitation.objects.bulk_create(
        (
            Invitation(
                community_id=pulse.community_id,
                pulse=pulse,
                person_id=person,
                cell=cells[cell.number],
                way=WayIn.SLIP if person in on_paper else WayIn.LINK,
            )
            for cell in plan.cells
            for person in cell.people
        ),
        batch_size=BATCH,
    )
    slips = []
    for cell in plan.cells:
        for _person in on_paper.intersection(cell.people):
            slip_id = ids.new_id()
            code_hash = codes.hash_code(codes.slip_code(slip_id))
            slips.append(
                Slip(
                    id=slip_id,
                    community_id=pulse.community_id,
                    pulse=pulse,
                    cell=cells[cell.number],
                    code_hash=code_hash,
                )
            )
    Slip.objects.bulk_create(slips, batch_size=BATCH)


def _lay_out_trays(pulse: Pulse, plan: ReportingPlan) -> None:
    asked = Counter[uuid.UUID]()
    for cell in plan.cells:
        asked[cell.mixed_in] += len(cell.people)
    trays.lay_out(pulse, {unit_id: capacity_of(pulse, number) for unit_id, number in asked.items()})


def capacity_of(pulse: Pulse, asked: int) -> int:
    """Return how large the tray of so many people is."""
    instrument = versions.read(pulse.instrument)
    return packing.capacity_for(asked=asked, columns=len(instrument.columns), questions=len(instrument.text_items))
