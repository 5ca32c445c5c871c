"""What became of ties since the wave before, and how kinds of tie go together."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from collegium.connect.reporting.figures import Figure, LayerReport, Likeness, Report, Section
from collegium.connect.reporting.seen import Seen
from collegium.connect.reporting.web import Rules, Web
from collegium.science.networks import change, layers
from collegium.science.networks.network import Network
from collegium.science.results import BoolArray, IntArray

PERMUTATIONS, MANY, FEW_PERMUTATIONS = 499, 150, 99  # how often people are permuted; of more people, less often


@dataclass(frozen=True, kw_only=True, eq=False)
class Known:
    """A layer as a unit sees it, and who the people are: the same key in both waves, None for who is not known."""

    seen: Seen
    who: Sequence[Hashable | None]


def know(web: Web, who: Sequence[Hashable | None], rules: Rules) -> list[Known]:
    """Return every layer of a web as the whole of it is seen."""
    return [Known(seen=Seen(web=web, layer=layer, core=web.asked, rules=rules), who=who) for layer in web.layers]


def add_change(report: Report, before: Sequence[Known], after: Sequence[Known]) -> Report:
    """Add to each layer what became of its ties since the wave before, where it was asked then, too."""
    old = {known.seen.layer.key: known for known in before}
    new = {known.seen.layer.key: known for known in after}
    return replace(
        report, layers=tuple(_with_change(layer, old.get(layer.key), new.get(layer.key)) for layer in report.layers)
    )


def _with_change(layer: LayerReport, before: Known | None, after: Known | None) -> LayerReport:
    if before is None or after is None or not before.seen.can_compare or not after.seen.can_compare:
        return layer
    if not (before.seen.is_whole and after.seen.is_whole):
        return layer
    section = Section(key="change", figures=tuple(_figures(before, after)))
    return replace(layer, sections=(*layer.sections, section))


def _figures(before: Known, after: Known) -> list[Figure]:
    found = _change(before, after)
    seen = after.seen
    figures = [
        seen.figure("before", "ties", len(before.seen.inner), stands=True),
        seen.figure("kept", "ties", found.kept, stands=True),
        seen.figure("lost", "ties", found.lost, stands=True),
        seen.figure("made", "ties", found.made, stands=True),
        seen.figure("persistence", "share", found.persistence, stands=True),
        seen.count("people_left", found.left, of=before.seen.n, stands=True),
        seen.count("people_new", found.joined, of=seen.n, stands=True),
    ]
    # The ties that went with one or two who left are theirs: how many they were is nobody's to read.
    if found.left >= seen.rules.k:
        figures.append(seen.figure("lost_by_leaving", "ties", found.lost_by_leaving, of=found.lost, stands=True))
    if found.joined >= seen.rules.k:
        figures.append(seen.figure("made_by_joining", "ties", found.made_by_joining, of=found.made, stands=True))
    return [*figures, seen.figure("standing", "number", found.standing, stands=True)]


def _change(before: Known, after: Known) -> change.TieChange:
    """Number everybody of either wave once; who is not known is somebody else in each."""
    places: dict[Hashable, int] = {}
    rows = []
    for wave, known in enumerate((before, after)):
        persons = [known.who[int(place)] for place in known.seen.people]
        keys = [(wave, number) if person is None else person for number, person in enumerate(persons)]
        rows.append(np.array([places.setdefault(key, len(places)) for key in keys], dtype=np.int64))
    n = len(places)
    networks = [_renumber(known.seen.inner, row, n) for known, row in zip((before, after), rows, strict=True)]
    there = [np.isin(np.arange(n), row) for row in rows]
    return change.change_of_ties(networks[0], networks[1], there_before=there[0], there_after=there[1])


def _renumber(network: Network, places: IntArray, n: int) -> Network:
    answered: BoolArray | None = None
    if network.answered is not None:
        answered = np.zeros(n, dtype=np.bool_)
        answered[places] = network.answered
    return Network(n=n, edges=places[network.edges].reshape(-1, 2), answered=answered)


def list_likeness(seen: Sequence[Seen]) -> tuple[Likeness, ...]:
    """Say how far each two kinds of tie that people chose go together."""
    chosen = [one for one in seen if one.layer.origin != "known" and one.can_compare and one.is_whole]
    found = []
    for number, first in enumerate(chosen):
        for second in chosen[number + 1 :]:
            times = PERMUTATIONS if first.n <= MANY else FEW_PERMUTATIONS
            result = layers.correlate_layers(first.inner, second.inner, permutations=times)
            p = result.chance.p_high
            found.append(
                Likeness(first=first.layer.key, second=second.layer.key, correlation=result.correlation.value, p=p)
            )
    return tuple(found)
