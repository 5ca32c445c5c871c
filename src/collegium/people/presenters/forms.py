"""Pages that are mostly a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """What stands around a form. `consequences` says what will happen, before something that ends or erases."""

    kicker: Any
    heading: Any
    lede: Any
    submit: Any
    back_url: str
    back_title: Any
    consequences: tuple[Any, ...] = ()
    is_danger: bool = False
