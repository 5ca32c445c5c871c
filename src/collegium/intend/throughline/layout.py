"""Where everything stands when a line is drawn from left to right: a column for each kind, a row for each end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from collegium.intend.throughline.graph import INTENT, KINDS, ORDER, Graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a node stands: its column, its row (halves are between two rows), and how many are folded behind it."""

    id: str
    column: int
    row: float
    folded: int = 0
    has_below: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A line laid out: columns by what they hold, spots in the order of reading, and the edges between spots."""

    columns: tuple[str, ...]
    rows: int
    spots: tuple[Spot, ...]
    edges: tuple[tuple[str, str], ...]


def lay_out(graph: Graph, *, folded: Collection[str] = ()) -> Layout:
    """Return where the nodes of a graph stand. What is only reached through a folded node is left out, and counted.

    Nodes without anything above come first, by kind and title; what serves two stands at one, with a line to both.
    No two nodes of a column stand closer than a row.
    """
    shown = _visible(graph, frozenset(folded))
    columns = _columns(graph, shown)
    rows, count = _rows(graph, shown, frozenset(folded))
    places = {key: place for place, key in enumerate(sorted(set(columns.values())))}
    spots = tuple(
        Spot(
            id=each,
            column=places[columns[each]],
            row=rows[each],
            folded=len(graph.down_from([each]) - shown) if each in folded else 0,
            has_below=bool(graph.below.get(each)),
        )
        for each in rows
    )
    edges = tuple(
        (each, lower) for each in rows for lower in graph.below.get(each, ()) if lower in rows and each not in folded
    )
    return Layout(columns=tuple(KINDS_AT[key[0]] for key in sorted(places)), rows=count, spots=spots, edges=edges)


KINDS_AT: Mapping[int, str] = {ORDER[kind]: kind for kind in reversed(KINDS)}


def roots_of(graph: Graph) -> list[str]:
    """Return the nodes that serve nothing, by kind and title."""
    found = [node for node in graph.nodes.values() if not graph.above.get(node.id)]
    return [node.id for node in sorted(found, key=lambda node: (ORDER[node.kind], node.title, node.id))]


def _visible(graph: Graph, folded: frozenset[str]) -> set[str]:
    found = set(roots_of(graph))
    front = list(found)
    while front:
        node = front.pop()
        for each in () if node in folded else graph.below.get(node, ()):
            if each not in found:
                found.add(each)
                front.append(each)
    return found


def _columns(graph: Graph, shown: set[str]) -> dict[str, tuple[int, int]]:
    """Return a column for each node: by kind, and intents that serve others one further to the right each."""
    depth: dict[str, int] = {}
    for node in _intents_in_order(graph, shown):
        uppers = [each for each in graph.above.get(node, ()) if each in depth]
        depth[node] = 1 + max((depth[each] for each in uppers), default=-1)
    return {each: (ORDER[graph.nodes[each].kind], depth.get(each, 0)) for each in shown}


def _intents_in_order(graph: Graph, shown: set[str]) -> Iterable[str]:
    intents = {each for each in shown if graph.nodes[each].kind == INTENT}
    waiting = {each: sum(upper in intents for upper in graph.above.get(each, ())) for each in intents}
    ready = [each for each in graph.nodes if waiting.get(each) == 0]
    while ready:
        node = ready.pop()
        yield node
        for lower in graph.below.get(node, ()):
            if lower in waiting:
                waiting[lower] -= 1
                if not waiting[lower]:
                    ready.append(lower)


def _rows(graph: Graph, shown: set[str], folded: frozenset[str]) -> tuple[dict[str, float], int]:
    """Return a row for each node: ends under one another, what they serve in the middle of its own."""
    rows: dict[str, float] = {}
    stands_at: dict[str, str] = {}
    count = 0
    for root in roots_of(graph):
        stack: list[tuple[str, str, list[str] | None]] = [(root, "", None)]
        while stack:
            node, parent, children = stack.pop()
            if children is None:
                if node in rows:
                    continue
                stands_at[node] = parent
                rows[node] = -1.0  # keeps the order of reading; the row follows
                own = [] if node in folded else [each for each in graph.below.get(node, ()) if each not in rows]
                stack.append((node, parent, own))
                stack.extend((each, node, None) for each in reversed(own))
                continue
            placed = [rows[each] for each in children if stands_at.get(each) == node]
            if placed:
                rows[node] = (placed[0] + placed[-1]) / 2
            else:
                rows[node] = float(count)
                count += 1
    return {each: row for each, row in rows.items() if each in shown}, count
