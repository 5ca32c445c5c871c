"""The one library that the components register with, and what they share."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


def draw(component: str, /, **context: Any) -> SafeString:
    """Render the template of a component."""
    return mark_safe(get_template(f"site/components/{component}.html").render(context))  # noqa: S308 Django escaped it


def check_choice(argument: str, value: str, choices: Collection[str]) -> None:
    """Raise when an argument has a value that the component does not know, naming those it does."""
    if value not in choices:
        raise template.TemplateSyntaxError(f"{argument}={value!r}: use one of {', '.join(sorted(choices))}")
