"""How the schools of a unit are joined, as far as a tie survey tells schools apart."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from collegium.base import shared_work
from collegium.connect.queries import analyses
from collegium.people.actors import Actor
from collegium.people.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """How many ties go from school to school in the first layer that people were asked about, of the latest wave.

    `merged` names schools of too few people, which are told together and have no ties of their own here.
    """

    wave_id: uuid.UUID
    closed_on: dt.date
    ties: Mapping[tuple[uuid.UUID, uuid.UUID], int]
    merged: tuple[tuple[str, ...], ...]


def find_between_for(actor: Actor, place: Place) -> Between | None:
    """Return how the schools of a unit turn to each other, for those who may see its waves; None where nothing tells.

    What may be told was settled when the wave was analysed: groups of at least k, others merged before counting.
    """
    analysis = analyses.find_latest_for(actor, place)
    drawn = analysis.group_map() if analysis is not None and analysis.groups_are == "schools" else None
    if analysis is None or drawn is None:
        return None
    known_here = {each.key for each in shared_work.list_together()}
    lines = next((each for each in drawn.lines if each.key not in known_here), None)
    if lines is None or lines.counts is None:
        return None
    known = {name: uuid.UUID(unit_id) for name, (unit_id, _slug) in analysis.maps.get("schools", {}).items()}
    school_of = [known.get(parts[0]) if len(parts) == 1 else None for parts in drawn.parts]
    ties = {
        (one, other): count
        for (first, second), count in zip(lines.ends.tolist(), lines.counts.tolist(), strict=True)
        if (one := school_of[first]) and (other := school_of[second]) and one != other
    }
    return Between(
        wave_id=analysis.wave.id,
        closed_on=analysis.wave.closed_on,
        ties=ties,
        merged=tuple(parts for parts in drawn.parts if len(parts) > 1),
    )
