"""What is missing on a line, named: gaps are places to look at, and no reproach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from collegium.intend.throughline.graph import (
    ACTION,
    CHALLENGE,
    COMMITMENT,
    INTENT,
    OBLIGATION,
    PATHWAY,
    ROLE,
    VISION,
    Graph,
    Node,
)

VISION_WITHOUT_CHALLENGE = "vision_without_challenge"
CHALLENGE_WITHOUT_COMMITMENT = "challenge_without_commitment"
COMMITMENT_SERVES_NOTHING = "commitment_serves_nothing"
ROLE_WITHOUT_OBLIGATIONS = "role_without_obligations"
ASKS_FOR_OWNER = "asks_for_owner"
ONLY_ONE_PERSON = "only_one_person"
WISH = "wish"
TEAM_WITHOUT_LINE = "team_without_line"

GAP_KINDS = (
    VISION_WITHOUT_CHALLENGE,
    WISH,
    CHALLENGE_WITHOUT_COMMITMENT,
    COMMITMENT_SERVES_NOTHING,
    ROLE_WITHOUT_OBLIGATIONS,
    ASKS_FOR_OWNER,
    ONLY_ONE_PERSON,
    TEAM_WITHOUT_LINE,
)
BELIEF = "belief"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing at a node, or for a unit; `missing` says what of the three that hope needs (H8)."""

    kind: str
    of: str
    missing: tuple[str, ...] = ()


def find_gaps(graph: Graph) -> tuple[Gap, ...]:
    """Return the gaps at the nodes of a graph, by kind in a fixed order, and within a kind as the nodes came.

    Only what is living is looked at. A challenge that nobody promised anything for has no commitment below it, whatever
    else serves it; a promise serves something when a living intent is above it.
    """
    living = {each for each, node in graph.nodes.items() if node.is_living}
    led_by_intent = graph.down_from(each.id for each in graph.of_kind(INTENT) if each.id in living)
    above_promises = graph.up_from(each.id for each in graph.of_kind(COMMITMENT) if each.is_act)
    above_challenges = graph.up_from(each.id for each in graph.of_kind(CHALLENGE) if each.id in living)
    wishes = find_wishes(graph)
    found: list[Gap] = []
    for node in graph.nodes.values():
        if node.id not in living:
            continue
        if node.kind == VISION and node.id not in above_challenges:
            found.append(Gap(VISION_WITHOUT_CHALLENGE, node.id))
        if node.kind == CHALLENGE and node.id not in above_promises:
            found.append(Gap(CHALLENGE_WITHOUT_COMMITMENT, node.id))
        if node.kind == COMMITMENT and node.id not in led_by_intent:
            found.append(Gap(COMMITMENT_SERVES_NOTHING, node.id))
        if node.kind == ROLE and not _serves(graph, node, (OBLIGATION, COMMITMENT)):
            found.append(Gap(ROLE_WITHOUT_OBLIGATIONS, node.id))
        if node.kind in (CHALLENGE, COMMITMENT) and len(node.carriers) < 2:
            found.append(Gap(ONLY_ONE_PERSON if node.carriers else ASKS_FOR_OWNER, node.id))
        if node.id in wishes:
            found.append(Gap(WISH, node.id, wishes[node.id]))
    return tuple(sorted(found, key=lambda gap: GAP_KINDS.index(gap.kind)))


def count_by_kind(gaps: tuple[Gap, ...]) -> Mapping[str, int]:
    """Return how many gaps there are of each kind, in the fixed order; kinds without any are left out."""
    counted = {kind: sum(gap.kind == kind for gap in gaps) for kind in GAP_KINDS}
    return {kind: number for kind, number in counted.items() if number}


def _serves(graph: Graph, node: Node, kinds: tuple[str, ...]) -> bool:
    return any(graph.nodes[each].kind in kinds for each in graph.below.get(node.id, ()))


def find_wishes(graph: Graph) -> Mapping[str, tuple[str, ...]]:
    """Return what of the three that hope needs is missing at each intent, drafts too; whole ones are left out.

    Hope acts and wishing waits: belief, a pathway and an action must all exist (H8).
    """
    above_acts = graph.up_from(each.id for each in graph.nodes.values() if is_acting(each))
    above_pathways = graph.up_from(each.id for each in graph.nodes.values() if is_way(each))
    found: dict[str, tuple[str, ...]] = {}
    for node in graph.of_kind(INTENT):
        checks = ((BELIEF, node.is_believed), (PATHWAY, node.id in above_pathways), (ACTION, node.id in above_acts))
        if missing := tuple(name for name, is_there in checks if not is_there):
            found[node.id] = missing
    return found


def is_acting(node: Node) -> bool:
    """Say whether somebody acts there."""
    return node.is_act or (node.kind == ACTION and node.is_living)


def is_way(node: Node) -> bool:
    """Say whether it says by which steps."""
    return node.kind == PATHWAY and node.is_living
