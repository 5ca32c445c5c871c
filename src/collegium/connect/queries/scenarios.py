"""Working out what would be lost if some left, when a steward asks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from collegium.connect.models import TieWave
from collegium.connect.queries import webs
from collegium.connect.queries.analyses import Analysis
from collegium.connect.queries.leaving import HeldPost
from collegium.connect.reporting import Rules, Seen
from collegium.connect.reporting.figures import Figure
from collegium.connect.reporting.resting import report_loss
from collegium.people.enums import LEADERSHIP, Level
from collegium.science.networks import mending

DRAWS = 20  # somebody waits for the page
NEAREST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What is lost, and who stands nearest to each of those who leave."""

    figures: tuple[Figure, ...]
    near: tuple[tuple[HeldPost, tuple[uuid.UUID, ...]], ...]


def work_out(analysis: Analysis, layer_key: str, leavers: Sequence[HeldPost]) -> Lost | None:
    """Return what the others lose in one kind of tie, beside what they lose when any so many leave."""
    wave = TieWave.objects.get(id=analysis.wave.id)
    read = webs.load_web(wave, only=layer_key)
    if not read.web.layers:
        return None
    core = webs.list_cores(wave, read).get(analysis.place.unit_id)
    if core is None:
        return None
    seen = core.see(read.web, Rules(draws=DRAWS))[0]
    place = {int(number): inner for inner, number in enumerate(read.numbers[seen.people])}
    gone = [place[post.number] for post in leavers if post.number in place]
    if not gone or not seen.can_compare:
        return None
    figures = report_loss(seen, np.array(gone, dtype=np.int64))
    return Lost(figures=tuple(figures), near=tuple((post, _near(seen, read, place, post, gone)) for post in leavers))


def _near(
    seen: Seen, read: webs.WaveWeb, place: dict[int, int], post: HeldPost, gone: Sequence[int]
) -> tuple[uuid.UUID, ...]:
    """Return who could carry on: of those who lead and may be drawn, who stands nearest by ties and level."""
    if post.number not in place:
        return ()
    level = seen.web.level[seen.people]
    leading = [list(Level.values).index(each) for each in LEADERSHIP]
    among = np.isin(level, leading) & seen.web.shown[seen.people]
    among[list(gone)] = False
    roles = level[:, None] == np.arange(len(seen.web.levels))[None, :]
    found = mending.substitutes(seen.inner, place[post.number], roles=roles, among=among, most=NEAREST)
    persons = [read.persons[int(seen.people[each])] for each in found.people]
    return tuple(person for person in persons if person is not None)
