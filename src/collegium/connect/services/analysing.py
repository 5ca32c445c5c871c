"""Working out what a wave says, once for all readers: when it closes, when ties come in or are taken back."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import translation

from collegium.base import jobs, time
from collegium.base.jobs import Report as Progress
from collegium.connect.enums import WaveState
from collegium.connect.models import TieWave, WaveAnalysis
from collegium.connect.queries import webs
from collegium.connect.queries.webs import Core, WaveWeb
from collegium.connect.reporting import Report, Rules, compare_reports, draw_groups, draw_people, make_report
from collegium.connect.reporting.changing import Known, add_change
from collegium.connect.reporting.documents import (
    read_people_map,
    read_report,
    write_group_map,
    write_people_map,
    write_report,
)
from collegium.connect.reporting.resting import list_leaving
from collegium.connect.reporting.seen import Seen
from collegium.people.enums import UnitKind
from collegium.people.queries import units
from collegium.science.results import FloatArray

ANALYSE_JOB = "connect.analyse"


def analyse_later(wave: TieWave, *, started_by: uuid.UUID | None = None) -> None:
    """Have it worked out what a wave says."""
    jobs.enqueue(ANALYSE_JOB, community_id=wave.community_id, started_by=started_by, wave_id=str(wave.id))


def analyse(*, report: Progress, wave_id: str, draws: int = Rules.draws) -> dict[str, int]:
    """Work out what a closed wave says of its unit and of each school in it; what has not changed is left as it is.

    `draws` is how often chance is asked what it would give.
    """
    wave = TieWave.objects.select_related("unit", "earlier").filter(id=uuid.UUID(wave_id)).first()
    if wave is None or wave.state != WaveState.CLOSED:
        return {"units": 0}
    with translation.override(wave.language or None):
        read = webs.load_web(wave)
        before = webs.load_web(wave.earlier) if wave.earlier else None
    both, cores = Both(read, before), webs.list_cores(wave, read)
    kept = WaveAnalysis.objects.filter(wave=wave, data_hash=both.data_hash).values_list("unit_id", flat=True)
    waiting = {unit_id: core for unit_id, core in cores.items() if unit_id not in set(kept)}
    found = {}
    for number, (unit_id, core) in enumerate(waiting.items()):
        report(number, len(waiting), "")
        found[unit_id] = work_out(wave, both, core, Rules(draws=draws))
    with transaction.atomic():
        WaveAnalysis.objects.filter(wave=wave).exclude(unit_id__in=cores).delete()
        for unit_id, parts in found.items():
            WaveAnalysis.objects.update_or_create(
                wave=wave,
                unit_id=unit_id,
                defaults={
                    "community_id": wave.community_id,
                    "data_hash": both.data_hash,
                    "worked_out_at": time.now(),
                    **parts,
                },
            )
        if found:
            # What stands beside this one in the next wave has changed with it.
            for later in TieWave.objects.filter(earlier=wave, state=WaveState.CLOSED):
                analyse_later(later)
    report(1, 1, "")
    return {"units": len(found)}


@dataclass(frozen=True, slots=True)
class Both:
    """A wave and the one before it, as they were read."""

    now: WaveWeb
    before: WaveWeb | None

    @property
    def data_hash(self) -> str:
        """What the analysis is made of, in either wave."""
        hashes = self.now.data_hash + (self.before.data_hash if self.before else "")
        return hashlib.sha256(hashes.encode()).hexdigest()


def work_out(wave: TieWave, both: Both, core: Core, rules: Rules) -> dict[str, Any]:
    """Return the report, the maps and what rests on whom of one unit."""
    read, unit_id = both.now, core.unit_id
    web = read.web
    report = make_report(web, core.people, rules=rules, page=core.page)
    seen = core.see(web, rules)
    earlier = None
    if wave.earlier_id:
        earlier = WaveAnalysis.objects.filter(wave_id=wave.earlier_id, unit_id=unit_id).first()
    if earlier is not None and wave.earlier is not None and both.before is not None:
        report = compare_reports(report, read_report(earlier.document["report"]), wave.earlier.title)
        known = [Known(seen=one, who=read.persons) for one in seen]
        report = _add_change(report, both.before, webs.list_cores(wave.earlier, both.before).get(unit_id), known)
    maps: dict[str, Any] = {}
    by_school = False
    if report.layers:
        by_school = seen[0].apart == "school"
        groups = seen[0].groups
        if groups.can_be_compared:
            maps["groups"] = write_group_map(draw_groups(web, groups))
        if _is_one_school(wave, read, unit_id):
            maps["people"] = write_people_map(draw_people(web, core.people, start=_places_before(both, earlier)))
    document = {
        "report": write_report(report),
        "maps": sorted(maps),
        "groups_are": "schools" if by_school else "teams",
    }
    maps |= {"teams": list(web.teams), "schools": _name_schools(read)}
    return {"document": document, "map": maps, "leaving": _list_leaving(read, seen)}


def _add_change(report: Report, read: WaveWeb, core: Core | None, after: Sequence[Known]) -> Report:
    """Add what became of ties since the earlier wave, if it says anything of the unit."""
    if core is None:
        return report
    rules = after[0].seen.rules if after else Rules()
    before = [Known(seen=one, who=read.persons) for one in core.see(read.web, rules)]
    return add_change(report, before, after)


def _list_leaving(read: WaveWeb, seen: Sequence[Seen]) -> dict[str, dict[str, dict[str, int]]]:
    """Return what rests on each member, by number and kind of tie."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for one in seen:
        for place, rests in (list_leaving(one) if one.can_compare else {}).items():
            found.setdefault(str(read.numbers[place]), {})[one.layer.key] = rests
    return found


def _is_one_school(wave: TieWave, read: WaveWeb, unit_id: uuid.UUID) -> bool:
    """Marks of people are for the people of a school: a unit of several schools has none."""
    return unit_id in read.school_ids or (
        unit_id == wave.unit_id and wave.unit.kind in (UnitKind.SCHOOL, UnitKind.TEAM)
    )


def _name_schools(read: WaveWeb) -> dict[str, tuple[str, str]]:
    names = units.get_names(read.school_ids)
    return {names[unit_id].name: (str(unit_id), names[unit_id].slug) for unit_id in read.school_ids}


def _places_before(both: Both, earlier: WaveAnalysis | None) -> FloatArray | None:
    """Return where each person lay on the map of the earlier wave, NaN for those who were not on it."""
    if earlier is None or both.before is None or not earlier.map.get("people"):
        return None
    drawn, persons = read_people_map(earlier.map["people"]), both.before.persons
    found = np.full((both.now.web.n, 2), np.nan)
    place_of = both.now.place_of
    for place, x, y in zip(drawn.people, drawn.x, drawn.y, strict=True):
        person = persons[int(place)] if int(place) < len(persons) else None
        if person is not None and person in place_of:
            found[place_of[person]] = x, y
    return found if np.isfinite(found).any() else None
