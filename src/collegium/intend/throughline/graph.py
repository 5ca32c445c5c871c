"""Points on the line and what each serves, in Sergiovanni's order (H5).

Visions lead to intents and challenges, these to goals, goals to roles, roles to obligations and promises, these to
strategies, strategies to actions, actions to pathways, pathways to standards. Whatever stands later serves what stands
before it; an intent may serve an intent of another unit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

VISION, INTENT, CHALLENGE, GOAL, ROLE, OBLIGATION = "vision", "intent", "challenge", "goal", "role", "obligation"
COMMITMENT, STRATEGY, ACTION, PATHWAY, STANDARD = "commitment", "strategy", "action", "pathway", "standard"
# Obligations of a role and promises stand at the same place.
ORDER: Mapping[str, int] = {
    VISION: 0,
    INTENT: 1,
    CHALLENGE: 2,
    GOAL: 3,
    ROLE: 4,
    OBLIGATION: 5,
    COMMITMENT: 5,
    STRATEGY: 6,
    ACTION: 7,
    PATHWAY: 8,
    STANDARD: 9,
}
KINDS = tuple(ORDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One point of the line.

    `owners` and `seconds` are ids of people who carry it today and could carry it on. `is_living` says that it goes on:
    neither a draft nor closed, kept or withdrawn. `is_act` says that somebody does it or, as with a promise that was
    made, did it; `is_believed` that an intent says why people believe in it.
    """

    id: str
    kind: str
    title: str
    unit: str = ""
    owners: tuple[str, ...] = ()
    seconds: tuple[str, ...] = ()
    is_living: bool = True
    is_act: bool = False
    is_believed: bool = False
    url: str = ""
    words: str = ""

    @property
    def carriers(self) -> frozenset[str]:
        """Everybody who carries it or could."""
        return frozenset(self.owners) | frozenset(self.seconds)


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by id, and for each what serves it (`below`) and what it serves (`above`)."""

    nodes: Mapping[str, Node]
    below: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    above: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of_kind(self, *kinds: str) -> list[Node]:
        """Return the nodes of these kinds, in the order in which they came."""
        return [node for node in self.nodes.values() if node.kind in kinds]

    def down_from(self, ids: Iterable[str]) -> set[str]:
        """Return these nodes and all that serves them, however far."""
        return _walk(ids, self.below)

    def up_from(self, ids: Iterable[str]) -> set[str]:
        """Return these nodes and all that they serve, however far."""
        return _walk(ids, self.above)

    def keep(self, ids: Collection[str]) -> Graph:
        """Return the part of the graph that holds these nodes only."""
        kept = set(ids)
        return Graph(
            nodes={each: node for each, node in self.nodes.items() if each in kept},
            below={each: tuple(it for it in below if it in kept) for each, below in self.below.items() if each in kept},
            above={each: tuple(it for it in above if it in kept) for each, above in self.above.items() if each in kept},
        )


def may_serve(lower: str, upper: str) -> bool:
    """Say whether a point of one kind may serve one of another: what stands later serves what stands before it."""
    return ORDER[upper] < ORDER[lower] or lower == upper == INTENT


def build(nodes: Iterable[Node], edges: Iterable[tuple[str, str]]) -> Graph:
    """Return the graph of these nodes; an edge goes from what is served to what serves it.

    Edges of unknown nodes, and those that the order does not allow, are left out: nothing can be drawn of them.
    """
    known = {node.id: node for node in nodes}
    below: dict[str, list[str]] = {}
    above: dict[str, list[str]] = {}
    for upper, lower in dict.fromkeys(edges):
        if upper in known and lower in known and upper != lower and may_serve(known[lower].kind, known[upper].kind):
            below.setdefault(upper, []).append(lower)
            above.setdefault(lower, []).append(upper)
    return Graph(
        known, {each: tuple(ids) for each, ids in below.items()}, {each: tuple(ids) for each, ids in above.items()}
    )


def find_circle(edges: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Return nodes that serve one another in a circle, or none; `edges` leads from each node to what it serves."""
    done: set[str] = set()
    for start in edges:
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            node, leaves = stack.pop()
            if leaves:
                path.pop()
                on_path.discard(node)
                done.add(node)
                continue
            if node in on_path:
                return tuple(path[path.index(node) :])
            if node in done:
                continue
            path.append(node)
            on_path.add(node)
            stack.append((node, True))
            stack.extend((each, False) for each in edges.get(node, ()))
    return ()


def _walk(ids: Iterable[str], steps: Mapping[str, Collection[str]]) -> set[str]:
    found = set(ids)
    front = list(found)
    while front:
        for each in steps.get(front.pop(), ()):
            if each not in found:
                found.add(each)
                front.append(each)
    return found
