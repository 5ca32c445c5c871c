"""Whether an intent is a hope or a wish so far, and where what it needs is found (H8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.base.sentences import join
from collegium.intend import policies
from collegium.intend.enums import NodeKind, Standing
from collegium.intend.models import Intent
from collegium.intend.presenters.throughline import MISSING, Addresses
from collegium.intend.queries.throughline import list_opened, read_line_for
from collegium.intend.throughline.gaps import BELIEF, is_acting, is_way
from collegium.intend.throughline.graph import ACTION, PATHWAY, Node
from collegium.people.actors import Actor
from collegium.people.places import Place

NAMED = 3
TITLES: Mapping[str, Any] = {
    BELIEF: gettext_lazy("Belief"),
    PATHWAY: gettext_lazy("A pathway"),
    ACTION: gettext_lazy("Somebody who acts"),
}
LACKS: Mapping[str, Any] = {
    BELIEF: gettext_lazy("Not yet: the intent does not say why people believe that they can."),
    PATHWAY: gettext_lazy("Not yet: no promise for its challenges says by which steps, and no pathway is on the line."),
    ACTION: gettext_lazy("Not yet: nobody has promised anything for its challenges, and no action is on the line."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HopePart:
    """One of the three: where it is found, or what is missing."""

    title: str
    is_there: bool
    words: str
    found: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HopeBox:
    """What an intent has of belief, pathway and action."""

    sentence: str
    is_wish: bool
    parts: tuple[HopePart, ...]
    line_url: str


def present_hope(actor: Actor, place: Place, intent: Intent) -> HopeBox | None:
    """Return the hope check of an intent for those who see the line of its unit; None for others, or once withdrawn."""
    if intent.standing == Standing.WITHDRAWN or not policies.can_view_throughline(actor, place):
        return None
    line = read_line_for(actor, place)
    missing = line.wishes.get(intent.id.hex, ())
    addresses = Addresses(line, list_opened(actor))
    below = line.graph.down_from([intent.id.hex] if intent.id.hex in line.graph.nodes else [])
    return HopeBox(
        sentence=_write_sentence(missing),
        is_wish=bool(missing),
        parts=(
            HopePart(
                title=str(TITLES[BELIEF]),
                is_there=BELIEF not in missing,
                words=str(LACKS[BELIEF]) if BELIEF in missing else _("In the words of the intent, on this page."),
                found=(),
            ),
            _part(PATHWAY, missing, addresses, below, is_way),
            _part(ACTION, missing, addresses, below, is_acting),
        ),
        line_url=reverse("intend:throughline", args=[place.slug]) if set(missing) - {BELIEF} else "",
    )


def _write_sentence(missing: tuple[str, ...]) -> str:
    if not missing:
        return _("Hope acts, wishing waits. This is a hope: belief, a pathway and somebody who acts are all there.")
    lacks = join([str(MISSING[each]) for each in missing])
    return _("Hope acts, wishing waits. So far this is a wish; it waits for %(what)s.") % {"what": lacks}


def _part(
    kind: str, missing: tuple[str, ...], addresses: Addresses, below: set[str], has: Callable[[Node], bool]
) -> HopePart:
    """Return where something is found; what the reader may not read is there all the same, and not named."""
    is_there, line = kind not in missing, addresses.line
    found: dict[str, str] = {}
    for key, node in line.graph.nodes.items():
        if key in below and has(node):
            target = line.targets[key]
            if target.kind != NodeKind.ROLE and (url := addresses.of(target)):
                found.setdefault(url, node.title)
    more = len(found) - NAMED
    words = "" if found else _("In work that is read where it is done.")
    if more > 0:
        words = _("and %(n)s more") % {"n": more}
    return HopePart(
        title=str(TITLES[kind]),
        is_there=is_there,
        words=words if is_there else str(LACKS[kind]),
        found=tuple((title, url) for url, title in list(found.items())[:NAMED]) if is_there else (),
    )
