"""Numbers that stand beside a claim or a move: what is known, as far as the reader may see it, and what would tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from collegium.base.indicators import Indicator, Reading
from collegium.guide import words
from collegium.guide.reviews import Claim
from collegium.people.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A reading with all it rests on."""

    title: str
    text: str
    source: str
    url: str


def number_of(indicator: Indicator, reading: Reading, place: Place) -> Number:
    """Return a reading as a page shows it."""
    return Number(
        title=str(indicator.title),
        text=words.write_reading(indicator, reading),
        source=reading.source,
        url=reverse("guide:indicator", args=[place.slug, indicator.key]),
    )


def read_kept(row: Mapping[str, object]) -> Reading:
    """Return a reading from how it is kept beside a move or a review."""

    def number(name: str) -> float | None:
        value = row[name]
        return float(value) if isinstance(value, int | float) else None

    low, high, n = number("low"), number("high"), number("n")
    interval = None if low is None or high is None else (low, high)
    return Reading(
        value=number("value"), n=None if n is None else int(n), interval=interval, source=str(row.get("source", ""))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the house knows of a claim, and what it does not know yet."""

    numbers: tuple[Number, ...]
    unknown: tuple[str, ...]
    would_tell: str


def evidence_of(
    claim: Claim, visible: Mapping[str, Indicator], readings: Mapping[str, Reading], place: Place
) -> Evidence:
    """Return what stands beside a claim; of an indicator that is not the reader's to see nothing is said."""
    seen = [visible[key] for key in claim.indicators if key in visible and key in readings]
    return Evidence(
        numbers=tuple(number_of(each, readings[each.key], place) for each in _known(seen, readings, is_known=True)),
        unknown=tuple(str(each.title) for each in _known(seen, readings, is_known=False)),
        would_tell=claim.would_tell,
    )


def _known(seen: Iterable[Indicator], readings: Mapping[str, Reading], *, is_known: bool) -> Iterable[Indicator]:
    return (each for each in seen if (readings[each.key].value is not None) == is_known)
