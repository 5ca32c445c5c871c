"""Things in rows: tables, facts, timelines, the picture of an organisation."""

from __future__ import annotations

import datetime as dt

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from collegium.base.figures import Branch, Table
from collegium.site.components.registry import check_choice, draw, register

TABLE_LAYOUTS = ("scroll", "stack", "figures")


@register.simple_block_tag
def data_table(content: str, *, caption: str, layout: str = "scroll", show_caption: bool = True) -> SafeString:
    """Frame the rows of a table. On a phone it scrolls by itself, or stacks where each cell has a `data-label`.

    The layout `figures` is for a few short columns of numbers, which would drift apart across the whole width.
    """
    check_choice("layout", layout, TABLE_LAYOUTS)
    return draw("data_table", content=content, caption=caption, layout=layout, show_caption=show_caption)


@register.simple_tag
def numbers(*, table: Table) -> SafeString:
    """Stand the numbers of a picture one click away from it."""
    # Not a loop in the template: a picture of hundreds of schools has hundreds of rows.
    lines = []
    for head, *cells in table.rows:
        numbers = "".join(f'<td class="num">{escape(cell)}</td>' for cell in cells)
        lines.append(f'<tr><th scope="row">{escape(head)}</th>{numbers}</tr>')
    body = mark_safe("\n".join(lines))  # noqa: S308 every cell was escaped
    return draw("numbers", table=table, body=body)


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """List what is known of something; holds `fact` tags."""
    return draw("facts", content=content)


@register.simple_block_tag
def fact(content: str, *, term: str) -> SafeString:
    """Draw one thing that is known."""
    return draw("fact", content=content, term=term)


@register.simple_block_tag
def timeline(content: str, *, label: str) -> SafeString:
    """List what happened in the order of its dates; holds `moment` tags."""
    return draw("timeline", content=content, label=label)


@register.simple_block_tag
def moment(
    content: str, *, title: str, on: dt.date | None = None, until: dt.date | None = None, open_end: bool = False
) -> SafeString:
    """Draw one dated entry. `open_end` says that it goes on today."""
    return draw("moment", content=content, title=title, on=on, until=until, open_end=open_end)


@register.simple_tag
def org_picture(*, root: Branch, label: str) -> SafeString:
    """Draw a unit and the units under it."""
    return draw("org_picture", root=root, label=label)


@register.simple_block_tag
def disclosure(content: str, *, summary: str, open: bool = False) -> SafeString:  # noqa: A002
    """Keep detail one click away, with words that say what is there."""
    return draw("disclosure", content=content, summary=summary, open=open)
