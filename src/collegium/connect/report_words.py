"""How a report is put into words, for the pages and for files alike. Nothing is worked out here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.base import shared_work
from collegium.base.sentences import join
from collegium.connect.figure_words import COUNTED, FIGURES, FINE, MAIN
from collegium.connect.reporting.chance import Kept
from collegium.connect.reporting.figures import Care, Figure, Headline, LayerReport, Report
from collegium.people.enums import Level

_LEVELS = {level.value: level.label for level in Level}

RARE = 0.05  # how often chance may give as much of what is called more than chance gives

# What a kind of tie is called inside a sentence.
_NOUNS: dict[str, Any] = {
    "advice": gettext_lazy("advice"),
    "support": gettext_lazy("support"),
    "collaboration": gettext_lazy("collaboration"),
    "confidence": gettext_lazy("confidential help"),
    "learning": gettext_lazy("learning together"),
    "ties": gettext_lazy("ties"),  # of a file that does not say what kind they are
}


# What is left to chance, in a few words below what it gives, and in a sentence.
_CHANCES: dict[Kept, Any] = {
    "degrees": gettext_lazy("all asked as often"),
    "choices": gettext_lazy("anybody asked"),
    "density": gettext_lazy("ties anywhere"),
    "groups": gettext_lazy("groups dealt anew"),
    "leavers": gettext_lazy("any others leave"),
}
_CHANCE_SENTENCES: dict[Kept, Any] = {
    "degrees": gettext_lazy("If chance chose whom, and each were asked as often: %(n)s."),
    "choices": gettext_lazy("If everybody turned to anybody: %(n)s."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure in words: its title and meaning, its value, what chance gives, what it was, what it rests on, cares.

    `is_main` says that it is one of the few that a reader comes for.
    """

    key: str
    title: str
    about: str
    value: str
    is_shown: bool
    is_main: bool
    chance: str
    by_chance: str  # which chance
    before: str
    rests: str
    spans: tuple[str, ...]
    cares: tuple[str, ...]


def write_line(figure: Figure, *, k: int) -> Line:
    """Write a figure as a line of a list."""
    words = FIGURES[figure.key]
    return Line(
        key=figure.key,
        title=str(words.title),
        about=str(words.about),
        value=write_value(figure, k),
        is_shown=figure.value is not None,
        is_main=figure.key in MAIN,
        chance=write_chance(figure),
        by_chance=str(_CHANCES[figure.chance.kept]) if figure.chance else "",
        before="" if figure.before is None else _plain(figure, figure.before),
        rests=_rests(figure),
        spans=tuple(_spans(figure)),
        cares=tuple(word for care in figure.cares if figure.value is not None and (word := write_care(care))),
    )


def _spans(figure: Figure) -> list[str]:
    """Write between what a figure lies if ties come and go by chance, and had all answered like the others."""
    if figure.value is None:
        return []
    found = []
    for text, low, high in (
        (_("very likely %(low)s to %(high)s"), figure.low, figure.high),
        (_("had all answered, %(low)s to %(high)s"), figure.least, figure.most),
    ):
        if low is not None and high is not None:
            least = -1 if figure.key in FINE else 0
            most = 1 if figure.kind == "share" or figure.key in FINE else high
            ends = _plain(figure, max(low, least)), _plain(figure, min(high, most))
            if ends[0] != ends[1]:
                found.append(text % {"low": ends[0], "high": ends[1]})
    return found


def _rests(figure: Figure) -> str:
    return _("n %(n)s") % {"n": count(figure.n)}


# --- numbers ----------------------------------------------------------------------------------------------------------
def count(number: float) -> str:
    """Write a whole number."""
    return number_format(round(number), use_l10n=True, force_grouping=True)


def percent(share: float) -> str:
    """Write a share as a whole percentage, and one that would read as none or all as less or more than that."""
    if 0 < share < 0.005:
        return _("under 1%")
    if 0.995 <= share < 1:
        return _("over 99%")
    return _("%(number)s%%") % {"number": number_format(round(share * 100), use_l10n=True)}


def decimal(value: float, places: int = 1) -> str:
    """Write a number with its decimals, and a minus that looks like one."""
    text = number_format(round(value, places) + 0.0, places, use_l10n=True)  # what rounds to none has no minus
    return "−" + text[1:] if text.startswith("-") else text


def write_value(figure: Figure, k: int) -> str:
    """Write what a figure says, or why it says nothing."""
    if figure.value is None:
        return write_absence(figure.cares[-1] if figure.cares else "undefined", k)
    return _write(figure, figure.value, figure.of)


def _write(figure: Figure, value: float, of: int | None) -> str:
    if figure.kind == "share":
        return percent(value)
    if figure.kind in COUNTED and figure.key != "innermost":
        words = {"n": count(value) if value else _("none"), "of": count(of or 0)}
        return words["n"] if of is None else _("%(n)s of %(of)s") % words
    if figure.key == "innermost":
        members = ngettext("%(n)s person", "%(n)s people", of or 0) % {"n": count(of or 0)}
        return f"{count(value)} ({members})" if of else count(value)
    return decimal(value, 2 if figure.key in FINE else 1)


def write_absence(care: Care, k: int) -> str:
    """Say why a number is not there."""
    return {
        "few": _("fewer than %(k)s") % {"k": k},
        "nearly_all": _("nearly all"),
        "response": _("not shown (fewer than half answered)"),
        "undefined": _("nothing to count"),
    }.get(care, _("not shown"))


def write_care(care: Care) -> str:
    """Say what bends a number that is shown."""
    return {
        "missing": _("Some did not answer; with them it could be a little different."),
        "many_missing": _("Many did not answer; with them it could be quite different."),
    }.get(care, "")


def write_chance(figure: Figure) -> str:
    """Write what chance gives, with the ends between which it mostly lies."""
    if figure.chance is None:
        return ""
    chance = figure.chance
    ends = [_plain(figure, end) for end in (chance.expected, chance.low, chance.high)]
    words = {"expected": ends[0], "low": ends[1], "high": ends[2]}
    written = ends[0] if ends[1] == ends[2] else _("%(expected)s (%(low)s to %(high)s)") % words
    return written if figure.p is None else f"{written}, {write_p(figure.p)}"


def write_p(p: float) -> str:
    """Write how often chance gives a number as far from its middle."""
    least = 0.01
    return _("p under %(p)s") % {"p": decimal(least, 2)} if p < least else _("p %(p)s") % {"p": decimal(p, 2)}


def write_beside(figure: Figure, before: str) -> str:
    """Say in a line what a headline is compared with: chance, and the last time."""
    found = []
    if figure.value is not None and figure.chance is not None:
        found.append(_CHANCE_SENTENCES[figure.chance.kept] % {"n": _plain(figure, figure.chance.expected)})
    if figure.before is not None and before:
        found.append(_("%(before)s: %(n)s.") % {"before": before, "n": _plain(figure, figure.before)})
    return " ".join(found)


def _plain(figure: Figure, value: float) -> str:
    if figure.kind == "share":
        return percent(value)
    if figure.kind in COUNTED:
        return count(value)
    return decimal(value, 2 if figure.key in FINE else 1)


# --- groups and layers ------------------------------------------------------------------------------------------------
def name_parts(parts: Sequence[str], kind: str = "team") -> str:
    """Return what a group is called that may be made of several."""
    others = {"team": _("no team"), "school": _("no school"), "level": _("no level")}[kind]
    names = [name_level(part) if kind == "level" and part else part or others for part in parts]
    return join(names)


def name_level(level: str) -> str:
    """Return what a level is called."""
    return str(_LEVELS.get(level, level))


def shorten(parts: Sequence[str], kind: str = "team") -> str:
    """Return a short name for a map."""
    first = name_parts(parts[:1], kind)
    return first if len(parts) == 1 else _("%(first)s +%(n)s") % {"first": first, "n": len(parts) - 1}


def name_title(layer: LayerReport) -> str:
    """Return what a kind of tie is called where it stands by itself."""
    known = shared_work.get_together(layer.key) if layer.origin == "known" else None
    return str(known.title) if known else layer.title


def name_layer(layer: LayerReport) -> str:
    """Return what a kind of tie is called inside a sentence."""
    known = shared_work.get_together(layer.key) if layer.origin == "known" else None
    noun = known.inside if known else _NOUNS.get(layer.key)
    return str(noun) if noun else _("what “%(title)s” asks for") % {"title": layer.title}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence, and in a line below what it is compared with."""

    sentence: str
    beside: str


# --- the three sentences ----------------------------------------------------------------------------------------------
def write_headlines(layer: LayerReport, k: int, before: str = "") -> list[Said]:
    """Say the three things that a staff hears first, each beside chance; what cannot be said is left out."""
    head = layer.headline
    found = [(_carriers(layer), head.carriers), (_leaver(head, k), head.leaver), (_inside(head, k), head.inside)]
    return [Said(sentence=text, beside=write_beside(figure, before)) for text, figure in found if text]


def _carriers(layer: LayerReport) -> str:
    figure = layer.headline.carriers
    if figure.value is None:
        return ""
    words = {"ties": name_layer(layer), "n": count(figure.value), "of": count(figure.of or 0)}
    return (
        ngettext(
            "Half of all %(ties)s runs through %(n)s of %(of)s people.",
            "Half of all %(ties)s runs through %(n)s of %(of)s people.",
            round(figure.value),
        )
        % words
    )


def _leaver(headline: Headline, k: int) -> str:
    figure = headline.leaver
    care = figure.cares[-1] if figure.cares else ""
    if figure.value is None and care not in ("few", "nearly_all"):
        return ""
    lost = {
        "team": _("lose their only tie to another team"),
        "school": _("lose their only tie to another school"),
        "rest": _("be cut off from the rest"),
    }
    words = {"lost": lost[headline.apart], "k": k, "n": count(figure.value or 0)}
    if care == "nearly_all":
        return _("If one colleague left, nearly all others would %(lost)s.") % words
    if figure.value is None:
        return _("Whoever left, fewer than %(k)s colleagues would %(lost)s.") % words
    if not figure.value:
        return _("Whoever left, nobody would %(lost)s.") % words
    return _("If one colleague left, %(n)s others would %(lost)s.") % words


def _inside(headline: Headline, k: int) -> str:
    figure = headline.inside
    if headline.apart == "rest":
        return _alone(figure, k)
    outside = {"team": _("outside their team"), "school": _("outside their school")}
    words = {"outside": outside[headline.apart], "k": k, "n": count(figure.value or 0)}
    if figure.value is None:
        return {
            "few": _("Fewer than %(k)s people turn to no one %(outside)s."),
            "nearly_all": _("Nearly everybody turns to no one %(outside)s."),
        }.get(figure.cares[-1] if figure.cares else "", "") % words
    if not figure.value:
        return _("Everybody turns to someone %(outside)s.") % words
    if figure.value == figure.of:
        return _("Nobody turns to anyone %(outside)s.") % words
    return (
        ngettext(
            "%(n)s person turns to no one %(outside)s.", "%(n)s people turn to no one %(outside)s.", round(figure.value)
        )
        % words
    )


def _alone(figure: Figure, k: int) -> str:
    if figure.value is None:
        few = _("Fewer than %(k)s people turn to nobody and are turned to by nobody.") % {"k": k}
        return few if figure.cares[-1:] == ("few",) else ""
    if not figure.value:
        return _("Everybody has somebody to turn to, or is turned to.")
    return ngettext(
        "%(n)s person turns to nobody and is turned to by nobody.",
        "%(n)s people turn to nobody and are turned to by nobody.",
        round(figure.value),
    ) % {"n": count(figure.value)}


def write_likeness(report: Report, key: str) -> list[str]:
    """Say which kinds of tie go together with one, the closest first."""
    titles = {layer.key: name_title(layer) for layer in report.layers}
    found = []
    for each in sorted(report.likeness, key=lambda each: -(each.correlation or 0)):
        other = each.second if each.first == key else each.first
        if key not in (each.first, each.second) or each.correlation is None or other not in titles:
            continue
        words = {"title": titles[other], "r": decimal(each.correlation, 2)}
        if each.p is not None and each.p <= RARE:
            found.append(_("%(title)s: together more often than chance gives (correlation %(r)s)") % words)
        else:
            found.append(_("%(title)s: no more together than chance gives (correlation %(r)s)") % words)
    return found


def write_response(report: Report) -> str:
    """Say how many answered, and what that means for what stands below."""
    words = {"n": count(report.answered), "of": count(report.people), "share": percent(report.response), "k": report.k}
    text = _("%(n)s of %(of)s people answered (%(share)s).") % words
    if 0 < report.answered < report.k:
        text = _("Fewer than %(k)s of %(of)s people answered.") % words
    if report.leaves_out:
        text += (
            " "
            + _(
                "A few more were asked who belong to no school where %(k)s answered. They are not counted here: numbers"
                " with and without them would tell of so few."
            )
            % words
        )
    if not report.is_whole:
        text += " " + _(
            "With fewer than half of the answers most numbers about the whole would mislead: only what those who"
            " answered say about themselves stands here."
        )
    elif report.answered < report.people:
        text += " " + _("Ties of those who did not answer are missing, unless others named them.")
    return text
