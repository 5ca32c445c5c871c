"""One's own mark and one's own ties: a picture of its own, for nobody else.

It does not stand on the map of all. There one would know which marks are the colleagues one named, and could read who
else they are tied to.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.connect.leaving_words import say_of_leaving
from collegium.connect.queries import analyses
from collegium.connect.queries.analyses import Analysis
from collegium.connect.report_words import count, name_layer
from collegium.connect.reporting.figures import LayerReport
from collegium.people.actors import Actor

WIDE, HIGH = 520, 300
ROUND_X, ROUND_Y = 165, 105


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTie:
    """Somebody whom the reader named, and where they stand in the picture."""

    name: str
    x: int
    y: int
    anchor: str
    label_x: int
    label_y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStanding:
    """What only the reader sees: their mark, whom they named, how many turn to them, what rests on them."""

    title: str
    ties: tuple[OwnTie, ...]
    sentences: tuple[str, ...]
    ties_url: str
    wide: int = WIDE
    high: int = HIGH
    x: int = WIDE // 2
    y: int = HIGH // 2


def present_own(actor: Actor, analysis: Analysis, layer: LayerReport) -> OwnStanding | None:
    """Return the reader's own part, or None for somebody who was not in the wave."""
    own = analyses.find_own_ties(actor, analysis.wave.id, layer.key) if layer.origin != "known" else None
    if own is None:
        return None
    k = analysis.report.k
    rests = analyses.read_leaving(analysis, [own.number]).get(own.number, {}).get(layer.key, {})
    sentences = [_named(own.named, own.answered), _named_by(own.named_by, k), *_rests(rests, layer, k)]
    if not own.is_shown:
        sentences.append(_("You asked not to be drawn: you have no mark on the map of all."))
    return OwnStanding(
        title=_("You, in %(ties)s") % {"ties": name_layer(layer)},
        ties=_place(own.named),
        sentences=tuple(sentence for sentence in sentences if sentence),
        ties_url=reverse("connect:my_ties"),
    )


def _place(names: tuple[str, ...]) -> tuple[OwnTie, ...]:
    found = []
    for number, name in enumerate(names):
        turn = 2 * pi * number / len(names) - pi / 2
        across, down = cos(turn), sin(turn)
        x, y = round(WIDE / 2 + ROUND_X * across), round(HIGH / 2 + ROUND_Y * down)
        anchor = "middle" if abs(across) < 0.2 else "start" if across > 0 else "end"
        beside = 0 if anchor == "middle" else 14 if anchor == "start" else -14
        above = 5 if anchor != "middle" else -14 if down < 0 else 24
        found.append(OwnTie(name=name, x=x, y=y, anchor=anchor, label_x=x + beside, label_y=y + above))
    return tuple(found)


def _named(names: tuple[str, ...], answered: bool) -> str:
    if not names:
        return _("You named nobody.") if answered else _("You did not answer.")
    return ngettext("You named %(n)s colleague.", "You named %(n)s colleagues.", len(names)) % {"n": count(len(names))}


def _named_by(number: int, k: int) -> str:
    if not number:
        return _("Nobody named you.")
    if number < k:
        return _("Fewer than %(k)s named you.") % {"k": k}
    return _("%(n)s colleagues named you.") % {"n": count(number)}


def _rests(rests: dict[str, int], layer: LayerReport, k: int) -> list[str]:
    """Say what would be lost if the reader left: to them alone."""
    found = say_of_leaving(_("If you left"), rests, layer, k, few=True)
    if rests.get("links", 0) >= k or rests.get("cut", 0) >= k:
        found.append(
            _("A second person who knows the same people, or who comes along once a fortnight, would carry it on.")
        )
    return found
