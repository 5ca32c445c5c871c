"""Three values of one field: what the file says, what is there, and what the file said the last time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from collegium.people.rosters import RowRef
from collegium.people.services.rosters.planning.known import Change

_NEVER_SAID = object()


@dataclass(slots=True)
class Comparison:
    """What follows, field by field.

    `changed`: the file says something new and nobody edited it here. `edited`: edited here, and the file says the same
    as before. `differs`: both, or the file has never said it. `agreed`: what the source's id should remember from now.
    """

    changed: dict[str, Any] = field(default_factory=dict)
    edited: dict[str, Any] = field(default_factory=dict)
    differs: dict[str, Any] = field(default_factory=dict)
    agreed: dict[str, Any] = field(default_factory=dict)


def compare(
    stated: Mapping[str, Any], current: Mapping[str, Any], imported: Mapping[str, Any] | None
) -> Comparison | None:
    """Compare the fields that the file states; None when there is nothing to say or do."""
    said = imported or {}
    result: Comparison | None = None
    for name, value in stated.items():
        last = said.get(name, _NEVER_SAID)
        if value == current[name] and value == last:
            continue
        result = result or Comparison()
        if value == current[name]:
            result.agreed[name] = value
        elif value == last:
            result.edited[name] = value
        elif last == current[name] or (last is _NEVER_SAID and current[name] == ""):
            # Filling in what was empty overwrites nobody.
            result.changed[name] = result.agreed[name] = value
        else:
            result.differs[name] = value
    return result


@dataclass(slots=True)
class Subject:
    """What a comparison is about, as its lines name it. `imported` is None where this source has no id for it yet."""

    kind: str
    ref: RowRef
    source_id: str
    target_id: Any
    label: str
    current: Mapping[str, Any]
    imported: Mapping[str, Any] | None
    can_be_linked: bool = True
    is_shared: bool = False

    def line(self, action: str, reason: str, fields: Mapping[str, Any], **more: Any) -> Change:
        """One line about some of its fields: what is there, and what the file says."""
        return Change(
            kind=self.kind,
            action=action,
            reason=reason,
            ref=self.ref,
            source_id=self.source_id,
            target_id=self.target_id,
            label=self.label,
            before={name: self.current[name] for name in fields},
            after=dict(fields),
            **more,
        )


def tell(subject: Subject, found: Comparison | None) -> Iterator[Change]:
    """Turn a comparison into lines."""
    is_new_id = subject.imported is None and subject.can_be_linked
    agreed = found.agreed if found else {}
    writes: dict[str, Any] = {}
    if subject.can_be_linked and (agreed or is_new_id):
        writes = {"link_before": subject.imported, "link_set": agreed}
    if found and found.changed:
        yield subject.line("changed", "", found.changed, **writes)
    elif writes:
        yield subject.line("left", "linked" if is_new_id else "agrees", {}, **writes)
    if found and found.edited:
        yield subject.line("left", "edited", found.edited)
    if found and found.differs:
        yield _differing(subject, found.differs)


def _differing(subject: Subject, fields: Mapping[str, Any]) -> Change:
    """Left alone, unless whoever imports asks for the roster's values; then its id remembers them too."""
    if subject.is_shared:
        return subject.line("left", "shared", fields)
    link_set = fields if subject.can_be_linked else None
    return subject.line("left", "differs", fields, link_before=subject.imported, link_set=link_set)
