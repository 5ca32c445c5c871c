"""The one library that the components register with, and what they share."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString

register = template.Library()


def draw(component: str, /, **context: Any) -> SafeString:
    """Render the template of a component."""
    return get_template(f"site/components/{component}.html").render(context)


def check_choice(argument: str, value: str, choices: Collection[str]) -> None:
    """Raise when an argument has a value that the component does not know, naming those it does."""
    if value not in choices:
        raise template.TemplateSyntaxError(f"{argument}={value!r}: use one of {', '.join(sorted(choices))}")
