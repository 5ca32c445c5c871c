"""What would be lost if somebody left, in words; and what to do about it before they do."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from collegium.connect.report_words import count
from collegium.connect.reporting.figures import LayerReport


def say_of_leaving(start: str, rests: Mapping[str, int], layer: LayerReport, k: int, *, few: bool) -> list[str]:
    """Say how many would lose what; of fewer than k in words, where `few` are to be said at all."""
    lost = {
        "links": {
            "team": _("lose their only tie to another team"),
            "school": _("lose their only tie to another school"),
        }.get(layer.headline.apart, ""),
        "cut": _("be cut off from the rest"),
    }
    found = []
    for key, words in lost.items():
        number = rests.get(key, 0)
        if not number or not words or (number < k and not few):
            continue
        data = {"start": start, "lost": words, "n": count(number), "k": k}
        if number < k:
            found.append(_("%(start)s, fewer than %(k)s colleagues would %(lost)s.") % data)
        else:
            found.append(_("%(start)s, %(n)s colleagues would %(lost)s.") % data)
    return found


def list_what_to_do() -> tuple[str, ...]:
    """Return what helps before somebody leaves, the lightest first."""
    return (
        _("A second link: let somebody of the other team come along to what this post joins, once a fortnight."),
        _("A shadow: a colleague goes along for half a term and writes down whom to ask about what."),
        _("A shared role: two people hold the part that others turn to, and say so."),
    )
