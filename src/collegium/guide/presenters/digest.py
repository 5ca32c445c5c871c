"""The digest: the home of one's unit in sentences, and before it what waits for oneself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from collegium.base import indicators, own_part, time
from collegium.base.panels import Sentence
from collegium.guide import words
from collegium.people.actors import Actor
from collegium.people.presenters.home import Stat, present_home
from collegium.people.queries import places, units


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading with its sentences; every address is whole, as a mail needs it."""

    title: str
    url: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one mail says."""

    unit_name: str
    unit_url: str
    waiting: tuple[Part, ...]
    numbers: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def waits(self) -> int:
        """How many things wait for the reader."""
        return sum(len(part.sentences) for part in self.waiting)

    @property
    def fingerprint(self) -> str:
        """What tells whether two digests say the same."""
        return hashlib.sha256(repr((self.waiting, self.numbers, self.parts)).encode()).hexdigest()


def present_digest(actor: Actor) -> Digest | None:
    """Return what the digest of somebody says today, as far as they may see it; None where that is nothing."""
    with indicators.sharing():
        return _present(actor)


def _present(actor: Actor) -> Digest | None:
    waiting = tuple(_list_waiting(actor))
    slug = units.get_home_slug(actor)
    if slug is None:
        return Digest(unit_name="", unit_url="", waiting=waiting, numbers=(), parts=()) if waiting else None
    home = present_home(actor, places.get_place_for(actor, slug, time.today()))
    parts = tuple(_part(panel.title, panel.url, panel.sentences) for panel in home.panels if panel.sentences)
    if not waiting and not parts:
        return None
    return Digest(
        unit_name=home.unit.name,
        unit_url=_whole(home.unit.url),
        waiting=waiting,
        numbers=tuple(_write(stat) for stat in home.stats),
        parts=parts,
    )


def _list_waiting(actor: Actor) -> Iterable[Part]:
    for section in own_part.list_sections():
        content = section.build(actor)
        if content is not None and content.sentences:
            yield _part(str(section.title), reverse("people:my_part"), content.sentences)


def _part(title: str, url: str, sentences: Iterable[Sentence]) -> Part:
    whole = tuple(Sentence(" ".join(str(each.text).split()), _whole(each.url)) for each in sentences)
    return Part(title=title, url=_whole(url), sentences=whole)


def _whole(url: str) -> str:
    return settings.BASE_URL + url if url else ""


def _write(stat: Stat) -> str:
    if stat.value is None:
        return f"{stat.label}: {stat.note}"
    value = words.write_value(stat.value, stat.style)
    between = words.write_range(stat.interval, stat.style)
    return f"{stat.label}: {value} ({between})" if between else f"{stat.label}: {value}"
