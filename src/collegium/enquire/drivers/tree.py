"""The tree of a driver diagram. Every change gives a new tree; nothing here knows tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from collegium.base import ids
from collegium.enquire.enums import DriverKind
from collegium.enquire.errors import Conflict, Invalid, NotFound

TEXT_LIMIT = 200
MOST_NODES = 120
CHILDREN: Mapping[str, tuple[DriverKind, ...]] = {
    "": (DriverKind.AIM,),
    DriverKind.AIM: (DriverKind.PRIMARY, DriverKind.MEASURE),
    DriverKind.PRIMARY: (DriverKind.SECONDARY, DriverKind.IDEA, DriverKind.MEASURE),
    DriverKind.SECONDARY: (DriverKind.IDEA, DriverKind.MEASURE),
    DriverKind.IDEA: (DriverKind.MEASURE,),
    DriverKind.MEASURE: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A box of the diagram. `parent` is what it drives, empty for the aim."""

    id: str
    kind: str
    parent: str
    text: str


@dataclass(frozen=True, slots=True)
class Tree:
    """The boxes of a diagram, those with the same parent in the order in which they stand."""

    nodes: tuple[Node, ...] = ()

    @classmethod
    def load(cls, rows: Sequence[Mapping[str, Any]]) -> Tree:
        """Return the tree that was kept as plain values."""
        return cls(tuple(Node(**row) for row in rows))

    def dump(self) -> list[dict[str, Any]]:
        """Return the tree as plain values."""
        return [asdict(node) for node in self.nodes]

    @property
    def aim(self) -> Node | None:
        """The box that all others lead to."""
        return next((node for node in self.nodes if node.kind == DriverKind.AIM), None)

    def find(self, node_id: str) -> Node | None:
        """Return a box by its id."""
        return next((node for node in self.nodes if node.id == node_id), None)

    def get(self, node_id: str) -> Node:
        """Return a box by its id; NotFound where there is none."""
        node = self.find(node_id)
        if node is None:
            raise NotFound
        return node

    def below(self, node_id: str) -> tuple[Node, ...]:
        """Return the boxes that stand directly under one, in their order."""
        return tuple(node for node in self.nodes if node.parent == node_id)

    def walk(self, node_id: str = "", depth: int = 0) -> Iterator[tuple[Node, int]]:
        """Yield every box under one with its depth, each before those under it."""
        for node in self.below(node_id):
            yield node, depth
            yield from self.walk(node.id, depth + 1)

    def parents_for(self, node: Node) -> list[Node]:
        """Return under which boxes one could stand."""
        inside = {node.id, *(each.id for each, _depth in self.walk(node.id))}
        return [each for each, _depth in self.walk() if node.kind in CHILDREN[each.kind] and each.id not in inside]

    def add(self, *, parent: str, kind: DriverKind, text: str) -> Tree:
        """Return the tree with one more box, the last under its parent."""
        above = self.find(parent) if parent else None
        if parent and above is None:
            raise Conflict("driver_gone")
        if kind not in CHILDREN[above.kind if above else ""] or (not parent and self.aim):
            raise Invalid("driver_place")
        if len(self.nodes) >= MOST_NODES:
            raise Invalid("driver_too_many", limit=MOST_NODES)
        return Tree((*self.nodes, Node(id=str(ids.new_id()), kind=kind, parent=parent, text=text)))

    def change(self, node_id: str, *, text: str) -> Tree:
        """Return the tree with other words in a box."""
        return Tree(tuple(replace(node, text=text) if node.id == node_id else node for node in self.nodes))

    def move(self, node_id: str, *, parent: str, before: str = "") -> Tree:
        """Return the tree with a box, and all under it, under another parent: before a sibling, or last."""
        node = self.get(node_id)
        if parent != node.parent and parent not in {each.id for each in self.parents_for(node)}:
            raise Invalid("driver_place")
        moved = replace(node, parent=parent)
        others = [each for each in self.nodes if each.id != node_id]
        place = next((i for i, each in enumerate(others) if each.id == before and each.parent == parent), len(others))
        return Tree((*others[:place], moved, *others[place:]))

    def remove(self, node_id: str) -> Tree:
        """Return the tree without a box and all under it."""
        gone = {node_id, *(node.id for node, _depth in self.walk(node_id))}
        return Tree(tuple(node for node in self.nodes if node.id not in gone))

    def branch(self, node_id: str) -> tuple[Node, ...]:
        """Return a box and all under it."""
        node = self.find(node_id)
        return (node, *(each for each, _depth in self.walk(node_id))) if node else ()
