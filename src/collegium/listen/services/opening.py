"""Opening a pulse: who is asked, the cells and the views are written down and stay as they are."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate

from collegium.base import collecting, ids, jobs, time
from collegium.base.jobs import Report
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

OPEN_JOB = "listen.open"
BATCH = 1000
# So many people are written down in half a second; of more, whoever opens the pulse sees how far it has come.
MOST_AT_ONCE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Slips:
    """Who comes in by slip beside those without an address: some, or everybody."""

    people: frozenset[uuid.UUID] = frozenset()
    is_everybody: bool = False

    def holds(self, person_id: uuid.UUID) -> bool:
        """Say whether somebody was chosen for a slip."""
        return self.is_everybody or person_id in self.people


def say_nothing(_done: int, _total: int, _step: str = "") -> None:
    """Report to nobody."""


@transaction.atomic
def begin_opening(*, actor: Actor, pulse: Pulse, asked: int, slips: Slips) -> bool:
    """Open a pulse that asks about so many: few at once, many apart from the request. Says whether it is open."""
    if asked <= MOST_AT_ONCE:
        open_pulse(actor=actor, pulse=pulse, slips=slips)
        return True
    _check_can_open(actor, pulse, is_begun=False)
    job = jobs.enqueue(
        OPEN_JOB,
        community_id=pulse.community_id,
        started_by=actor.recorded_id,
        pulse_id=str(pulse.id),
        person_id=str(actor.person_id),
        slips=[str(person_id) for person_id in slips.people],
        all_by_slip=slips.is_everybody,
    )
    pulse.opening_job_id = job.id
    pulse.save(update_fields=["opening_job_id"])
    return False


def _check_can_open(actor: Actor, pulse: Pulse, *, is_begun: bool) -> None:
    policies.check_can_run_pulse(actor, locate(pulse.unit))
    check_draft(pulse, is_begun=is_begun)
    if pulse.closes_at <= time.now():
        raise Invalid("closes_in_past")


NO_SLIPS = Slips()


@transaction.atomic
def open_pulse(
    *,
    actor: Actor,
    pulse: Pulse,
    slips: Slips = NO_SLIPS,
    is_begun: bool = False,
    report: Report = say_nothing,
) -> Pulse:
    """Open a pulse, now or at its opening time; those without an address, and those chosen, come in by slip."""
    _check_can_open(actor, pulse, is_begun=is_begun)
    with collecting.at_rest():
        return _open(actor, pulse, slips, report)


def _open(actor: Actor, pulse: Pulse, slips: Slips, report: Report) -> Pulse:
    plan = asking.plan(pulse)
    if not plan.asked:
        raise Invalid("nobody_to_ask")
    if plan.asked < pulse.k + 1:
        raise Invalid("too_few_to_ask", asked=plan.asked, needed=pulse.k + 1)
    write_down(pulse, plan, slips, report)
    _lay_out_trays(pulse, plan)
    pulse.state, pulse.opened_at = PulseState.OPEN, time.now()
    pulse.save(update_fields=["state", "opened_at"])
    _count_from_now(pulse)
    record(actor, "pulse.opened", pulse, unit_id=pulse.unit_id, title=pulse.title, asked=plan.asked)
    mailing.invite_later(pulse)
    return pulse


def write_down(pulse: Pulse, plan: ReportingPlan, slips: Slips = NO_SLIPS, report: Report = say_nothing) -> None:
    """Write down the cells, the views and who is asked; the demo tells of past pulses with it."""
    report(0, plan.asked, "")
    cells = _write_cells(pulse, plan)
    _write_views(pulse, plan)
    _invite(pulse, plan, cells, slips, report)


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
            pulse_id=pulse.id,
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
                pulse_id=pulse.id,
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


def _invite(pulse: Pulse, plan: ReportingPlan, cells: Mapping[int, Cell], slips: Slips, report: Report) -> None:
    without_address = frozenset(
        Person.objects.filter(community_id=pulse.community_id, email="").values_list("id", flat=True)
    )
    done = 0
    for some in _in_batches([(cells[cell.number].id, person) for cell in plan.cells for person in cell.people]):
        on_paper = {person for _cell_id, person in some if person in without_address or slips.holds(person)}
        # By ids alone: holding an object for each takes longer than writing it down.
        Invitation.objects.bulk_create(
            Invitation(
                community_id=pulse.community_id,
                pulse_id=pulse.id,
                person_id=person,
                cell_id=cell_id,
                way=WayIn.SLIP if person in on_paper else WayIn.LINK,
            )
            for cell_id, person in some
        )
        Slip.objects.bulk_create(_make_slip(pulse, cell_id) for cell_id, person in some if person in on_paper)
        done += len(some)
        report(done, plan.asked, "")


Asking = tuple[uuid.UUID, uuid.UUID]  # a cell, and somebody in it


def _in_batches(everybody: Sequence[Asking]) -> Iterator[Sequence[Asking]]:
    return (everybody[start : start + BATCH] for start in range(0, len(everybody), BATCH))


def _make_slip(pulse: Pulse, cell_id: uuid.UUID) -> Slip:
    slip_id = ids.new_id()
    code_hash = codes.hash_code(codes.slip_code(slip_id))
    return Slip(id=slip_id, community_id=pulse.community_id, pulse_id=pulse.id, cell_id=cell_id, code_hash=code_hash)


def _lay_out_trays(pulse: Pulse, plan: ReportingPlan) -> None:
    asked = Counter[uuid.UUID]()
    for cell in plan.cells:
        asked[cell.mixed_in] += len(cell.people)
    trays.lay_out(pulse, {unit_id: capacity_of(pulse, number) for unit_id, number in asked.items()})


def capacity_of(pulse: Pulse, asked: int) -> int:
    """Return how large the tray of so many people is."""
    instrument = versions.read(pulse.instrument)
    return packing.capacity_for(asked=asked, columns=len(instrument.columns), questions=len(instrument.text_items))
