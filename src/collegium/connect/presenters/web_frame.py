"""What every page about a web says of it: which unit, which wave, which kind of tie, and where its other pages are."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from collegium.connect import policies
from collegium.connect.queries.analyses import Analysis
from collegium.connect.report_words import name_title, write_response
from collegium.connect.reporting.figures import LayerReport
from collegium.people.actors import Actor
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerTab:
    """A kind of tie that can be looked at."""

    key: str
    title: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAddresses:
    """Where else a wave can be looked at from here."""

    overview: str
    map: str
    data: str
    svg: str
    words: str
    leaving: str
    scenario: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebFrame:
    """What stands around every page about a web. `can_ask_leaving` is for the unit's own stewards."""

    unit: UnitFrame
    wave_id: str
    title: str
    closed_on: str
    response: str
    k: int
    layer: LayerReport | None
    layer_title: str
    origin: str
    tabs: tuple[LayerTab, ...]
    addresses: WebAddresses
    can_view_marks: bool
    can_ask_leaving: bool


def frame_web(actor: Actor, analysis: Analysis, layer_key: str = "", *, page: str = "web") -> WebFrame:
    """Return the frame of a page about a wave; an unknown kind of tie is the first."""
    place, report = analysis.place, analysis.report
    layer = report.layer(layer_key) or report.layer("")
    return WebFrame(
        unit=frame_of(actor, place),
        wave_id=str(analysis.wave.id),
        title=analysis.wave.title,
        closed_on=date_format(analysis.wave.closed_on),
        response=write_response(report),
        k=report.k,
        layer=layer,
        layer_title=name_title(layer) if layer else "",
        origin=write_origin(layer),
        tabs=tuple(
            LayerTab(
                key=each.key,
                title=name_title(each),
                url=address_of(analysis, page, each.key),
                is_current=each is layer,
            )
            for each in report.layers
        ),
        addresses=_addresses(analysis, layer.key if layer else ""),
        can_view_marks=policies.can_view_marks(actor, place),
        can_ask_leaving=policies.can_name_posts(actor, place),
    )


def write_origin(layer: LayerReport | None) -> str:
    """Say where the ties of a layer come from."""
    return {
        "said": _("What people said when they were asked."),
        "imported": _("Brought in from a file."),
        "known": _("Known from what is kept here; nobody was asked."),
        "": "",
    }[layer.origin if layer else ""]


def _addresses(analysis: Analysis, layer: str) -> WebAddresses:
    names = ("web", "web_map", "web_data", "web_svg", "web_words", "web_leaving", "web_scenario")
    found = [address_of(analysis, name, layer) for name in names]
    return WebAddresses(
        overview=found[0],
        map=found[1],
        data=found[2],
        svg=found[3],
        words=found[4],
        leaving=found[5],
        scenario=found[6],
    )


def address_of(analysis: Analysis, name: str, layer: str = "") -> str:
    """Return the address of a page about a wave."""
    url = reverse(f"connect:{name}", args=[analysis.place.slug, analysis.wave.id])
    return f"{url}?{urlencode({'layer': layer})}" if layer else url
