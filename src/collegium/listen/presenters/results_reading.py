"""How a result is read: what its facets, sides and scales are called, in the language it was asked in."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from collegium.listen import result_words as words
from collegium.listen.instruments.model import Column, Instrument, ItemKind
from collegium.listen.reporting import FacetReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a result is read: its instrument, in which language and about whom, and how few are shown.

    `hidden` are the facets that are not shown because a few came or went since the wave before.
    """

    instrument: Instrument
    language: str
    referent: str
    fewest: int
    hidden: frozenset[str] = frozenset()

    def mean(self, facet: FacetReport) -> str:
        """Return the mean of a facet in words, or why it is not shown."""
        return words.write_hidden() if facet.key in self.hidden else words.write_mean(facet.mean, self.fewest)

    def title(self, facet: FacetReport) -> str:
        """Return the name of a facet, and of its side where there are two."""
        name = self.pair_title(facet)
        return f"{name}: {self.side(facet)}" if facet.side else name

    def pair_title(self, facet: FacetReport) -> str:
        """Return the name of a facet whatever its side."""
        return self.instrument.say(self.instrument.facet(facet.pair).title, self.language)

    def side(self, facet: FacetReport) -> str:
        """Return what one side of paired questions is called: the words they share, or where they stand."""
        if not facet.side:
            return ""
        place = 0 if facet.side == "left" else 1
        poles = {
            self.instrument.poles(item, self.language, self.referent)[place]
            for item in self.instrument.items_of(facet.pair)
            if item.kind == ItemKind.PAIRED
        }
        return poles.pop() if len(poles) == 1 else [_("left side"), _("right side")][place]

    def hue(self, facet: FacetReport) -> str:
        """Return the key that gives a facet its colour."""
        return f"{self.instrument.key}.{facet.pair}"

    def ends(self, facet: FacetReport) -> tuple[int, int]:
        """Return the ends of a facet's scale."""
        column = self._columns(facet)[0]
        return column.lowest, column.highest

    def scale(self, facet: FacetReport) -> str:
        """Return the key of the scale that a facet is answered on."""
        return self._columns(facet)[0].item.scale

    def _columns(self, facet: FacetReport) -> list[Column]:
        return [
            column
            for column in self.instrument.columns
            if column.item.facet == facet.pair and column.side == facet.side
        ]
