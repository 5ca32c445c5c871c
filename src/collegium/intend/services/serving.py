"""Keeping what a promise or a role serves: a challenge, or a goal."""

from __future__ import annotations

from typing import Any

from collegium.intend.enums import NodeKind
from collegium.intend.errors import Invalid
from collegium.intend.models import Challenge, Commitment, Point, WorkRole

FIELDS = ("challenge", "goal")


def as_fields(served: Challenge | Point | None) -> dict[str, Any]:
    """Return what the two fields hold; of the plain points of the line, only goals are served by people."""
    if isinstance(served, Point) and served.kind != NodeKind.GOAL:
        raise Invalid("serves_in_order")
    is_goal = isinstance(served, Point)
    return {"challenge": None if is_goal else served, "goal": served if is_goal else None}


def serve(row: Commitment | WorkRole, served: Challenge | Point | None) -> None:
    """Let a row serve something from now on; the caller saves `FIELDS`."""
    for name, value in as_fields(served).items():
        setattr(row, name, value)
