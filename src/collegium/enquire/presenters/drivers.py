"""The driver diagram of an enquiry: drawn, and the same as a table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.enquire import policies
from collegium.enquire.drivers import svg
from collegium.enquire.drivers.layout import Picture, lay_out
from collegium.enquire.drivers.tree import Node, Tree
from collegium.enquire.enums import DriverChange, DriverKind
from collegium.enquire.forms.drivers import kinds_under
from collegium.enquire.presenters.frame import address_of, name_of
from collegium.enquire.queries import drivers as queries
from collegium.enquire.queries.drivers import Version
from collegium.enquire.queries.enquiries import FoundEnquiry
from collegium.people.actors import Actor
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRow:
    """A box as a row of the table, each under what it drives."""

    text: str
    kind: str
    depth: int
    drives: str
    change_url: str
    add_url: str
    move_url: str
    remove_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """What was changed, when and by whom."""

    number: int
    what: str
    about: str
    at: dt.datetime
    by: str
    url: str
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DriversPage:
    """A driver diagram, as it stands or stood."""

    unit: UnitFrame
    title: str
    url: str
    number: int
    is_newest: bool
    picture: SafeString
    rows: tuple[NodeRow, ...]
    versions: tuple[VersionRow, ...]
    begin_url: str
    newest_url: str
    svg_url: str
    png_url: str
    move_url: str
    restore_url: str


def present_drivers(actor: Actor, found: FoundEnquiry, number: int | None = None) -> DriversPage:
    """Return the driver diagram of an enquiry, or how it stood in one version."""
    row, newest = found.enquiry, queries.get_newest(found.enquiry)
    shown = newest if number is None else queries.get_version(row, number)
    is_newest = shown.number == newest.number
    can_work = policies.can_work(actor, found.place, found.standing, is_closed=found.is_closed)
    can_change = can_work and is_newest
    return DriversPage(
        unit=frame_of(actor, found.place),
        title=row.title,
        url=address_of(row),
        number=shown.number,
        is_newest=is_newest,
        picture=_draw(found, shown, can_change=can_change),
        rows=tuple(_row(found, shown.tree, node, depth, can_change) for node, depth in shown.tree.walk()),
        versions=tuple(_versions(found, shown)),
        begin_url=address_of(row, "driver_add") if can_change and not shown.tree.aim else "",
        newest_url=address_of(row, "drivers"),
        svg_url=address_of(row, "drivers_svg") if shown.tree.nodes and is_newest else "",
        png_url=address_of(row, "drivers_png") if shown.tree.nodes and is_newest else "",
        move_url=address_of(row, "driver_drop") if can_change else "",
        restore_url=address_of(row, "drivers_restore", shown.number) if can_work and not is_newest else "",
    )


def draw_svg(found: FoundEnquiry) -> str:
    """Return the diagram as a picture that stands by itself."""
    tree = queries.get_newest(found.enquiry).tree
    return svg.draw(lay_out(tree), title=_title(found), about=_about(tree))


def lay_out_newest(found: FoundEnquiry) -> Picture:
    """Return where the boxes stand, for a picture of another kind."""
    return lay_out(queries.get_newest(found.enquiry).tree)


def _draw(found: FoundEnquiry, shown: Version, *, can_change: bool) -> SafeString:
    if not shown.tree.nodes:
        return SafeString()
    row = found.enquiry
    url = (lambda node_id: address_of(row, "driver_change", node_id)) if can_change else None
    drawn = svg.draw(lay_out(shown.tree), title=_title(found), about=_about(shown.tree), url=url)
    return mark_safe(drawn)  # noqa: S308 svg.draw escapes what people wrote


def _title(found: FoundEnquiry) -> str:
    return _("Driver diagram: %(title)s") % {"title": found.enquiry.title}


def _about(tree: Tree) -> str:
    n = len(tree.nodes)
    said = ngettext("%(n)s box, from the aim on the left", "%(n)s boxes, from the aim on the left", n) % {"n": n}
    return _("%(said)s to what is tried and measured on the right. The table says the same.") % {"said": said}


def _row(found: FoundEnquiry, tree: Tree, node: Node, depth: int, can_change: bool) -> NodeRow:
    row, above = found.enquiry, tree.find(node.parent)
    can_add = can_change and bool(kinds_under(node))
    can_move = can_change and bool(node.parent)
    return NodeRow(
        text=node.text,
        kind=str(DriverKind(node.kind).label),
        depth=depth,
        drives=above.text if above else "",
        change_url=address_of(row, "driver_change", node.id) if can_change else "",
        add_url=f"{address_of(row, 'driver_add')}?under={node.id}" if can_add else "",
        move_url=address_of(row, "driver_move", node.id) if can_move else "",
        remove_url=address_of(row, "driver_remove", node.id) if can_change else "",
    )


def _versions(found: FoundEnquiry, shown: Version) -> list[VersionRow]:
    return [
        VersionRow(
            number=each.number,
            what=str(DriverChange(each.what).label),
            about=each.about,
            at=each.made_at,
            by=name_of(each.made_by),
            url=address_of(found.enquiry, "drivers_version", each.number),
            is_shown=each.number == shown.number,
        )
        for each in queries.list_versions(found.enquiry)
    ]
