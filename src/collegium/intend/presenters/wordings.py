"""How a text came to be: its wordings, who wrote them and why, and what changed between two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.intend.models import Text, TextVersion
from collegium.intend.queries import names, texts
from collegium.intend.queries.texts import Stretch
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.forms import FormPage

PART_LABELS: Mapping[str, Any] = {
    "title": gettext_lazy("Title"),
    "body": gettext_lazy("Text"),
    "direction": gettext_lazy("Direction"),
    "discovery": gettext_lazy("Discovery"),
    "destiny": gettext_lazy("Destiny"),
    "belief": gettext_lazy("Belief"),
    "what": gettext_lazy("What should become true"),
    "how_known": gettext_lazy("How we will know"),
    "why": gettext_lazy("Why it matters"),
    "why_now": gettext_lazy("Why now"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFormPage(FormPage):
    """A form that words a text; it may be sent while somebody else words the same."""

    @property
    def template(self) -> str:
        """It has room for what somebody else wrote meanwhile."""
        return "intend/text_form.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChange:
    """What changed in one part of a text."""

    label: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One wording: who wrote it, when and why, and what it changed."""

    number: int
    by: str
    at: dt.datetime
    reason: str
    changes: tuple[PartChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanwhile:
    """What somebody else made of a text since a form was opened: shown beside what was typed."""

    version: VersionRow
    parts: tuple[tuple[str, str], ...]


def label_of(part: str) -> str:
    """Return what a part of a text is called."""
    return str(PART_LABELS.get(part, part))


def list_wordings(actor: Actor, text: Text) -> tuple[VersionRow, ...]:
    """Return all wordings, the latest first, each with what it changed."""
    versions = texts.list_versions(text)
    known = names.get_names_for(actor, [version.written_by_id for version in versions])
    before: list[TextVersion | None] = [*versions[1:], None]
    return tuple(_row(version, earlier, known) for version, earlier in zip(versions, before, strict=True))


def present_meanwhile(actor: Actor, text: Text, from_version: int) -> Meanwhile:
    """Return the wording that stands now, and what it changed since the one that a form was opened with."""
    versions = {version.number: version for version in texts.list_versions(text)}
    latest = versions[max(versions)]
    known = names.get_names_for(actor, [latest.written_by_id])
    return Meanwhile(
        version=_row(latest, versions.get(from_version), known),
        parts=tuple((label_of(part), words) for part, words in latest.parts.items()),
    )


def write_author(version: TextVersion, known: Mapping[Any, str]) -> str:
    """Return who wrote something: a name for those who may read it."""
    return known.get(version.written_by_id) or _("a colleague")


def _row(version: TextVersion, earlier: TextVersion | None, known: Mapping[Any, str]) -> VersionRow:
    before = earlier.parts if earlier else {}
    return VersionRow(
        number=version.number,
        by=write_author(version, known),
        at=version.written_at,
        reason=version.reason,
        changes=tuple(
            PartChange(label=label_of(part), stretches=tuple(texts.compare(before.get(part, ""), words)))
            for part, words in version.parts.items()
            if words != before.get(part, "")
        ),
    )


def around(place: Place, *, back_url: str, back_title: str) -> dict[str, Any]:
    """Return where a form of this room is opened from."""
    return {
        "kicker": place.name,
        "home_url": reverse("intend:unit_intend", args=[place.slug]),
        "home_title": _("Intend"),
        "back_url": back_url,
        "back_title": back_title,
    }
