"""Where am I, and where else could I go: breadcrumb, tabs, pages of a list."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.template.context import Context
from django.utils.safestring import SafeString

from collegium.site.components.registry import draw, register


@register.simple_block_tag
def breadcrumb(content: str) -> SafeString:
    """Say where this page stands; holds `crumb` tags, the nearest last."""
    return draw("breadcrumb", content=content)


@register.simple_tag
def crumb(*, title: str, url: str = "") -> SafeString:
    """Draw one place of a breadcrumb; the page itself has no `url`."""
    return draw("crumb", title=title, url=url)


@register.simple_block_tag
def tabs(content: str, *, label: str) -> SafeString:
    """Offer views of the same thing, each with an address of its own; holds `tab` tags."""
    return draw("tabs", content=content, label=label)


@register.simple_tag
def tab(*, title: str, url: str, current: bool = False, count: int | None = None) -> SafeString:
    """Draw one tab."""
    return draw("tab", title=title, url=url, current=current, count=count)


@register.simple_tag(takes_context=True)
def pagination(context: Context, *, page: Page[Any], label: str) -> SafeString | str:
    """Draw links to the pages of a list, keeping the filters in the address; nothing for a single page."""
    if page.paginator.num_pages < 2:
        return ""
    query = context["request"].GET.copy()
    links = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(number, int):
            query["page"] = str(number)
            links.append({"number": number, "url": f"?{query.urlencode()}", "is_current": number == page.number})
        else:
            links.append({"number": None})
    return draw("pagination", page=page, label=label, links=links, urls=_neighbours(context, page))


def _neighbours(context: Context, page: Page[Any]) -> dict[str, str]:
    query, urls = context["request"].GET.copy(), {}
    if page.has_previous():
        query["page"] = str(page.previous_page_number())
        urls["previous"] = f"?{query.urlencode()}"
    if page.has_next():
        query["page"] = str(page.next_page_number())
        urls["next"] = f"?{query.urlencode()}"
    return urls
