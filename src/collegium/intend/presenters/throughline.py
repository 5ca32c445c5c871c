"""The throughline: drawn from left to right, as a table, and what is missing on it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.intend import policies
from collegium.intend.enums import NodeKind, Outcome
from collegium.intend.presenters.tabs import TabLink, tabs_of
from collegium.intend.promise_enums import PromiseState
from collegium.intend.queries import names
from collegium.intend.queries.throughline import Line, Sight, Target, list_opened, read_line_for, read_sight
from collegium.intend.throughline import gaps as rules
from collegium.intend.throughline import graph as kinds
from collegium.intend.throughline.gaps import Gap
from collegium.intend.throughline.graph import Graph, Node
from collegium.intend.throughline.layout import lay_out
from collegium.intend.throughline.svg import Words, draw
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of

FOLDS_BEYOND = 120  # nodes; a larger line opens folded at its challenges
PAGE_SIZE = 100
PEOPLE_LIMIT = 300  # who can be chosen, by name
NAMED_GAPS = 8  # of a kind, before the rest is left to the table
_ZERO = uuid.UUID(int=0)

GAP_TITLES: Mapping[str, tuple[Any, Any]] = {
    rules.VISION_WITHOUT_CHALLENGE: (
        gettext_lazy("Visions without a challenge"),
        gettext_lazy("Nothing is said yet that should become true on the way there."),
    ),
    rules.WISH: (
        gettext_lazy("Wishes"),
        gettext_lazy("Hope acts, wishing waits: an intent needs belief, a pathway and somebody who acts."),
    ),
    rules.CHALLENGE_WITHOUT_COMMITMENT: (
        gettext_lazy("Challenges without a promise"),
        gettext_lazy("Nobody has said yet what they will do for it."),
    ),
    rules.COMMITMENT_SERVES_NOTHING: (
        gettext_lazy("Promises that serve nothing"),
        gettext_lazy("They may be good work, but lead to no intent."),
    ),
    rules.ROLE_WITHOUT_OBLIGATIONS: (
        gettext_lazy("Roles without obligations"),
        gettext_lazy("It is not said what others can expect of whoever holds it."),
    ),
    rules.ASKS_FOR_OWNER: (
        gettext_lazy("Nobody carries it any more"),
        gettext_lazy("Whoever carried it has left, or nobody was named."),
    ),
    rules.ONLY_ONE_PERSON: (
        gettext_lazy("Only one person could carry it"),
        gettext_lazy("If they leave or fall ill, it stops."),
    ),
    rules.TEAM_WITHOUT_LINE: (
        gettext_lazy("Teams without a line"),
        gettext_lazy("Nobody there carries anything that leads to an intent."),
    ),
}
MISSING: Mapping[str, Any] = {
    "belief": gettext_lazy("belief"),
    "pathway": gettext_lazy("a pathway"),
    "action": gettext_lazy("somebody who acts"),
}
COLUMNS: Mapping[str, Any] = {
    kinds.VISION: gettext_lazy("Vision"),
    kinds.INTENT: gettext_lazy("Intent"),
    kinds.CHALLENGE: gettext_lazy("Challenge"),
    kinds.GOAL: gettext_lazy("Goal"),
    kinds.ROLE: gettext_lazy("Role"),
    kinds.OBLIGATION: gettext_lazy("Promise or obligation"),
    kinds.COMMITMENT: gettext_lazy("Promise or obligation"),
    kinds.STRATEGY: gettext_lazy("Strategy"),
    kinds.ACTION: gettext_lazy("Action"),
    kinds.PATHWAY: gettext_lazy("Pathway"),
    kinds.STANDARD: gettext_lazy("Standard"),
}
_STATES: Mapping[str, Any] = {
    "draft": gettext_lazy("draft"),
    "started": gettext_lazy("under way"),
    **{str(value): label for value, label in Outcome.choices},
    **{str(value): label for value, label in PromiseState.choices if value != PromiseState.MADE},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GapItem:
    """One place where something is missing."""

    title: str
    url: str
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapGroup:
    """Gaps of one kind."""

    key: str
    title: str
    why: str
    count: int
    items: tuple[GapItem, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What of the line may be shown."""

    value: str
    title: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a reader asks to see of a line."""

    of: str = ""
    fold: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    opens_all: bool = False
    gaps_only: bool = False
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePage:
    """The throughline of a unit as a picture."""

    unit: UnitFrame
    tabs: tuple[TabLink, ...]
    picture: SafeString
    count: int
    gaps: tuple[GapGroup, ...]
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]
    is_narrowed: bool
    is_folded: bool
    own: bool | None
    sight: Sight
    urls: Mapping[str, str]
    can_draft: bool
    sentence: str
    of_people: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One point of the line in words."""

    kind: str
    title: str
    url: str
    serves: tuple[str, ...]
    carried_by: str
    state: str
    unit_name: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTable:
    """The throughline of a unit as a table."""

    unit: UnitFrame
    tabs: tuple[TabLink, ...]
    rows: tuple[TableRow, ...]
    pages: Page[Any]
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]
    gaps_only: bool
    is_narrowed: bool
    urls: Mapping[str, str]


def present_line(actor: Actor, place: Place, asked: Asked) -> LinePage:
    """Return the picture of a unit's line, with its gaps and who has a line of sight."""
    line = read_line_for(actor, place)
    sight = read_sight(actor, place, line)
    known = _known(actor, line)
    shown = _narrow(actor, line, asked.of, known)
    addresses = Addresses(line, list_opened(actor))
    said = _with_words(shown, line, addresses, known)
    folded = _folded(said, asked)
    base = reverse("intend:throughline", args=[place.slug])
    counted = rules.count_by_kind(line.gaps)
    return LinePage(
        unit=frame_of(actor, place),
        tabs=tabs_of(actor, place, "throughline"),
        picture=_draw(said, line.gaps, folded, lambda key: _fold_url(base, asked, key, folded)),
        count=len(said.nodes),
        gaps=_gap_groups(line, sight, addresses),
        choices=_choices(actor, place, line, asked.of, known),
        is_narrowed=bool(asked.of),
        is_folded=bool(folded),
        own=sight.own,
        sight=sight,
        urls={
            "table": reverse("intend:throughline_table", args=[place.slug]) + _query(of=asked.of),
            "open": base + _query(of=asked.of, all="1"),
            "here": base,
            "add": reverse("intend:point_add", args=[place.slug]),
            "plans": reverse("intend:plan_start", args=[place.slug]) if policies.can_keep(actor, place) else "",
            **{form: reverse("intend:throughline_file", args=[place.slug, form]) for form in ("csv", "xlsx", "json")},
        },
        can_draft=policies.can_draft(actor, place),
        sentence=_write_sentence(len(line.graph.nodes), sum(counted.values())),
        of_people=ngettext("of %(n)s person here", "of %(n)s people here", sight.whole.people)
        % {"n": sight.whole.people},
    )


def present_table(actor: Actor, place: Place, asked: Asked) -> LineTable:
    """Return the same in words, page by page."""
    line = read_line_for(actor, place)
    known = _known(actor, line)
    shown = _narrow(actor, line, asked.of, known)
    missing: dict[str, list[Gap]] = {}
    for gap in line.gaps:
        missing.setdefault(gap.of, []).append(gap)
    listed = [node for node in shown.nodes.values() if not asked.gaps_only or node.id in missing]
    listed.sort(key=lambda node: (kinds.ORDER[node.kind], node.title, node.id))
    pages = Paginator(listed, PAGE_SIZE).get_page(asked.page)
    addresses = Addresses(line, list_opened(actor))
    return LineTable(
        unit=frame_of(actor, place),
        tabs=tabs_of(actor, place, "throughline"),
        rows=tuple(_row(node, line, addresses, known, missing.get(node.id, ())) for node in pages),
        pages=pages,
        choices=_choices(actor, place, line, asked.of, known),
        gaps_only=asked.gaps_only,
        is_narrowed=bool(asked.of or asked.gaps_only),
        urls={"picture": reverse("intend:throughline", args=[place.slug]) + _query(of=asked.of)},
    )


# --- words ------------------------------------------------------------------------------------------------------------
def _write_sentence(nodes: int, gaps: int) -> str:
    points = ngettext("%(n)s point on the line", "%(n)s points on the line", nodes) % {"n": nodes}
    if not gaps:
        return _("%(points)s, and nothing is missing that we look for.") % {"points": points}
    places = ngettext("%(n)s place to look at", "%(n)s places to look at", gaps) % {"n": gaps}
    return _("%(points)s, %(places)s.") % {"points": points, "places": places}


def write_state(state: str) -> str:
    """Return how far something on the line has come, in words."""
    return str(_STATES.get(state, ""))


def write_carried_by(node: Node, known: Mapping[uuid.UUID, str]) -> str:
    """Return who carries something, by the names that the reader may see."""
    found = [known[person] for each in (*node.owners, *node.seconds) if (person := uuid.UUID(each)) in known]
    more = len(node.carriers) - len(found)
    if not found:
        return ""
    return (
        found[0]
        if len(node.carriers) == 1
        else _("%(name)s +%(more)s") % {"name": found[0], "more": len(found) - 1 + more}
    )


def _with_words(shown: Graph, line: Line, addresses: Addresses, known: Mapping[uuid.UUID, str]) -> Graph:
    nodes = {}
    for key, node in shown.nodes.items():
        target = line.targets[key]
        above = "" if node.unit in line.inside else line.units.get(target.unit_id, "")
        said = [each for each in (above, write_state(target.state), write_carried_by(node, known)) if each]
        nodes[key] = replace(node, url=addresses.of(target), words=" · ".join(said))
    return Graph(nodes, shown.below, shown.above)


class Addresses:
    """The page of each node, without asking the address book anew for thousands of them.

    `opened` holds the units whose own line the reader may open: no link leads to a page that refuses them.
    """

    def __init__(self, line: Line, opened: Collection[uuid.UUID]) -> None:
        self.line = line
        self.opened = opened
        self._patterns: dict[tuple[str, uuid.UUID], str] = {}

    def of(self, target: Target) -> str:
        """Return the page of what a node stands for."""
        key = (target.kind, target.unit_id)
        if key not in self._patterns:
            self._patterns[key] = self._find(target)
        return self._patterns[key].replace(str(_ZERO), str(target.id))

    def _find(self, target: Target) -> str:
        if target.kind == NodeKind.COMMITMENT:
            return reverse("intend:promise", args=[_ZERO])
        if target.kind == NodeKind.ROLE:
            return reverse("people:group", args=[_ZERO])
        slug = self.line.slugs.get(target.unit_id, "")
        names_of = {NodeKind.VISION: "vision", NodeKind.INTENT: "intent", NodeKind.CHALLENGE: "challenge"}
        name = names_of.get(NodeKind(target.kind), "point")
        may_open = name != "point" or target.unit_id in self.opened
        return reverse(f"intend:{name}", args=[slug, _ZERO]) if slug and may_open else ""


# --- what is shown ----------------------------------------------------------------------------------------------------
def _known(actor: Actor, line: Line) -> dict[uuid.UUID, str]:
    """Return who carries something on the line, as far as the reader may see their names."""
    carriers = {each for node in line.graph.nodes.values() for each in node.carriers}
    return names.get_names_for(actor, [uuid.UUID(each) for each in carriers])


def _narrow(actor: Actor, line: Line, of: str, known: Mapping[uuid.UUID, str]) -> Graph:
    """Return what leads to and from what somebody carries whose name the reader may see, or what belongs to a unit."""
    graph = line.graph
    people = {"me": actor.person_id.hex} | {str(each): each.hex for each in known}
    if of in people:
        chosen = {key for key, node in graph.nodes.items() if people[of] in node.carriers}
    elif of:
        units = {unit_id.hex for unit_id, slug in line.slugs.items() if slug == of}
        chosen = {key for key, node in graph.nodes.items() if node.unit in units}
    else:
        return graph
    return graph.keep(graph.up_from(chosen) | graph.down_from(chosen))


def _choices(
    actor: Actor, place: Place, line: Line, of: str, known: Mapping[uuid.UUID, str]
) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Return what of a line may be shown, in groups: all or one's own, units within, people."""
    inside = [(line.units[unit_id], slug) for unit_id, slug in line.slugs.items() if unit_id.hex in line.inside]
    people = sorted((name, str(each)) for each, name in known.items() if each != actor.person_id)
    grouped = (
        ("", [(_("Everything"), ""), (_("What I carry"), "me")]),
        (_("Teams, schools and others within"), [each for each in sorted(inside) if each[1] != place.slug]),
        (_("What a person carries"), people[:PEOPLE_LIMIT]),
    )
    return tuple(
        (group, tuple(Choice(value=value, title=title, chosen=value == of) for title, value in rows))
        for group, rows in grouped
        if rows
    )


def _folded(graph: Graph, asked: Asked) -> frozenset[str]:
    usual = frozenset[str]()
    if len(graph.nodes) > FOLDS_BEYOND and not asked.opens_all:
        usual = frozenset(node.id for node in graph.of_kind(kinds.CHALLENGE, kinds.GOAL) if graph.below.get(node.id))
    return (usual - asked.open) | (asked.fold & graph.nodes.keys())


def _fold_url(base: str, asked: Asked, key: str, folded: Collection[str]) -> str:
    opened, closed = set(asked.open), set(asked.fold)
    if key in folded:
        closed.discard(key)
        opened.add(key)
    else:
        opened.discard(key)
        closed.add(key)
    query = {"of": asked.of, "all": "1" if asked.opens_all else ""}
    return base + _query(**query, open=",".join(sorted(opened)), fold=",".join(sorted(closed)))


def _query(**values: str) -> str:
    said = urlencode({key: value for key, value in values.items() if value})
    return f"?{said}" if said else ""


def _draw(graph: Graph, gaps: Collection[Gap], folded: frozenset[str], fold_url: Callable[[str], str]) -> SafeString:
    words = Words(
        title=_("The throughline"),
        about=_("From left to right, from the vision to what people do. The same stands in the table."),
        columns={kind: str(title) for kind, title in COLUMNS.items()},
        states={kind.value: capfirst(str(kind.label)) for kind in NodeKind},
        open_text=lambda n: ngettext("Open %(n)s more", "Open %(n)s more", n) % {"n": n},
        fold_text=_("Fold what is behind it"),
    )
    drawn = draw(graph, lay_out(graph, folded=folded), words, gaps={gap.of for gap in gaps}, fold_url=fold_url)
    return mark_safe(drawn)  # noqa: S308 every text in it was escaped


def _gap_groups(line: Line, sight: Sight, addresses: Addresses) -> tuple[GapGroup, ...]:
    found: dict[str, list[GapItem]] = {}
    for gap in line.gaps:
        node, target = line.graph.nodes[gap.of], line.targets[gap.of]
        missing = ", ".join(str(MISSING[each]) for each in gap.missing)
        found.setdefault(gap.kind, []).append(GapItem(title=node.title, url=addresses.of(target), missing=missing))
    for row in sight.rows:
        if row.unit.kind == UnitKind.TEAM and row.coverage.with_line == 0:
            may_open = row.unit.id in addresses.opened
            url = reverse("intend:throughline", args=[row.unit.slug]) if may_open else ""
            found.setdefault(rules.TEAM_WITHOUT_LINE, []).append(GapItem(title=row.unit.name, url=url, missing=""))
    return tuple(
        GapGroup(
            key=kind,
            title=str(GAP_TITLES[kind][0]),
            why=str(GAP_TITLES[kind][1]),
            count=len(found[kind]),
            items=tuple(found[kind][:NAMED_GAPS]),
            more=max(0, len(found[kind]) - NAMED_GAPS),
        )
        for kind in rules.GAP_KINDS
        if kind in found
    )


def _row(
    node: Node, line: Line, addresses: Addresses, known: Mapping[uuid.UUID, str], missing: Collection[Gap]
) -> TableRow:
    target = line.targets[node.id]
    return TableRow(
        kind=capfirst(str(NodeKind(node.kind).label)),
        title=node.title,
        url=addresses.of(target),
        serves=tuple(line.graph.nodes[each].title for each in line.graph.above.get(node.id, ())[:3]),
        carried_by=write_carried_by(node, known),
        state=write_state(target.state),
        unit_name=line.units.get(target.unit_id, ""),
        missing=tuple(str(GAP_TITLES[gap.kind][0]) for gap in missing),
    )
