"""Where the boxes of a driver diagram stand: a column a kind, from left to right, no two over one another."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from collegium.enquire.drivers.tree import Node, Tree
from collegium.enquire.enums import DriverKind

WIDTH, GAP_X, GAP_Y, HEAD, MARGIN = 156, 32, 12, 34, 8
LINE, PAD, LETTERS, MOST_LINES = 18, 10, 20, 6
ORDER = tuple(DriverKind)


@dataclass(frozen=True, slots=True)
class Box:
    """A box as it is drawn: its corner, its height and its lines."""

    node: Node
    x: int
    y: float
    height: int
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        """Where lines meet it."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Picture:
    """All boxes, which columns there are, and how large it is."""

    boxes: tuple[Box, ...]
    edges: tuple[tuple[Box, Box], ...]
    columns: tuple[DriverKind, ...]
    width: int
    height: int

    def x_of(self, kind: str) -> int:
        """Return where the column of a kind begins."""
        return MARGIN + self.columns.index(DriverKind(kind)) * (WIDTH + GAP_X)


def lay_out(tree: Tree) -> Picture:
    """Return where each box stands: parents in the middle of what stands under them."""
    kinds = {node.kind for node in tree.nodes}
    columns = tuple(kind for kind in ORDER if kind in kinds)
    boxes: list[Box] = []
    bottom = _place(tree, "", columns, HEAD, boxes)
    by_id = {box.node.id: box for box in boxes}
    edges = tuple((by_id[box.node.parent], box) for box in boxes if box.node.parent)
    width = MARGIN * 2 + max(1, len(columns)) * (WIDTH + GAP_X) - GAP_X
    return Picture(tuple(boxes), edges, columns, width, round(bottom) + MARGIN)


def _place(tree: Tree, parent: str, columns: tuple[DriverKind, ...], top: float, boxes: list[Box]) -> float:
    """Place what stands under a box from `top` down; return where the next may begin."""
    for node in tree.below(parent):
        lines = _wrap(node.text)
        height = LINE * len(lines) + PAD * 2 - 4
        mark = len(boxes)
        bottom = max(_place(tree, node.id, columns, top, boxes), top + height + GAP_Y)
        own = [box for box in boxes[mark:] if box.node.parent == node.id]
        y = (own[0].middle + own[-1].middle) / 2 - height / 2 if own else top
        x = MARGIN + columns.index(DriverKind(node.kind)) * (WIDTH + GAP_X)
        y = min(max(y, top), bottom - GAP_Y - height)
        boxes.append(Box(node, x, y, height, lines))
        top = bottom
    return top


def _wrap(text: str) -> tuple[str, ...]:
    return tuple(textwrap.wrap(text, LETTERS, max_lines=MOST_LINES, placeholder=" …")) or ("",)
