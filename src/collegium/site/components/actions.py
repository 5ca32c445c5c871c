"""Things to press: buttons, links that look like buttons, icons."""

from __future__ import annotations

from functools import cache

from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from collegium.site.components.registry import check_choice, draw, register

KINDS = ("primary", "plain", "quiet", "danger")
ICONS = (
    "listen",
    "connect",
    "intend",
    "decide",
    "enquire",
    "share",
    "grow",
    "resource",
    "guide",
    "home",
    "people",
    "my-part",
    "search",
    "more",
    "settings",
    "download",
    "upload",
    "check",
    "look",
    "info",
    "problem",
    "chevron",
    "close",
    "calendar",
    "lock",
    "history",
    "groups",
    "look-after",
)


@register.simple_tag
def icon(*, name: str) -> SafeString:
    """Draw an icon beside words that say the same; it is silent for screen readers."""
    check_choice("name", name, ICONS)
    return _drawn(name)


@cache  # a page has thirty of them, and where the drawings lie is worked out anew for each
def _drawn(name: str) -> SafeString:
    return format_html(
        '<svg class="icon icon-{}" width="24" height="24" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        name,
        static("site/icons.svg"),
        name,
    )


@register.simple_tag
def button(
    *, text: str, kind: str = "primary", icon: str = "", name: str = "", value: str = "", form: str = ""
) -> SafeString:
    """Draw a submit button for the form around it, or for the form with the id `form`."""
    check_choice("kind", kind, KINDS)
    return draw("button", text=text, kind=kind, icon=icon, name=name, value=value, form=form)


@register.simple_tag
def link_button(*, text: str, href: str, kind: str = "plain", icon: str = "") -> SafeString:
    """Draw a link that looks like a button: for going somewhere, never for changing something."""
    check_choice("kind", kind, KINDS)
    return draw("link_button", text=text, href=href, kind=kind, icon=icon)


@register.simple_tag(takes_context=True)
def post_button(context: Context, *, text: str, action: str, kind: str = "plain", icon: str = "") -> SafeString:
    """Draw a button that changes something at `action` and needs no other field."""
    check_choice("kind", kind, KINDS)
    return draw("post_button", text=text, action=action, kind=kind, icon=icon, csrf_token=context.get("csrf_token", ""))


@register.simple_block_tag
def actions(content: str) -> SafeString:
    """Stand buttons side by side, the first one first."""
    return format_html('<div class="actions">{}</div>', mark_safe(content))  # noqa: S308 the template's own output


@register.simple_block_tag
def dialog(content: str, *, id: str, trigger: str, title: str, kind: str = "plain", icon: str = "") -> SafeString:  # noqa: A002
    """Draw a button and the sheet it opens, without script. Give each on a page its own `id`."""
    check_choice("kind", kind, KINDS)
    return draw("dialog", content=content, id=id, trigger=trigger, title=title, kind=kind, icon=icon)
