"""The report of a web: one HTML file that prints, needs no script, no network and no other file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from collegium import connect
from collegium.cli.analysis import style
from collegium.cli.networks.maps import Maps
from collegium.connect.presenters.web_sections import SectionBlock, present_section
from collegium.connect.report_words import Said, count, name_title, write_headlines, write_likeness, write_response
from collegium.connect.reporting import LayerReport, Report, Web

TEMPLATES = Path(__file__).parent / "templates"
ROOM = Path(connect.__file__).parent
MOST_GROUPS = 60  # of a table of groups by groups that somebody could read on paper


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerPart:
    """Everything about one kind of tie."""

    anchor: str
    title: str
    ties: str
    headlines: tuple[Said, ...]
    map: SafeString
    map_about: str
    sections: tuple[SectionBlock, ...]
    likeness: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything that the template shows."""

    title: str
    lead: str
    response: str
    too_few: str
    layers: tuple[LayerPart, ...]
    about: tuple[str, ...]
    log: tuple[str, ...]
    foot: str
    style: SafeString


def draw_report(web: Web, report: Report, *, title: str, log: Sequence[str], files: Sequence[str], version: str) -> str:
    """Return the report as HTML."""
    page = Page(
        title=title,
        lead=_("Who turns to whom, what holds %(n)s people together, and what rests on few.")
        % {"n": count(report.people)},
        response=write_response(report) if report.people else "",
        too_few="" if report.layers else _too_few(report),
        layers=_layers(web, report),
        about=_about(report),
        log=tuple(log),
        foot=_("Made with Collegium %(version)s from %(files)s.") % {"version": version, "files": ", ".join(files)},
        style=_style(report),
    )
    dirs = [str(TEMPLATES), str(ROOM / "templates")]
    engine = Engine(dirs=dirs, builtins=["django.templatetags.i18n", "collegium.site.components.tags"])
    context = Context({"page": page, "language": get_language() or "en"})
    return engine.get_template("network/report.html").render(context)


def _too_few(report: Report) -> str:
    return _("Fewer than %(k)s people answered. Anything said of so few would be said of somebody.") % {"k": report.k}


def _layers(web: Web, report: Report) -> tuple[LayerPart, ...]:
    if not report.layers:
        return ()
    maps = Maps(web, report)
    return tuple(_layer(maps, report, layer, number) for number, layer in enumerate(report.layers))


def _layer(maps: Maps, report: Report, layer: LayerReport, number: int) -> LayerPart:
    picture, about = maps.draw(layer)
    return LayerPart(
        anchor=f"ties-{number + 1}",
        title=name_title(layer),
        ties=ngettext("%(n)s tie", "%(n)s ties", layer.ties) % {"n": count(layer.ties)},
        headlines=tuple(write_headlines(layer, report.k, report.before)),
        map=mark_safe(picture),  # noqa: S308 the words in it are escaped where it is drawn
        map_about=about,
        sections=tuple(
            present_section(section, layer, k=report.k, before=report.before, most_groups=MOST_GROUPS)
            for section in layer.sections
        ),
        likeness=tuple(write_likeness(report, layer.key)),
    )


def _about(report: Report) -> tuple[str, ...]:
    return (
        _(
            "A mark or a number never stands for fewer than %(k)s people: smaller groups are put together before "
            "anything is counted between groups, and no mark has a name."
        )
        % {"k": report.k},
        _(
            "Beside a number stands what chance would give, and below that, which chance: everybody naming as many and "
            "being named as often as they are, or naming anybody where the number is about how often people are named. "
            "A number that lies between the two ends in brackets may well be chance."
        ),
        _(
            "That two people are tied says neither that the tie is good nor that one causes the other. Whoever did not "
            "answer can only be named."
        ),
    )


def _style(report: Report) -> SafeString:
    """Return the style sheets, with what the report rests on at the foot of every printed page."""
    said = ngettext("%(n)s person answered", "%(n)s people answered", report.answered) % {"n": count(report.answered)}
    page = f'@page {{ margin: 18mm 16mm 20mm; @bottom-left {{ content: "{said}"; font: 8pt sans-serif; }} '
    page += "@bottom-right { content: counter(page); font: 8pt sans-serif; } }"
    own = (ROOM / "static" / "connect" / "web.css").read_text(encoding="utf-8")
    more = (TEMPLATES / "network" / "report.css").read_text(encoding="utf-8")
    return mark_safe(f"<style>{style.sheet()}\n{own}\n{more}\n{page}</style>")  # noqa: S308 our own sheets, and a number
