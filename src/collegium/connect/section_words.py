"""One plain sentence for each section of a report."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.connect.report_words import count, decimal, name_layer, percent, write_value
from collegium.connect.reporting.figures import Figure, LayerReport, Section

SECTION_TITLES: dict[str, Any] = {
    "reach": gettext_lazy("Reach and isolation"),
    "teams": gettext_lazy("Within and between teams"),
    "levels": gettext_lazy("Across levels"),
    "schools": gettext_lazy("Between schools"),
    "resting": gettext_lazy("What rests on whom"),
    "change": gettext_lazy("What changed since last time"),
}


def say_of_section(section: Section, layer: LayerReport, k: int) -> str:
    """Return what a section says, in one sentence or two."""
    say = {
        "reach": _reach,
        "teams": _teams,
        "levels": _levels,
        "schools": _schools,
        "resting": _resting,
        "change": _change,
    }[section.key]
    return say(section, layer, k)


def _reach(section: Section, layer: LayerReport, k: int) -> str:
    named, unnamed = section.find("named"), section.find("unnamed")
    if named is None or named.value is None:
        return _("Nobody has named anybody.")
    text = _("People name %(n)s colleagues on average for %(ties)s") % {
        "n": decimal(named.value),
        "ties": name_layer(layer),
    }
    if unnamed is None or "response" in unnamed.cares:
        return text + "."
    if unnamed.value == 0:
        return text + _(", and everybody is turned to by somebody.")
    words = {"n": write_value(unnamed, k)}
    return text + _(", and %(n)s are turned to by nobody.") % words


def _against_chance(figure: Figure, more: str, fewer: str, same: str) -> str:
    if figure.value is None or figure.chance is None:
        return ""
    if not figure.chance.is_beyond(figure.value):
        return same
    return more if figure.value > figure.chance.expected else fewer


def _teams(section: Section, _layer: LayerReport, _k: int) -> str:
    return _inside(section.find("team_inside"), _("team"))


def _schools(section: Section, _layer: LayerReport, _k: int) -> str:
    return _inside(section.find("school_inside"), _("school"))


def _inside(figure: Figure | None, unit: str) -> str:
    if figure is None or figure.value is None:
        return _("There are no ties to say this of.")
    words = {"share": percent(figure.value), "unit": unit}
    if figure.value == 1:
        return _("All ties stay in one %(unit)s.") % words
    text = _("%(share)s of ties stay in one %(unit)s") % words
    if figure.chance is None:
        return text + "."
    words["expected"] = percent(figure.chance.expected)
    return text + _("; if chance chose whom, and each were asked as often, %(expected)s would.") % words


def _levels(section: Section, _layer: LayerReport, _k: int) -> str:
    figure = section.find("to_no_post")
    if figure is None or figure.value is None:
        same = section.find("level_same")
        if same is None or same.value is None:
            return ""
        return _("%(share)s of ties are between people of the same level.") % {"share": percent(same.value)}
    text = _("%(share)s of ties lead to people without a post of leadership") % {"share": percent(figure.value)}
    beside = _against_chance(
        figure,
        _(": more than if everybody turned to anybody."),
        _(": fewer than if everybody turned to anybody."),
        _(": about as many as if everybody turned to anybody."),
    )
    return text + (beside or ".")


def _resting(section: Section, _layer: LayerReport, _k: int) -> str:
    figure = section.find("top_tenth")
    if figure is None or figure.value is None:
        return ""
    text = _("The tenth who are turned to most receive %(share)s of all ties") % {"share": percent(figure.value)}
    beside = _against_chance(
        figure,
        _(": more than chance would give them."),
        _(": less than chance would give them."),
        _(": about what chance would give them."),
    )
    return text + (beside or ".")


def _change(section: Section, _layer: LayerReport, _k: int) -> str:
    kept, before = section.find("kept"), section.find("before")
    if kept is None or kept.value is None or before is None or before.value is None:
        return _("The two waves cannot be compared tie by tie.")
    return ngettext(
        "Of %(before)s tie there was, %(kept)s is there still.",
        "Of %(before)s ties there were, %(kept)s are there still.",
        round(before.value),
    ) % {"before": count(before.value), "kept": count(kept.value)}
