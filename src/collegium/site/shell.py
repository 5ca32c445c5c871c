"""What the frame round every page shows: where you may go, which unit you look at, who you are."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from collegium.site.components.actions import icon

PHONE_BAR_ENTRIES = 3  # beside "My part" and "More", which are always there


@dataclass(frozen=True, slots=True, kw_only=True)
class NavEntry:
    """One entry of the rail; `group` is "unit" (about the unit looked at) or "house" (about the whole community).

    `is_current` says that this is the page; `is_around` that the page stands under it.
    """

    key: str
    title: str
    url: str
    icon: str
    is_current: bool = False
    is_around: bool = False
    group: str = "unit"

    @property
    def link(self) -> SafeString:
        """The entry as every page draws it thirty times; a template for each took a quarter of a page's time."""
        current = "page" if self.is_current else "true" if self.is_around else ""
        return format_html(
            '<a class="nav-link" href="{}"{}>{}<span>{}</span></a>',
            self.url,
            format_html(' aria-current="{}"', current) if current else "",
            icon(name=self.icon),
            self.title,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChoice:
    """A unit the person may switch to; `kind` is a word for people, such as "School"."""

    title: str
    url: str
    kind: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The whole frame. `all_units_url` is given when there are more units than the switcher lists."""

    actor_name: str
    actor_url: str
    sign_out_url: str
    my_part: NavEntry
    nav: tuple[NavEntry, ...] = ()
    units: tuple[UnitChoice, ...] = ()
    all_units_url: str = ""
    sign_in_url: str = ""

    @property
    def unit(self) -> UnitChoice | None:
        """The unit that this page is about."""
        return next((choice for choice in self.units if choice.is_current), None)

    @property
    def unit_nav(self) -> tuple[NavEntry, ...]:
        """The entries about the unit looked at."""
        return tuple(entry for entry in self.nav if entry.group == "unit")

    @property
    def house_nav(self) -> tuple[NavEntry, ...]:
        """The entries about the whole community."""
        return tuple(entry for entry in self.nav if entry.group != "unit")

    @property
    def phone_bar(self) -> tuple[NavEntry, ...]:
        """The entries that a phone keeps under the thumb."""
        return self.nav[:PHONE_BAR_ENTRIES]
