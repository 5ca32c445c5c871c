"""Line of sight: what share of people carries something that leads to an intent, and for whom that may be said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collegium.intend.throughline.graph import INTENT, VISION, Graph

K = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Of so many people of a unit, how many have a line; None where too few are there to say it."""

    unit: str
    people: int
    with_line: int | None

    @property
    def share(self) -> float | None:
        """The share of people with a line."""
        return None if self.with_line is None or not self.people else self.with_line / self.people


def people_with_line(graph: Graph) -> frozenset[str]:
    """Return everybody who carries, or could carry, something living that leads to a living intent."""
    intents = (node.id for node in graph.of_kind(INTENT) if node.is_living)
    led = (graph.nodes[each] for each in graph.down_from(intents))
    return frozenset(
        person for node in led if node.is_living and node.kind not in (VISION, INTENT) for person in node.carriers
    )


def cover(homes: Mapping[str, str], with_line: frozenset[str], *, k: int = K) -> list[Coverage]:
    """Return the coverage of each unit, when every person is counted in exactly one.

    No share is said of fewer than k people, and none can be worked out by subtraction from the whole: where the units
    left out hold fewer than k people between them, the smallest of the others is left out as well.

    Parameters: `homes` maps each person to their unit.
    """
    sizes = Counter(homes.values())
    lines = Counter(unit for person, unit in homes.items() if person in with_line)
    hidden = hide(sizes, k=k)
    return [
        Coverage(unit=unit, people=size, with_line=None if unit in hidden else lines[unit])
        for unit, size in sizes.items()
    ]


def cover_whole(homes: Mapping[str, str], with_line: frozenset[str], *, unit: str, k: int = K) -> Coverage:
    """Return the coverage of all people together."""
    people = len(homes)
    counted = sum(person in with_line for person in homes)
    return Coverage(unit=unit, people=people, with_line=counted if people >= k else None)


def hide(sizes: Mapping[str, int], *, k: int = K) -> frozenset[str]:
    """Return the units of which nothing is said, so that those left out hold nobody, or at least k people together."""
    hidden = {unit for unit, size in sizes.items() if 0 < size < k}
    shown: Sequence[str] = sorted((unit for unit in sizes if unit not in hidden), key=lambda unit: (sizes[unit], unit))
    for unit in shown:
        if not hidden or sum(sizes[each] for each in hidden) >= k:
            break
        hidden.add(unit)
    return frozenset(hidden)
