"""The slips of a pulse, by the group they are handed out in. Nothing here says who holds which."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from collegium.listen import codes
from collegium.listen.enums import ReportingLevel
from collegium.listen.models import Cell, Pulse, Slip
from collegium.people.queries import units


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipGroup:
    """The slips of one cell: whom to hand them to, in words, and the codes that are printed."""

    school: str
    parts: tuple[tuple[str, tuple[ReportingLevel, ...]], ...]
    codes: tuple[str, ...]
    left_out: int


def list_groups(pulse: Pulse) -> list[SlipGroup]:
    """Return the slips of a pulse by group, without those that are known to be used."""
    by_cell: dict[uuid.UUID, list[tuple[str, bool]]] = defaultdict(list)
    for slip_id, cell_id, used in Slip.objects.filter(pulse=pulse).values_list("id", "cell_id", "used"):
        by_cell[cell_id].append((codes.slip_code(slip_id), used))
    cells = list(Cell.objects.filter(id__in=by_cell).order_by("number"))
    wanted = {cell.mixed_in_id for cell in cells} | {uuid.UUID(unit) for cell in cells for unit, _level in cell.parts}
    names = {unit_id: name.name for unit_id, name in units.get_names(wanted).items()}
    groups = []
    for cell in cells:
        slips = by_cell[cell.id]
        printed = _without_used(slips, pulse.k)
        groups.append(
            SlipGroup(
                school=names[cell.mixed_in_id],
                parts=_parts(cell, names),
                codes=printed,
                left_out=len(slips) - len(printed),
            )
        )
    return sorted(groups, key=lambda group: (group.school, group.parts))


def _without_used(slips: Sequence[tuple[str, bool]], k: int) -> tuple[str, ...]:
    """Leave out used slips by whole blocks of at least k, so that no print tells that a single one was used.

    The blocks follow the codes, which are in no order. A block stays until all of it is used, and never comes back.
    """
    ordered = sorted(slips)
    ends = [*range(k, len(ordered) - k + 1, k), len(ordered)]
    blocks = [ordered[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]
    return tuple(code for block in blocks if not _is_used_up(block, k) for code, _used in block)


def _is_used_up(block: Sequence[tuple[str, bool]], k: int) -> bool:
    return len(block) >= k and all(used for _code, used in block)


def _parts(cell: Cell, names: dict[uuid.UUID, str]) -> tuple[tuple[str, tuple[ReportingLevel, ...]], ...]:
    levels: dict[str, list[ReportingLevel]] = defaultdict(list)
    for unit, level in cell.parts:
        levels[names[uuid.UUID(unit)]].append(ReportingLevel(level))
    return tuple((name, tuple(found)) for name, found in levels.items())
